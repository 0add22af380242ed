namespace AlignBench.Hub;

/// <summary>
/// What the environment says about hub and cache, as huggingface_hub reads it (constants.py, utils/_auth.py).
/// </summary>
/// <param name="variable">A variable's value, null if it is not set.</param>
/// <param name="home">The user's folder.</param>
public sealed class HubEnvironment(Func<string, string?> variable, string home)
{
    private static readonly string[] s_true = ["1", "ON", "YES", "TRUE"];

    /// <summary>This process's.</summary>
    public static HubEnvironment Process { get; } = new(
        Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    /// <summary>The folder of all cached repositories: HF_HUB_CACHE, or hub/ under HF_HOME.</summary>
    public string Cache => Folder("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE") ?? Path.Combine(Home, "hub");

    /// <summary>HF_HUB_OFFLINE: nothing may be asked of the hub.</summary>
    public bool IsOffline =>
        s_true.Contains(First("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"), StringComparer.OrdinalIgnoreCase);

    /// <summary>HF_ENDPOINT, or the public hub.</summary>
    /// <exception cref="HubException">HF_ENDPOINT is no http address.</exception>
    public Uri Endpoint
    {
        get
        {
            string address = First("HF_ENDPOINT") ?? "https://huggingface.co";
            return Uri.TryCreate(address.TrimEnd('/'), UriKind.Absolute, out Uri? endpoint)
                && (endpoint.Scheme == Uri.UriSchemeHttps || endpoint.Scheme == Uri.UriSchemeHttp)
                ? endpoint
                : throw new HubException(
                    $"HF_ENDPOINT: expected an address with https:// or http://, got '{address}'");
        }
    }

    /// <summary>HF_TOKEN, or what the file of <c>hf auth login</c> holds; null if there is none.</summary>
    /// <exception cref="HubException">It has characters that no token has.</exception>
    public string? Token
    {
        get
        {
            string file = Folder("HF_TOKEN_PATH") ?? Path.Combine(Home, "token");
            string? token = First("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")?.Trim();
            token = string.IsNullOrEmpty(token) && File.Exists(file) ? File.ReadAllText(file).Trim() : token;
            if (string.IsNullOrEmpty(token))
            {
                return null;
            }

            return token.All(c => c is > ' ' and <= '~')
                ? token
                : throw new HubException(
                    $"HF_TOKEN or {file}: expected letters, digits and signs, got others among them");
        }
    }

    private string Home => Folder("HF_HOME")
        ?? Path.Combine(Folder("XDG_CACHE_HOME") ?? Path.Combine(home, ".cache"), "huggingface");

    /// <summary>The settings of a pull.</summary>
    /// <param name="cache">Instead of <see cref="Cache"/>.</param>
    public HubSettings Settings(string? cache = null) => new()
    {
        Endpoint = Endpoint,
        Token = Token,
        Cache = Path.GetFullPath(cache ?? Cache),
        IsOffline = IsOffline,
    };

    private string? Folder(params string[] names) => First(names) switch
    {
        "~" => home,
        ['~', '/', .. string below] => Path.Combine(home, below),
        string path => path,
        null => null,
    };

    private string? First(params string[] names) =>
        names.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
}
