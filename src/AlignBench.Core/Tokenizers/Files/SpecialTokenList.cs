namespace AlignBench.Tokenizers;

/// <summary>A class's special tokens, with the config's in place of the class's own.</summary>
internal sealed class SpecialTokenList
{
    private readonly Dictionary<string, SpecialToken> _roles;
    private readonly string _place;

    /// <param name="config">Wins over the defaults.</param>
    /// <param name="defaults">By role ("bos_token" ...).</param>
    /// <param name="model">Tokens that it doesn't have and that come without an id are left out.</param>
    public SpecialTokenList(
        TokenizerConfig config, IReadOnlyDictionary<string, SpecialToken> defaults, ITokenModel model)
    {
        _place = config.Place;
        _roles = new Dictionary<string, SpecialToken>(defaults);
        foreach ((string role, SpecialToken token) in config.Roles)
        {
            _roles[role] = token;
        }

        foreach (SpecialToken token in config.AllTokens.Concat(_roles.Values)
            .DistinctBy(token => token.Content))
        {
            if ((model.Find(token.Content) ?? token.Id) is { } id)
            {
                Added.Add(token.At(id, config.Place));
            }
        }
    }

    /// <summary>As they are looked for in texts.</summary>
    public List<AddedToken> Added { get; } = [];

    /// <summary>The token of a role, if there is one in the vocabulary.</summary>
    public AddedToken? Find(string role) =>
        _roles.TryGetValue(role, out SpecialToken? token)
            ? Added.Find(added => added.Content == token.Content)
            : null;

    /// <summary>The token of a role, for a template.</summary>
    /// <exception cref="CheckpointException">There is none in the vocabulary.</exception>
    public TemplateToken Get(string role)
    {
        AddedToken token =
            Find(role) ?? throw new CheckpointException($"{_place}: no {role} is in the vocabulary.");
        return new TemplateToken(token.Id, token.Content);
    }
}
