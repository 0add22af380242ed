namespace AlignBench.Tokenizers;

/// <summary>
/// Makes a BERT tokenizer of a vocab.txt: a piece a line (transformers 5.23, BertTokenizer).
/// </summary>
internal static class VocabText
{
    private static readonly Dictionary<string, SpecialToken> s_tokens = new()
    {
        ["unk_token"] = new SpecialToken("[UNK]"),
        ["sep_token"] = new SpecialToken("[SEP]"),
        ["pad_token"] = new SpecialToken("[PAD]"),
        ["cls_token"] = new SpecialToken("[CLS]"),
        ["mask_token"] = new SpecialToken("[MASK]"),
    };

    /// <summary>Reads vocab.txt of the folder.</summary>
    /// <exception cref="CheckpointException">The file is broken or the class is not supported.</exception>
    public static ITokenizer Load(TokenizerFolder folder, TokenizerConfig config)
    {
        string file = folder.PathOf("vocab.txt");
        if (config.Class is not ("" or "BertTokenizer" or "DistilBertTokenizer" or "ElectraTokenizer"))
        {
            throw new CheckpointException(
                $"{config.Place}: tokenizer_class {config.Class} with vocab.txt is not supported.");
        }

        Vocabulary vocabulary = Read(folder.Read("vocab.txt"), file);
        string unknown = config.Roles.GetValueOrDefault("unk_token", s_tokens["unk_token"]).Content;
        WordPieceModel model = new(vocabulary, unknown, continuingPrefix: "##", maxCodePoints: 100, file);
        AddedTokensFile.Refuse(folder, config, model);
        SpecialTokenList specials = new(config, s_tokens, model);
        Template template = new([specials.Get("cls_token")], [specials.Get("sep_token")]);
        return new PipelineTokenizer(new TokenizerParts
        {
            AddedTokens = specials.Added,
            Normalizers = BertNormalizer.Steps(
                cleanText: true, config.TokenizeChineseChars
                    ?? true, config.StripAccents, config.DoLowerCase ?? true),
            PreTokenizers = [new BertSplitter()],
            Model = model,
            Template = template,
            PadId = specials.Find("pad_token")?.Id,
            Fingerprint = folder.Fingerprint(
                $"vocab.txt {TemplateText.Of(template)} {SettingsText.Of(config, specials.Added)}"),
        });
    }

    // Of doubled pieces the last counts; the ids of the others stay empty.
    private static Vocabulary Read(byte[] bytes, string file)
    {
        if (!Utf8Runes.TryGetString(bytes, out string? text))
        {
            throw new CheckpointException($"{file}: not valid UTF-8.");
        }

        Dictionary<string, int> ids = [];
        string[] lines = text.Split('\n');
        int count = lines[^1].Length == 0 ? lines.Length - 1 : lines.Length;
        for (int id = 0; id < count; id++)
        {
            ids[lines[id].TrimEnd('\r')] = id;
        }

        return Vocabulary.Create(ids, file);
    }
}
