using System.Security.Cryptography;
using System.Text;

namespace AlignBench.Features;

/// <summary>
/// All of an encoder that can change a feature: weights, config, tokenizer or image processor, layer and pooling,
/// precision, and the version of this code. Two features of one content under one recipe are the same numbers.
/// </summary>
/// <param name="Model">Short name, also the folder in the store.</param>
/// <param name="Selection">Layer and pooling, e.g. <c>penultimate_cls</c>.</param>
/// <param name="Text">The canonical text that the digest is taken of.</param>
public sealed record FeatureRecipe(string Model, string Selection, string Text)
{
    /// <summary>Raised by whoever changes a number that an encoder, tokenizer or image processor yields.</summary>
    public const int CodeVersion = 3;

    /// <summary>16 hexadecimal digits; the first half of a stored file's name.</summary>
    public string Digest { get; } = ShortDigest(Text);

    /// <summary>The first 16 hexadecimal digits of the text's SHA-256.</summary>
    public static string ShortDigest(string text) => ShortDigest([text]);

    /// <summary>The same of lines joined by line feeds, of which there may be millions.</summary>
    public static string ShortDigest(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        bool isFirst = true;
        foreach (string line in lines)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(isFirst ? line : $"\n{line}"));
            isFirst = false;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
