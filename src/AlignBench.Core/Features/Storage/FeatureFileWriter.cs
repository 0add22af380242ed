using System.Text.Json;
using AlignBench.Safetensors;

namespace AlignBench.Features.Storage;

/// <summary>Writes <see cref="FeatureFile"/>s, row by row, so that no more than one row is in memory.</summary>
internal static class FeatureFileWriter
{
    /// <param name="path">Complete afterwards, or untouched.</param>
    /// <param name="request">What the entries are.</param>
    /// <param name="recipe">What they were encoded by.</param>
    /// <param name="contents">[u] distinct contents, in row order.</param>
    /// <param name="width">d.</param>
    /// <param name="rows">[m] the row of each entry, -1 for a skipped one.</param>
    /// <param name="skipped">Entries that could not be encoded.</param>
    /// <param name="agreement">With float32, if the recipe is of a lower precision.</param>
    /// <param name="readRow">Fills a [d] vector with one content's features.</param>
    public static void Write(
        string path,
        FeatureRequest request,
        FeatureRecipe recipe,
        IReadOnlyList<ContentDigest> contents,
        int width,
        long[] rows,
        SkippedImage[] skipped,
        PrecisionAgreement? agreement,
        FillRow readRow)
    {
        byte[] ids = JsonSerializer.SerializeToUtf8Bytes(request.Ids);
        Dictionary<string, string> metadata = new()
        {
            ["dataset"] = request.Dataset,
            ["content"] = request.Content,
            ["model"] = recipe.Model,
            ["selection"] = recipe.Selection,
            ["recipe"] = recipe.Text,
            ["skipped"] = JsonSerializer.Serialize(skipped),
        };
        if (agreement is not null)
        {
            metadata["agreement"] = agreement.ToJson();
        }

        using ChecksummedWriter writer = new(
            path,
            [
                new TensorSpec("features", StoredType.F32, [contents.Count, width]),
                new TensorSpec("digests", StoredType.U8, [contents.Count, ContentDigest.Size]),
                new TensorSpec("rows", StoredType.I64, [rows.Length]),
                new TensorSpec("ids", StoredType.U8, [ids.Length]),
            ],
            metadata);
        float[] row = new float[width];
        foreach (ContentDigest content in contents)
        {
            readRow(content, row);
            writer.Write<float>("features", row);
        }

        writer.Write<byte>("digests", Bytes(contents));
        writer.Write<long>("rows", rows);
        writer.Write<byte>("ids", ids);
        writer.Commit();
    }

    /// <summary>[contents.Count * 32].</summary>
    public static byte[] Bytes(IReadOnlyList<ContentDigest> contents)
    {
        byte[] bytes = new byte[contents.Count * ContentDigest.Size];
        for (int i = 0; i < contents.Count; i++)
        {
            contents[i].Write(bytes.AsSpan(i * ContentDigest.Size));
        }

        return bytes;
    }

    internal delegate void FillRow(ContentDigest content, Span<float> destination);
}
