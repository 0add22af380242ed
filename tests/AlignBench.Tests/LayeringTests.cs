using System.Text.RegularExpressions;

namespace AlignBench.Tests;

/// <summary>Keeps the projects and Core's folders in one straight line, by reading the sources.</summary>
public partial class LayeringTests
{
    private const string Native = @"\b(LibraryImport|DllImport|\w*SafeHandle|Marshal|NativeLibrary|unsafe)\b";

    private static readonly string s_core = Path.Combine(TestPaths.Root, "src", "AlignBench.Core");

    // Each folder of AlignBench.Core, and which others its files may use. "*" is for all of them.
    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["Data"] = [],
        ["Images"] = [],
        ["Sounds"] = [],
        ["Tokenizers"] = [],
        ["Statistics"] = [],
        ["Safetensors"] = [],
        ["Hub"] = [],
        ["Nn"] = ["Safetensors"],
        ["Models"] = ["Nn", "Images", "Tokenizers", "Safetensors"],
        ["Features"] = ["Data", "Images", "Sounds", "Tokenizers", "Models", "Safetensors", "Nn", "Hub"],
        ["Regression"] = ["Features", "Statistics"],
        ["Similarity"] = ["Features", "Statistics"],
        ["Adapters"] = ["Features", "Nn", "Similarity", "Statistics", "Safetensors"],
        ["Reports"] = ["Statistics"],
        ["Inspection"] = ["Data", "Features", "Images", "Reports"],
        ["Diagnostics"] = ["Images"],
        ["Experiments"] = ["*"],
    };

    [Fact]
    public void CoreFolders_UseOnlyWhatTheirRowAllows()
    {
        List<string> wrong = [];
        foreach (string folder in Directory.EnumerateDirectories(s_core).Select(path => Path.GetFileName(path)!))
        {
            Assert.True(
                s_allowed.TryGetValue(folder, out string[]? allowed),
                $"src/AlignBench.Core/{folder} is new: add a row to the table in LayeringTests that "
                + "says which folders it may use; Experiments may use all, and nothing uses Experiments.");
            wrong.AddRange(
                from file in Sources(Path.Combine(s_core, folder))
                from used in FoldersUsed(file)
                where used != folder && !allowed.Contains(used) && !allowed.Contains("*")
                select $"{Relative(file)} uses AlignBench.{used}; {folder} may use [{string.Join(", ", allowed)}]");
        }

        AssertNone(wrong);
    }

    [Fact]
    public void CoreRoot_UsesNoFolder() =>
        AssertNone(
            from file in Directory.EnumerateFiles(s_core, "*.cs")
            from used in FoldersUsed(file)
            select $"{Relative(file)} uses AlignBench.{used}");

    // A namespace other than the folder's would slip through the table.
    [Fact]
    public void CoreFiles_HaveTheirFoldersNamespace() =>
        AssertNone(
            from file in Sources(s_core)
            let folder = Path.GetRelativePath(s_core, file).Split('/') is [string top, _, ..] ? $"AlignBench.{top}" : "AlignBench"
            let found = NamespaceLine().Match(Code(file)).Groups[1].Value
            where found.Length > 0 && found != folder && !found.StartsWith(folder + ".", StringComparison.Ordinal)
            select $"{Relative(file)}: expected namespace {folder}, got {found}");

    [Theory]
    [InlineData("AlignBench.Core", Native, "native calls belong to Interop and Torch")]
    [InlineData("AlignBench.Cli", Native, "native calls belong to Interop and Torch")]
    [InlineData("AlignBench.Core", @"\bConsole\s*\.", "Core never prints: log, report progress or return it")]
    [InlineData("AlignBench.Core", @"\bEnvironment\s*\.\s*GetCommandLineArgs\b", "arguments are read in Cli")]
    [InlineData("AlignBench.Interop", @"\bAlignBench\.(?!Interop\b)", "Interop uses the framework alone")]
    [InlineData("AlignBench.Torch", @"\busing\s+(static\s+)?AlignBench\.(?!Interop\b)", "Torch uses the framework alone")]
    public void Project_HasNoneOfWhatBelongsElsewhere(string project, string pattern, string reason)
    {
        Regex forbidden = new(pattern);
        AssertNone(
            from file in Sources(Path.Combine(TestPaths.Root, "src", project))
            from line in Code(file).Split('\n').Select((text, index) => (Text: text, Number: index + 1))
            where forbidden.IsMatch(line.Text)
            select $"{Relative(file)} line {line.Number}: {line.Text.Trim()} ({reason})");
    }

    [Fact]
    public void Code_OfComments_IsNothing() =>
        Assert.Equal("a = 1; \nb = \"//\"; \n", WithoutComments("a = 1; // Console.\nb = \"//\"; /// unsafe\n"));

    private static void AssertNone(IEnumerable<string> wrong) =>
        Assert.True(!wrong.Any(), string.Join(Environment.NewLine, wrong));

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories);

    private static IEnumerable<string> FoldersUsed(string file) =>
        Used().Matches(Code(file)).Select(match => match.Groups[1].Value).Where(s_allowed.ContainsKey).Distinct();

    private static string Relative(string file) => Path.GetRelativePath(TestPaths.Root, file);

    private static string Code(string file) => WithoutComments(File.ReadAllText(file));

    // Line comments only, which is all that is written here; those after a string keep the string.
    private static string WithoutComments(string text) => Comment().Replace(text, "$1");

    // A folder is used by its using line, by a static or aliased one, or by a full name.
    [GeneratedRegex(@"\bAlignBench\.([A-Z]\w*)")]
    private static partial Regex Used();

    [GeneratedRegex(@"^namespace\s+([\w.]+)\s*;", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex("""("(?:[^"\\\n]|\\.)*")|//[^\n]*""")]
    private static partial Regex Comment();
}
