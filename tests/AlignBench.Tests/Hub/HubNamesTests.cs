using System.Text;
using AlignBench.Hub;
using AlignBench.Hub.Cache;
using AlignBench.Hub.Requests;

namespace AlignBench.Tests.Hub;

/// <summary>Names of models, revisions, and of a commit's listing.</summary>
public class HubNamesTests
{
    [Theory]
    [InlineData("facebook/dinov2-small", "models--facebook--dinov2-small")]
    [InlineData("openlm-research/open_llama_3b_v2", "models--openlm-research--open_llama_3b_v2")]
    [InlineData("gpt2", "models--gpt2")]
    [InlineData("a/b.c", "models--a--b.c")]
    public void HubId_WellFormed_HasItsFolder(string id, string folder) =>
        Assert.Equal(folder, HubId.TryParse(id)?.FolderName);

    [Theory]
    [InlineData("")]
    [InlineData("a/b/c")]
    [InlineData("/b")]
    [InlineData("a/")]
    [InlineData("../b")]
    [InlineData("a/..")]
    [InlineData("a/b..c")]
    [InlineData("a/b--c")]
    [InlineData("a/b.git")]
    [InlineData("a/-b")]
    [InlineData("a b")]
    [InlineData("a/b\n")]
    [InlineData("data/toy/models/x")]
    public void HubId_Malformed_IsNone(string id) => Assert.Null(HubId.TryParse(id));

    [Theory]
    [InlineData("main", true)]
    [InlineData("v1.0", true)]
    [InlineData("refs/pr/3", true)]
    [InlineData("0123456789abcdef0123456789abcdef01234567", true)]
    [InlineData("", false)]
    [InlineData("@", false)]
    [InlineData("../main", false)]
    [InlineData("a/../b", false)]
    [InlineData("/etc", false)]
    [InlineData("a/", false)]
    [InlineData("a//b", false)]
    [InlineData(".hidden", false)]
    [InlineData("a/.b", false)]
    [InlineData("a.lock", false)]
    [InlineData("a.", false)]
    [InlineData("-x", false)]
    [InlineData("a b", false)]
    [InlineData("a\\b", false)]
    [InlineData("a?b", false)]
    [InlineData("a@{1}", false)]
    public void GitRevision_IsWellFormed_AsGitSays(string revision, bool wellFormed) =>
        Assert.Equal(wellFormed, GitRevision.IsWellFormed(revision));

    // json.dump(..., indent=1) of what _tree_cache.py describes.
    private const string Tree = """
        {
         "format_version": 1,
         "files": {
          "config.json": {
           "size": 519,
           "blob_id": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
          },
          "model.safetensors": {
           "size": 1234,
           "blob_id": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
           "lfs_sha256": "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
           "lfs_size": 1234
          }
         }
        }
        """;

    [Fact]
    public void TreeFile_IsWrittenAndReadAsHuggingfaceHubDoes()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("tree.json");
        RepositoryListing listing = new(
            FakeHub.Commit,
            [
                new HubFile("model.safetensors", 1234, new string('b', 40), new string('c', 64)),
                new HubFile("config.json", 519, new string('a', 40), Sha256: null),
            ]);

        TreeFile.Write(path, listing);

        Assert.Equal(Tree.ReplaceLineEndings("\n"), File.ReadAllText(path, Encoding.UTF8));
        Assert.Equal(listing.Files.Reverse(), TreeFile.Read(path, FakeHub.Commit)!.Files);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"format_version": 2, "files": {}}""")]
    [InlineData("""{"format_version": 1, "files": {"../x": {"size": 1, "blob_id": null}}}""")]
    [InlineData("""{"format_version": 1, "files": {"x": {"size": 1, "blob_id": "../x"}}}""")]
    public void TreeFile_OfAnotherForm_IsNone(string text)
    {
        using TemporaryFolder folder = new();

        Assert.Null(TreeFile.Read(folder.Write("tree.json", text), FakeHub.Commit));
    }
}
