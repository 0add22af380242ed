namespace AlignBench.Tokenizers;

/// <summary>
/// Makes a tokenizer of a tokenizer.json (Hugging Face tokenizers 0.23). Its truncation and padding are left
/// to the caller. A component that is not known is refused by name.
/// </summary>
internal static class TokenizerJson
{
    /// <summary>Reads tokenizer.json of the folder.</summary>
    /// <exception cref="CheckpointException">
    /// The file is broken, or something in it is not supported.
    /// </exception>
    public static ITokenizer Load(TokenizerFolder folder, TokenizerConfig config)
    {
        const string name = "tokenizer.json";
        JsonPart root = JsonPart.Parse(folder.Read(name), folder.PathOf(name));
        List<object> preTokenizers = [];
        bool byteLevel = root.Find("pre_tokenizer") is { } preTokenizer
            && PreTokenizerReader.Read(preTokenizer, config, preTokenizers);
        ITokenModel model = TokenModelReader.Read(root.Get("model"), byteLevel);
        (Template template, OffsetTrimmer? trimmer) = PostProcessorReader.Read(root.Find("post_processor"));
        template = BosAndEos.Apply(template, config, model);
        List<AddedToken> added = AddedTokens(root, config, model);
        IReadOnlyList<INormalizer> normalizers =
            root.Find("normalizer") is { } normalizer ? NormalizerReader.Read(normalizer, config) : [];
        Check(normalizers, config);
        return new PipelineTokenizer(new TokenizerParts
        {
            AddedTokens = added,
            Normalizers = normalizers,
            PreTokenizers = preTokenizers,
            Model = model,
            Template = template,
            OffsetTrimmer = trimmer,
            PadId = PadIdOf(root, config, model, added),
            Fingerprint = folder.Fingerprint(
                $"tokenizer.json {TemplateText.Of(template)} {SettingsText.Of(config, added)}"),
        });
    }

    // The file's own, then those that only the config names, if it or the vocabulary has an id for them.
    private static List<AddedToken> AddedTokens(JsonPart root, TokenizerConfig config, ITokenModel model)
    {
        List<AddedToken> tokens = [];
        foreach (JsonPart part in root.Find("added_tokens")?.Items() ?? [])
        {
            SpecialToken token = SpecialToken.Parse(part);
            tokens.Add(token.At(model.Find(token.Content) ?? part.Get("id").Id(), part.Place));
        }

        HashSet<string> known = [.. tokens.Select(token => token.Content)];
        foreach (SpecialToken token in config.AllTokens)
        {
            if ((model.Find(token.Content) ?? token.Id) is { } id && known.Add(token.Content))
            {
                tokens.Add(token.At(id, config.Place));
            }
        }

        return tokens;
    }

    // Settings that the file's normalizers would have to follow.
    private static void Check(IReadOnlyList<INormalizer> normalizers, TokenizerConfig config)
    {
        bool lowers = normalizers.Any(normalizer => normalizer is Lowercase);
        if (config.DoLowerCase is { } wanted && wanted != lowers)
        {
            throw new CheckpointException(
                $"{config.Place}: do_lower_case is {wanted}, but tokenizer.json's normalizer differs.");
        }

        if (config.AddPrefixSpace == false && normalizers.Any(normalizer => normalizer is Prepend))
        {
            throw new CheckpointException(
                $"{config.Place}: add_prefix_space is False, but the normalizer of tokenizer.json prepends.");
        }
    }

    private static int? PadIdOf(
        JsonPart root, TokenizerConfig config, ITokenModel model, List<AddedToken> added)
    {
        if (config.Roles.TryGetValue("pad_token", out SpecialToken? pad))
        {
            return added.Find(token => token.Content == pad.Content)?.Id ?? model.Find(pad.Content);
        }

        return root.Find("padding")?.Find("pad_id")?.Id();
    }
}
