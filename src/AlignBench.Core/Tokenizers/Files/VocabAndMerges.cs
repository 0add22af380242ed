namespace AlignBench.Tokenizers;

/// <summary>
/// Makes a tokenizer of vocab.json and merges.txt, whose class says the rest (transformers 5.23,
/// convert_slow_tokenizer.py).
/// </summary>
internal static class VocabAndMerges
{
    /// <summary>Reads the two files of the folder.</summary>
    /// <exception cref="CheckpointException">A file is broken or the class is not supported.</exception>
    public static ITokenizer Load(TokenizerFolder folder, TokenizerConfig config)
    {
        string vocabFile = folder.PathOf("vocab.json");
        Dictionary<string, int> ids = JsonPart.Parse(folder.Read("vocab.json"), vocabFile).IntegerMembers();
        Vocabulary vocabulary = Vocabulary.Create(ids, vocabFile);
        IReadOnlyList<(string, string)> merges =
            ReadMerges(folder.Read("merges.txt"), folder.PathOf("merges.txt"));
        ClassRecipe recipe = ClassRecipe.Of(config, folder.Path);
        BpeModel model = new(vocabulary, merges, recipe.Bpe, folder.PathOf("merges.txt"));
        AddedTokensFile.Refuse(folder, config, model);
        SpecialTokenList specials = new(config, recipe.DefaultTokens, model);
        Template template = recipe.TemplateOf(config, specials);
        return new PipelineTokenizer(new TokenizerParts
        {
            AddedTokens = specials.Added,
            Normalizers = recipe.Normalizers,
            PreTokenizers = recipe.PreTokenizers,
            Model = model,
            Template = template,
            OffsetTrimmer = recipe.OffsetTrimmer,
            PadId = specials.Find("pad_token")?.Id,
            Fingerprint = folder.Fingerprint(
                $"{recipe.Class} {TemplateText.Of(template)} {SettingsText.Of(config, specials.Added)}"),
        });
    }

    private static List<(string, string)> ReadMerges(byte[] bytes, string file)
    {
        if (!Utf8Runes.TryGetString(bytes, out string? text))
        {
            throw new CheckpointException($"{file}: not valid UTF-8.");
        }

        List<(string, string)> merges = [];
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd('\r');
            bool isComment = i == 0 && line.StartsWith("#version", StringComparison.Ordinal);
            if (line.Length == 0 || isComment)
            {
                continue;
            }

            string[] pair = line.Split(' ');
            merges.Add(pair.Length == 2 && pair[0].Length > 0 && pair[1].Length > 0
                ? (pair[0], pair[1])
                : throw new CheckpointException(
                    $"{file}: line {i + 1}: two tokens with a space between expected."));
        }

        return merges;
    }
}
