namespace AlignBench.Tokenizers;

/// <summary>What a tokenizer class adds to its vocab.json and merges.txt.</summary>
internal sealed record ClassRecipe
{
    /// <summary>The class, without "Fast".</summary>
    public required string Class { get; init; }

    /// <summary>The model's settings.</summary>
    public BpeOptions Bpe { get; init; } = new() { ByteLevel = true };

    /// <summary>Steps before cutting.</summary>
    public IReadOnlyList<INormalizer> Normalizers { get; init; } = [];

    /// <summary>Steps of cutting.</summary>
    public IReadOnlyList<object> PreTokenizers { get; init; } = [];

    /// <summary>The class's own special tokens, by role.</summary>
    public required IReadOnlyDictionary<string, SpecialToken> DefaultTokens { get; init; }

    /// <summary>See <see cref="TokenizerParts.OffsetTrimmer"/>.</summary>
    public OffsetTrimmer? OffsetTrimmer { get; init; }

    /// <summary>
    /// Roles of the tokens always put before and behind a text; none: only what the config asks for.
    /// </summary>
    public (string Before, string Behind)? Around { get; init; }

    /// <summary>The recipe of the config's class.</summary>
    /// <exception cref="CheckpointException">There is none, or the class is not supported.</exception>
    public static ClassRecipe Of(TokenizerConfig config, string folder) => config.Class switch
    {
        "GPT2Tokenizer" => Gpt2(config),
        "RobertaTokenizer" => Roberta(config),
        "CLIPTokenizer" => Clip(config),
        "" => throw new CheckpointException(
            $"{folder}: vocab.json and merges.txt need a tokenizer_class in tokenizer_config.json."),
        _ => throw new CheckpointException(
            $"{config.Place}: tokenizer_class {config.Class} with vocab.json is not supported."),
    };

    /// <summary>The tokens around a text.</summary>
    public Template TemplateOf(TokenizerConfig config, SpecialTokenList specials) => Around is { } roles
        ? new Template([specials.Get(roles.Before)], [specials.Get(roles.Behind)])
        : new Template(
            config.AddBosToken == true ? [specials.Get("bos_token")] : [],
            config.AddEosToken == true ? [specials.Get("eos_token")] : []);

    private static ClassRecipe Gpt2(TokenizerConfig config) => new()
    {
        Class = "GPT2Tokenizer",
        PreTokenizers = ByteLevel(config),
        DefaultTokens = Tokens(
            ("unk_token", "<|endoftext|>"), ("bos_token", "<|endoftext|>"), ("eos_token", "<|endoftext|>")),
    };

    private static ClassRecipe Roberta(TokenizerConfig config)
    {
        Dictionary<string, SpecialToken> tokens = Tokens(
            ("bos_token", "<s>"), ("eos_token", "</s>"), ("sep_token", "</s>"),
            ("cls_token", "<s>"), ("unk_token", "<unk>"), ("pad_token", "<pad>"));
        tokens["mask_token"] = new SpecialToken("<mask>") { LeftStrip = true };
        return new ClassRecipe
        {
            Class = "RobertaTokenizer",
            PreTokenizers = ByteLevel(config),
            DefaultTokens = tokens,
            OffsetTrimmer = new OffsetTrimmer(config.AddPrefixSpace ?? false),
            Around = ("cls_token", "sep_token"),
        };
    }

    private static ClassRecipe Clip(TokenizerConfig config) => new()
    {
        Class = "CLIPTokenizer",
        Bpe = new BpeOptions
        {
            ByteLevel = true,
            UnknownToken = config.Roles.TryGetValue("unk_token", out SpecialToken? token)
                ? token.Content
                : "<|endoftext|>",
            EndOfWordSuffix = "</w>",
        },
        Normalizers =
        [
            new UnicodeForm(compatible: false, composes: true),
            new Replace(new BlankRunPattern(), " "),
            new Lowercase(),
        ],
        PreTokenizers =
        [
            new PatternSplitter(new ClipPattern(), SplitBehavior.Removed, invert: true),
            new PatternSplitter(new Gpt2Pattern(), SplitBehavior.Isolated, invert: false),
        ],
        DefaultTokens = Tokens(
            ("bos_token", "<|startoftext|>"), ("eos_token", "<|endoftext|>"),
            ("unk_token", "<|endoftext|>"), ("pad_token", "<|endoftext|>")),
        Around = ("bos_token", "eos_token"),
    };

    private static Dictionary<string, SpecialToken> Tokens(params (string Role, string Content)[] tokens) =>
        tokens.ToDictionary(token => token.Role, token => new SpecialToken(token.Content));

    private static IReadOnlyList<object> ByteLevel(TokenizerConfig config)
    {
        PatternSplitter words = new(new Gpt2Pattern(), SplitBehavior.Isolated, invert: false);
        return config.AddPrefixSpace ?? false ? [new PrefixSpace(), words] : [words];
    }
}
