using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AlignBench.Experiments.Schema;

/// <summary>The summaries of this assembly's members, from the XML file that the compiler puts beside it.</summary>
internal static partial class MemberSummaries
{
    private static readonly Lazy<Dictionary<string, string>> s_summaries = new(Read);

    /// <summary>One line of plain words; null if the member, or the file, has none.</summary>
    public static string? Of(PropertyInfo property) =>
        s_summaries.Value.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}");

    private static Dictionary<string, string> Read()
    {
        string path = Path.ChangeExtension(typeof(MemberSummaries).Assembly.Location, ".xml");
        return !File.Exists(path)
            ? []
            : XDocument.Load(path).Descendants("member")
                .Where(member => member.Element("summary") is not null)
                .ToDictionary(member => member.Attribute("name")!.Value, member => Plain(member.Element("summary")!));
    }

    private static string Plain(XElement summary)
    {
        IEnumerable<string> words = summary.DescendantNodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "see" } reference => NameOf(reference.Attribute("cref")?.Value ?? ""),
            _ => "",
        });
        return White().Replace(string.Concat(words), " ").Trim();
    }

    // "P:AlignBench.Experiments.ExperimentConfig.Data" is the key "data"; a type keeps its name.
    private static string NameOf(string reference)
    {
        string name = reference.Split('.')[^1];
        return reference.StartsWith("P:", StringComparison.Ordinal) ? YamlFile.KeyOf(name) : name;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex White();
}
