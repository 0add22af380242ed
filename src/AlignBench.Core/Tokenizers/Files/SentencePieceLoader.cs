namespace AlignBench.Tokenizers;

/// <summary>
/// Makes a tokenizer of a SentencePiece .model. Control symbols that stand in a text are plain characters, as
/// sentencepiece itself reads them: a caption can't forge an end of text.
/// </summary>
internal static class SentencePieceLoader
{
    private const int Unigram = 1;
    private const int Bpe = 2;

    /// <summary>True if a class reads SentencePiece's ids as they are; "" is no class at all.</summary>
    public static bool Follows(string tokenizerClass) =>
        tokenizerClass is "" or "LlamaTokenizer" or "CodeLlamaTokenizer" or "T5Tokenizer";

    /// <summary>Reads the file <paramref name="name"/> of the folder.</summary>
    /// <exception cref="CheckpointException">
    /// The file is broken, or the settings can't be followed.
    /// </exception>
    public static ITokenizer Load(TokenizerFolder folder, TokenizerConfig config, string name)
    {
        string file = folder.PathOf(name);
        SentencePieceFile model = SentencePieceFile.Parse(folder.Read(name), file);
        SentencePieceModel pieces = model.ModelType switch
        {
            Unigram => new SentencePieceUnigram(model, file),
            Bpe => new SentencePieceBpe(model, file),
            _ => throw new CheckpointException(
                $"{file}: trainer_spec.model_type: expected 1 (unigram) or 2 (BPE), got {model.ModelType}."),
        };
        CharsMap? charsMap = model.PrecompiledCharsMap.Length == 0
            ? null
            : new CharsMap(model.PrecompiledCharsMap, file);
        AddedTokensFile.Refuse(folder, config, pieces);
        RefuseWords(config, pieces);
        Template template = TemplateOf(model, config, file);
        int? padId = config.Roles.TryGetValue("pad_token", out SpecialToken? pad)
            ? pieces.Find(pad.Content)
                ?? config.DecoderTokens.FirstOrDefault(token => token.Content == pad.Content)?.Id
            : model.FindControl(model.PadPiece);
        return new PipelineTokenizer(new TokenizerParts
        {
            Normalizers = [new SentencePieceNormalizer(model, pieces.UserDefined, charsMap)],
            Model = pieces,
            Template = template,
            PadId = padId,
            Fingerprint = folder.Fingerprint($"sentencepiece {TemplateText.Of(template)}"),
        });
    }

    // Special tokens that were added later stay plain characters; added words would change captions.
    private static void RefuseWords(TokenizerConfig config, SentencePieceModel pieces)
    {
        foreach (SpecialToken token in config.DecoderTokens)
        {
            if (!token.IsSpecial && pieces.Find(token.Content) is null)
            {
                throw new CheckpointException(
                    $"{config.Place}: the added token '{token.Content}' is not supported.");
            }
        }
    }

    // LlamaTokenizer puts bos in front and nothing behind unless told otherwise, T5Tokenizer eos behind; a
    // file that comes without a class is taken for the one or the other by its kind.
    private static Template TemplateOf(SentencePieceFile model, TokenizerConfig config, string file)
    {
        if (!Follows(config.Class))
        {
            throw new CheckpointException(
                $"{config.Place}: tokenizer_class {config.Class} with {file} is not supported.");
        }

        bool isT5 = config.Class == "T5Tokenizer" || (config.Class.Length == 0 && model.ModelType == Unigram);
        if (config.AddPrefixSpace == false && model.AddDummyPrefix)
        {
            throw new CheckpointException(
                $"{config.Place}: add_prefix_space false with add_dummy_prefix in {file} is not supported.");
        }

        if (config.DoLowerCase == true)
        {
            throw new CheckpointException(
                $"{config.Place}: do_lower_case with a SentencePiece model is not supported.");
        }

        bool isNamed = config.Class.Length > 0;
        bool hasBos =
            !isT5 && (config.AddBosToken ?? (isNamed || model.FindControl(model.BosPiece) is not null));
        bool hasEos = isT5
            ? isNamed || model.FindControl(model.EosPiece) is not null
            : config.AddEosToken ?? false;
        return new Template(
            hasBos ? [Special(model, config, "bos_token", model.BosPiece, file)] : [],
            hasEos ? [Special(model, config, "eos_token", model.EosPiece, file)] : []);
    }

    private static TemplateToken Special(
        SentencePieceFile model, TokenizerConfig config, string role, string defaultPiece, string file)
    {
        string text = config.Roles.TryGetValue(role, out SpecialToken? token) ? token.Content : defaultPiece;
        for (int id = 0; id < model.Pieces.Count; id++)
        {
            if (model.Pieces[id].Text == text)
            {
                return new TemplateToken(id, text);
            }
        }

        throw new CheckpointException($"{file}: {role} '{text}' is none of the {model.Pieces.Count} pieces.");
    }
}
