namespace AlignBench.Tokenizers;

/// <summary>Reads the normalizer of a tokenizer.json.</summary>
internal static class NormalizerReader
{
    /// <exception cref="CheckpointException">A component is broken or not supported.</exception>
    public static IReadOnlyList<INormalizer> Read(JsonPart part, TokenizerConfig config)
    {
        string type = part.Get("type").Text();
        return type switch
        {
            "Sequence" => [.. part.Get("normalizers").Items().SelectMany(item => Read(item, config))],
            "Prepend" => [new Prepend(part.Get("prepend").Text())],
            "Replace" => [new Replace(PatternReader.Read(part.Get("pattern")), part.Get("content").Text())],
            "NFC" => [new UnicodeForm(compatible: false, composes: true)],
            "NFD" => [new UnicodeForm(compatible: false, composes: false)],
            "NFKC" => [new UnicodeForm(compatible: true, composes: true)],
            "NFKD" => [new UnicodeForm(compatible: true, composes: false)],
            "Lowercase" => [new Lowercase()],
            "Nmt" => [CharacterFilter.Nmt],
            "StripAccents" => [CharacterFilter.Marks],
            "Strip" => [new Strip(part.Get("strip_left").Flag(), part.Get("strip_right").Flag())],
            "BertNormalizer" => ReadBert(part, config),
            "Precompiled" => [new Precompiled(
                new CharsMap(CharsMapBytes(part.Get("precompiled_charsmap")), part.Place))],
            _ => throw new CheckpointException($"{part.Place}: normalizer '{type}' is not supported."),
        };
    }

    // BertTokenizer puts its config's settings in place of the file's.
    private static IReadOnlyList<INormalizer> ReadBert(JsonPart part, TokenizerConfig config) =>
        BertNormalizer.Steps(
        part.Find("clean_text")?.Flag() ?? true,
        config.TokenizeChineseChars ?? part.Find("handle_chinese_chars")?.Flag() ?? true,
        config.StripAccents ?? part.Find("strip_accents")?.Flag(),
        config.DoLowerCase ?? part.Find("lowercase")?.Flag() ?? true);

    private static byte[] CharsMapBytes(JsonPart part)
    {
        byte[] bytes = new byte[part.Text().Length];
        return Convert.TryFromBase64String(part.Text(), bytes, out int length)
            ? bytes[..length]
            : throw part.Error("base64");
    }
}
