using System.Text.RegularExpressions;

using TorchSharp;

namespace AlignBench.Tests.Torch;

public partial class OperatorNameTests
{
    // Every operator the sources name is looked up in the libtorch that is there, without calling it.
    [Fact]
    public void Operators_NamedInTheSources_AreKnownToLibtorch()
    {
        string[] names = [.. SourceFiles().SelectMany(Names).Distinct().Order()];

        Assert.True(names.Length > 150, $"only {names.Length} operators were found in the sources");
        string[] unknown = [.. names.Where(name => !IsKnown(name))];
        Assert.Empty(unknown);
    }

    [Fact]
    public void Operators_NamedInTheSources_OccurOnce()
    {
        string[] twice =
        [
            .. SourceFiles().SelectMany(Names).GroupBy(name => name).Where(group => group.Count() > 1)
                .Select(group => group.Key),
        ];

        Assert.Empty(twice);
    }

    private static bool IsKnown(string name)
    {
        string[] parts = name.Split('.', 2);
        return TorchNative.OperatorFind(parts[0], parts.Length > 1 ? parts[1] : "", out _) == 0;
    }

    private static IEnumerable<string> SourceFiles() => Directory.EnumerateFiles(
        Path.Combine(TestPaths.Root, "src", "AlignBench.Torch"), "*.cs", SearchOption.AllDirectories);

    private static IEnumerable<string> Names(string file) =>
        Quoted().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value);

    [GeneratedRegex("\"(aten::[A-Za-z0-9_.]+)\"")]
    private static partial Regex Quoted();
}
