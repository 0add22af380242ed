using System.Text.Json;
using AlignBench.Tokenizers;

namespace AlignBench.Tests.Tokenizers;

/// <summary>
/// Compares a tokenizer with a whole file of cases; every difference is told, not only the first.
/// </summary>
public static class GoldenChecks
{
    /// <summary>cases.jsonl: ids, tokens, offsets and mask, and the plain ids.</summary>
    public static void AllCases(ITokenizer tokenizer, string path)
    {
        List<string> wrong = [];
        IReadOnlyList<GoldenCase> cases = GoldenCase.Read(path);
        foreach (GoldenCase golden in cases)
        {
            Encoding encoding = tokenizer.Encode(golden.Text);
            Compare(wrong, golden, "ids", golden.Ints("ids"), encoding.Ids);
            Compare(wrong, golden, "fast ids", golden.Ints("ids"), tokenizer.EncodeIds(golden.Text));
            Compare(wrong, golden, "tokens", golden.Strings("tokens"), encoding.Tokens);
            Compare(wrong, golden, "offsets", golden.Spans("offsets"), encoding.Offsets);
            Compare(wrong, golden, "mask", golden.Ints("special_tokens_mask"), encoding.SpecialTokensMask);
            int[] plain = tokenizer.EncodePlain(golden.Text).Ids;
            Compare(wrong, golden, "ids_plain", golden.Ints("ids_plain"), plain);
        }

        Assert.NotEmpty(cases);
        Assert.True(wrong.Count == 0,
            $"{wrong.Count} differences in {cases.Count} cases\n{string.Join('\n', wrong.Take(40))}");
    }

    /// <summary>
    /// spm_cases.jsonl: ids, plain ids, pieces and offsets; those are bytes there and code points here.
    /// </summary>
    public static void AllSentencePieceCases(ITokenizer tokenizer, string path)
    {
        List<string> wrong = [];
        IReadOnlyList<GoldenCase> cases = GoldenCase.Read(path);
        foreach (GoldenCase golden in cases)
        {
            Encoding encoding = tokenizer.EncodePlain(golden.Text);
            Compare(wrong, golden, "ids", golden.Ints("ids"), tokenizer.EncodeIds(golden.Text));
            Compare(wrong, golden, "slow ids", golden.Ints("ids"), tokenizer.Encode(golden.Text).Ids);
            Compare(wrong, golden, "ids_plain", golden.Ints("ids_plain"), encoding.Ids);
            Compare(wrong, golden, "pieces", golden.Strings("pieces"), encoding.Tokens);
            (int, int)[] bytes = [.. encoding.Offsets.Select(span => InBytes(golden.Text, span))];
            Compare(wrong, golden, "offsets", golden.Spans("offsets_utf8"), bytes);
        }

        Assert.NotEmpty(cases);
        Assert.True(wrong.Count == 0,
            $"{wrong.Count} differences in {cases.Count} cases\n{string.Join('\n', wrong.Take(40))}");
    }

    /// <summary>batches.jsonl: ids and masks of padded and cut batches.</summary>
    public static void AllBatches(ITokenizer tokenizer, string path)
    {
        IReadOnlyList<GoldenCase> batches = GoldenCase.Read(path);
        foreach (GoldenCase golden in batches)
        {
            JsonElement maxLength = golden.Fields.GetProperty("max_length");
            BatchOptions options = new()
            {
                MaxLength = maxLength.ValueKind == JsonValueKind.Null ? null : maxLength.GetInt32(),
                PadToMaxLength = golden.Fields.GetProperty("padding").GetString() == "max_length",
                PaddingSide = golden.Fields.GetProperty("padding_side").GetString() == "left"
                    ? PaddingSide.Left
                    : PaddingSide.Right,
                PadId = golden.Fields.GetProperty("pad_id").GetInt32(),
            };
            TokenBatch batch = TokenBatch.Encode(tokenizer, golden.Strings("texts"), options);

            Assert.Equal(golden.IntRows("input_ids"), batch.Ids.Chunk(Math.Max(batch.Length, 1)));
            Assert.Equal(golden.IntRows("attention_mask"), batch.Mask.Chunk(Math.Max(batch.Length, 1)));
        }

        Assert.NotEmpty(batches);
    }

    private static (int Start, int End) InBytes(string text, (int Start, int End) span)
    {
        int[] lengths = [.. text.EnumerateRunes().Select(rune => rune.Utf8SequenceLength)];
        return (lengths[..span.Start].Sum(), lengths[..span.End].Sum());
    }

    private static void Compare<T>(List<string> wrong, GoldenCase golden, string what, T[] expected, T[] got)
    {
        if (!expected.SequenceEqual(got))
        {
            wrong.Add($"{golden.Id} {what}, expected and got:");
            wrong.Add(string.Join(' ', expected));
            wrong.Add(string.Join(' ', got));
        }
    }
}
