namespace AlignBench.Tokenizers;

/// <summary>Reads the model of a tokenizer.json.</summary>
internal static class TokenModelReader
{
    /// <exception cref="CheckpointException">The model is broken or of an unsupported kind.</exception>
    public static ITokenModel Read(JsonPart model, bool byteLevel)
    {
        string type = model.Find("type")?.Text() ?? Guess(model);
        return type switch
        {
            "BPE" => ReadBpe(model, byteLevel),
            _ when byteLevel => throw new CheckpointException(
                $"{model.Place}: '{type}' behind ByteLevel is not supported."),
            "WordPiece" => ReadWordPiece(model),
            "Unigram" => ReadUnigram(model),
            _ => throw new CheckpointException($"{model.Place}: model type '{type}' is not supported."),
        };
    }

    // Old files don't name the kind.
    private static string Guess(JsonPart model) =>
        model.Find("merges") is not null ? "BPE"
        : model.Find("max_input_chars_per_word") is not null ? "WordPiece"
        : model.Get("vocab").IsArray ? "Unigram"
        : "WordLevel";

    private static BpeModel ReadBpe(JsonPart model, bool byteLevel)
    {
        if (model.Find("dropout") is { } dropout && dropout.Number() != 0)
        {
            throw new CheckpointException($"{dropout.Place}: dropout is not supported.");
        }

        BpeOptions options = new()
        {
            ByteLevel = byteLevel,
            UnknownToken = model.Find("unk_token")?.Text(),
            ContinuingPrefix = model.Find("continuing_subword_prefix")?.Text() ?? "",
            EndOfWordSuffix = model.Find("end_of_word_suffix")?.Text() ?? "",
            FuseUnknown = model.Find("fuse_unk")?.Flag() ?? false,
            ByteFallback = model.Find("byte_fallback")?.Flag() ?? false,
            IgnoreMerges = model.Find("ignore_merges")?.Flag() ?? false,
        };
        if (options.ByteFallback
            && (byteLevel || options.EndOfWordSuffix.Length + options.ContinuingPrefix.Length > 0))
        {
            throw new CheckpointException(
                $"{model.Place}: byte_fallback with ByteLevel, a prefix or a suffix is not supported.");
        }

        JsonPart vocabulary = model.Get("vocab");
        return new BpeModel(
            Vocabulary.Create(vocabulary.IntegerMembers(), vocabulary.Place),
            ReadMerges(model.Get("merges")),
            options,
            model.Place);
    }

    private static WordPieceModel ReadWordPiece(JsonPart model)
    {
        JsonPart vocabulary = model.Get("vocab");
        return new WordPieceModel(
            Vocabulary.Create(vocabulary.IntegerMembers(), vocabulary.Place),
            model.Find("unk_token")?.Text() ?? "[UNK]",
            model.Find("continuing_subword_prefix")?.Text() ?? "##",
            model.Find("max_input_chars_per_word")?.Integer() ?? 100,
            model.Place);
    }

    private static UnigramModel ReadUnigram(JsonPart model)
    {
        List<(string, double)> pieces = [];
        foreach (JsonPart piece in model.Get("vocab").Items())
        {
            IReadOnlyList<JsonPart> pair = piece.Items();
            pieces.Add(pair.Count == 2
                ? (pair[0].Text(), pair[1].Number())
                : throw piece.Error("a piece and its score"));
        }

        JsonPart unknown = model.Get("unk_id");
        int unknownId = unknown.Integer() >= 0 && unknown.Integer() < pieces.Count
            ? unknown.Integer()
            : throw unknown.Error($"0 to {pieces.Count - 1}");
        return new UnigramModel(pieces, unknownId, model.Find("byte_fallback")?.Flag() ?? false);
    }

    private static List<(string, string)> ReadMerges(JsonPart merges)
    {
        List<(string, string)> pairs = [];
        foreach (JsonPart merge in merges.Items())
        {
            if (merge.IsArray)
            {
                IReadOnlyList<JsonPart> pair = merge.Items();
                pairs.Add(pair.Count == 2
                    ? (pair[0].Text(), pair[1].Text())
                    : throw merge.Error("two tokens"));
                continue;
            }

            string line = merge.Text();
            int space = line.IndexOf(' ');
            if (pairs.Count == 0 && line.StartsWith("#version", StringComparison.Ordinal))
            {
                continue;
            }

            bool isPair = space > 0 && space < line.Length - 1 && line.IndexOf(' ', space + 1) < 0;
            pairs.Add(isPair
                ? (line[..space], line[(space + 1)..])
                : throw merge.Error("two tokens with a space between"));
        }

        return pairs;
    }
}
