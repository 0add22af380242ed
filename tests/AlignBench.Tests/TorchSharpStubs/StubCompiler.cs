using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AlignBench.Tests.TorchSharpStubs;

/// <summary>Compiles sources in memory, against stubs of TorchSharp in place of the subset.</summary>
internal static class StubCompiler
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // AlignBench.Torch is what the stubs replace; what lies above Core can't be below it.
    private static readonly string[] s_left =
        ["AlignBench.Torch", "AlignBench.Core", "alignbench", "AlignBench.Tests", "TorchSharp"];

    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.Latest);

    private static IReadOnlyList<MetadataReference> Libraries { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !s_left.Contains(Path.GetFileNameWithoutExtension(path)))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The stubs of all that the lists name.</summary>
    public static Lazy<(MetadataReference Reference, IReadOnlyList<string> Errors)> Stubs { get; } = new(() =>
    {
        CSharpCompilation stubs = Compile(
            "TorchSharp", [StubWriter.Write(ApiList.ReadAll())], Libraries, NullableContextOptions.Disable);
        return (stubs.ToMetadataReference(), Errors(stubs));
    });

    /// <summary>Errors of the sources, each with its line; none if they compile.</summary>
    public static IReadOnlyList<string> ErrorsOf(params IEnumerable<string> sources)
    {
        CSharpCompilation compilation = Compile(
            "Checked",
            [ImplicitUsings, .. sources],
            [.. Libraries, Stubs.Value.Reference],
            NullableContextOptions.Enable);
        CSharpGeneratorDriver.Create(SourceGenerators.All, parseOptions: s_parse)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation whole, out _);
        return Errors((CSharpCompilation)whole);
    }

    private static CSharpCompilation Compile(
        string name,
        IEnumerable<string> sources,
        IEnumerable<MetadataReference> references,
        NullableContextOptions nullable) =>
        CSharpCompilation.Create(
            name,
            sources.Select(source => CSharpSyntaxTree.ParseText(source, s_parse)),
            references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: nullable));

    private static IReadOnlyList<string> Errors(CSharpCompilation compilation) =>
    [
        .. compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => $"{diagnostic.GetMessage(null)}: {LineOf(diagnostic)}"),
    ];

    private static string LineOf(Diagnostic diagnostic) => diagnostic.Location.SourceTree!.GetText()
        .Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line].ToString().Trim();
}
