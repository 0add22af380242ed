using System.Globalization;

namespace AlignBench.Tokenizers;

/// <summary>
/// What tokenizer_config.json and special_tokens_map.json say that can change ids. Lengths, sides of padding
/// and the like are the caller's to choose and not read. An absent key is null: what it means depends on the
/// class.
/// </summary>
internal sealed record TokenizerConfig
{
    private static readonly string[] s_roles =
        ["bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"];

    /// <summary>Where it was read, for messages.</summary>
    public required string Place { get; init; }

    /// <summary>The tokenizer class without "Fast"; "" if nothing names it.</summary>
    public string Class { get; init; } = "";

    /// <summary>tokenizer_config.json itself names the class.</summary>
    public bool NamesClass { get; init; }

    public bool? AddBosToken { get; init; }

    public bool? AddEosToken { get; init; }

    public bool? AddPrefixSpace { get; init; }

    public bool? DoLowerCase { get; init; }

    public bool? StripAccents { get; init; }

    public bool? TokenizeChineseChars { get; init; }

    /// <summary>Special tokens by role ("bos_token" ...).</summary>
    public required IReadOnlyDictionary<string, SpecialToken> Roles { get; init; }

    /// <summary>added_tokens_decoder: tokens with their ids.</summary>
    public IReadOnlyList<SpecialToken> DecoderTokens { get; init; } = [];

    /// <summary>Special tokens without a role.</summary>
    public IReadOnlyList<SpecialToken> AdditionalTokens { get; init; } = [];

    /// <summary>All tokens named; of those with one content the first counts.</summary>
    public IEnumerable<SpecialToken> AllTokens =>
        DecoderTokens.Concat(Roles.Values).Concat(AdditionalTokens).DistinctBy(token => token.Content);

    /// <summary>Reads both files, where they are there.</summary>
    /// <exception cref="CheckpointException">They are broken or ask for what is not supported.</exception>
    public static TokenizerConfig Read(TokenizerFolder folder)
    {
        const string name = "tokenizer_config.json";
        Dictionary<string, SpecialToken> roles = [];
        TokenizerConfig config = new() { Place = folder.PathOf(name), Roles = roles };
        if (folder.Has(name))
        {
            JsonPart root = JsonPart.Parse(folder.ReadAside(name), folder.PathOf(name));
            Refuse(root);
            ReadRoles(root, roles);
            config = config with
            {
                Class = root.Find("tokenizer_class")?.Text() ?? "",
                AddBosToken = root.Find("add_bos_token")?.Flag(),
                AddEosToken = root.Find("add_eos_token")?.Flag(),
                AddPrefixSpace = root.Find("add_prefix_space")?.Flag(),
                DoLowerCase = root.Find("do_lower_case")?.Flag(),
                StripAccents = root.Find("strip_accents")?.Flag(),
                TokenizeChineseChars = root.Find("tokenize_chinese_chars")?.Flag(),
                DecoderTokens = Decoder(root),
                AdditionalTokens = [.. Additional(root)],
            };
        }

        const string map = "special_tokens_map.json";
        if (folder.Has(map))
        {
            JsonPart root = JsonPart.Parse(folder.ReadAside(map), folder.PathOf(map));
            ReadRoles(root, roles);        // wins over tokenizer_config.json
            config = config with { AdditionalTokens = [.. config.AdditionalTokens, .. Additional(root)] };
        }

        bool namesClass = config.Class.Length > 0;
        string named = namesClass ? config.Class : TokenizerClasses.OfModel(folder);
        return config with
        {
            NamesClass = namesClass,
            Class = named.EndsWith("Fast", StringComparison.Ordinal) ? named[..^4] : named,
        };
    }

    private static void ReadRoles(JsonPart root, Dictionary<string, SpecialToken> roles)
    {
        foreach (string role in s_roles)
        {
            if (root.Find(role) is { } token)
            {
                roles[role] = SpecialToken.Parse(token);
            }
        }
    }

    private static IEnumerable<SpecialToken> Additional(JsonPart root) =>
        (root.Find("additional_special_tokens")?.Items() ?? []).Select(SpecialToken.Parse);

    private static List<SpecialToken> Decoder(JsonPart root)
    {
        List<SpecialToken> tokens = [];
        foreach ((string name, JsonPart token) in root.Find("added_tokens_decoder")?.Members() ?? [])
        {
            bool isId = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int id);
            tokens.Add(isId && id < JsonPart.IdLimit
                ? SpecialToken.Parse(token) with { Id = id }
                : throw token.Error("an id as its key"));
        }

        return tokens;
    }

    // Switches of the Python classes that would change ids and have no counterpart here.
    private static void Refuse(JsonPart root)
    {
        Check("do_basic_tokenize", unsupported: part => !part.Flag());
        Check("split_special_tokens", unsupported: part => part.Flag());
        Check("never_split", unsupported: part => !part.IsArray || part.Items().Count > 0);
        Check("sp_model_kwargs", unsupported: part => part.Members().Count > 0);

        void Check(string key, Func<JsonPart, bool> unsupported)
        {
            if (root.Find(key) is { } part && unsupported(part))
            {
                throw new CheckpointException($"{part.Place}: this setting is not supported.");
            }
        }
    }
}
