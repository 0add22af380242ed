using System.Reflection;

namespace AlignBench.Reports.Templates;

/// <summary>The files of this folder, which are inside the program.</summary>
internal static class TemplateFile
{
    /// <param name="name">File name, as <c>curve.vl.json</c>.</param>
    public static string Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"AlignBench.Reports.{name}")
            ?? throw new ArgumentException($"no template '{name}'", nameof(name));
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
