using System.Reflection;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AlignBench.Tests.TorchSharpStubs;

/// <summary>The SDK's source generators, whose output Core's sources count on: JSON contexts, regular expressions.</summary>
internal static class SourceGenerators
{
    /// <summary>Those that this project itself is compiled with; its build writes the list.</summary>
    public static IReadOnlyList<ISourceGenerator> All { get; } =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "source-generators.txt"))
            .Where(path => Path.GetFileName(path).Contains("Generat", StringComparison.Ordinal))
            .SelectMany(path => new AnalyzerFileReference(path, new Loader()).GetGenerators(LanguageNames.CSharp)),
    ];

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
            // They depend on nothing but the compiler, which is here.
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
