using System.Globalization;

namespace AlignBench.Tokenizers;

/// <summary>
/// tokenizer.json's Precompiled (Hugging Face tokenizers, normalizers/precompiled.rs): grapheme clusters
/// below 6 bytes, else single code points, are replaced by what the *shortest* entry they start with says.
/// SentencePiece itself takes the longest; the two differ on few texts.
/// </summary>
internal sealed class Precompiled(CharsMap charsMap) : INormalizer
{
    private const int LongestCluster = 5;

    /// <inheritdoc/>
    public void Normalize(AlignedText source, AlignedText target)
    {
        ChangeList changes = new();
        ReadOnlySpan<char> rest = System.Text.Encoding.UTF8.GetString(source.Bytes);
        ReadOnlySpan<byte> bytes = source.Bytes;
        while (!rest.IsEmpty)
        {
            int length = StringInfo.GetNextTextElementLength(rest);
            ReadOnlySpan<byte> cluster = bytes[..System.Text.Encoding.UTF8.GetByteCount(rest[..length])];
            AddCluster(cluster, changes);
            rest = rest[length..];
            bytes = bytes[cluster.Length..];
        }

        changes.Apply(source, target);
    }

    private void AddCluster(ReadOnlySpan<byte> cluster, ChangeList changes)
    {
        if (cluster.Length <= LongestCluster
            && charsMap.ShortestPrefix(cluster, out ReadOnlySpan<byte> replacement) > 0)
        {
            changes.AddReplacement(replacement, Utf8Runes.Count(cluster));
            return;
        }

        for (int position = 0, length; position < cluster.Length; position += length)
        {
            int codePoint = Utf8Runes.Decode(cluster, position, out length);
            if (charsMap.ShortestPrefix(cluster.Slice(position, length), out replacement) > 0)
            {
                changes.AddReplacement(replacement, 1);
            }
            else
            {
                changes.Add(codePoint, 0);
            }
        }
    }
}
