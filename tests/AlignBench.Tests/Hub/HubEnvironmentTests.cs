using AlignBench.Hub;

namespace AlignBench.Tests.Hub;

public class HubEnvironmentTests
{
    [Theory]
    [InlineData("", "/home/me/.cache/huggingface/hub")]
    [InlineData("XDG_CACHE_HOME=/x", "/x/huggingface/hub")]
    [InlineData("HF_HOME=/h XDG_CACHE_HOME=/x", "/h/hub")]
    [InlineData("HF_HOME=~/h", "/home/me/h/hub")]
    [InlineData("HUGGINGFACE_HUB_CACHE=/old HF_HOME=/h", "/old")]
    [InlineData("HF_HUB_CACHE=/c HUGGINGFACE_HUB_CACHE=/old HF_HOME=/h", "/c")]
    [InlineData("HF_HUB_CACHE= HF_HOME=/h", "/h/hub")]
    public void Cache_IsWhereHuggingfaceHubHasIt(string variables, string folder) =>
        Assert.Equal(folder, Environment(variables).Cache);

    [Theory]
    [InlineData("", false)]
    [InlineData("HF_HUB_OFFLINE=1", true)]
    [InlineData("HF_HUB_OFFLINE=yes", true)]
    [InlineData("HF_HUB_OFFLINE=0", false)]
    [InlineData("TRANSFORMERS_OFFLINE=True", true)]
    [InlineData("HF_HUB_OFFLINE=0 TRANSFORMERS_OFFLINE=1", false)]
    public void IsOffline_ByItsWords(string variables, bool offline) =>
        Assert.Equal(offline, Environment(variables).IsOffline);

    [Theory]
    [InlineData("", "https://huggingface.co/")]
    [InlineData("HF_ENDPOINT=http://localhost:80/hub/", "http://localhost/hub")]
    public void Endpoint_IsThePublicHubOrAnother(string variables, string endpoint) =>
        Assert.Equal(endpoint, Environment(variables).Endpoint.AbsoluteUri);

    [Theory]
    [InlineData("huggingface.co")]
    [InlineData("ftp://huggingface.co")]
    [InlineData("/hub")]
    public void Endpoint_ThatIsNoHttpAddress_IsRefused(string endpoint)
    {
        HubException e = Assert.Throws<HubException>(() => Environment($"HF_ENDPOINT={endpoint}").Endpoint);

        Assert.Equal($"HF_ENDPOINT: expected an address with https:// or http://, got '{endpoint}'", e.Message);
    }

    [Fact]
    public void Token_IsTheVariablesOrTheFiles()
    {
        using TemporaryFolder folder = new();
        folder.Write("token", " hf_file\n");
        folder.Write("other", "hf_other");
        string home = $"HF_HOME={folder.Root}";

        Assert.Equal("hf_file", Environment(home).Token);
        Assert.Equal("hf_set", Environment($"HF_TOKEN=hf_set {home}").Token);
        Assert.Equal("hf_other", Environment($"HF_TOKEN_PATH={folder.File("other")} {home}").Token);
        Assert.Null(Environment("HF_HOME=/none").Token);
    }

    [Fact]
    public void Token_ThatCanBeNone_IsRefusedWithoutBeingShown()
    {
        using TemporaryFolder folder = new();
        folder.Write("token", "hf_a\nhf_b");

        HubException e = Assert.Throws<HubException>(() => Environment($"HF_HOME={folder.Root}").Token);

        Assert.DoesNotContain("hf_", e.Message, StringComparison.Ordinal);
    }

    private static HubEnvironment Environment(string variables)
    {
        Dictionary<string, string> set = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return new HubEnvironment(set.GetValueOrDefault, "/home/me");
    }
}
