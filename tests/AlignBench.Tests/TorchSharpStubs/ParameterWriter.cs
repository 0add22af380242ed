using System.Globalization;

using Microsoft.CodeAnalysis.CSharp;

namespace AlignBench.Tests.TorchSharpStubs;

/// <summary>The parameters of one listed member as C#.</summary>
internal sealed class ParameterWriter(TypeNames names)
{
    /// <summary>
    /// What stands between the brackets; of an extension method the first is the extended value.
    /// </summary>
    public string Write(string list, bool extends = false) => string.Join(
        ", ",
        Lists.Split(list).Select((parameter, i) =>
            extends && i == 0 && !parameter.StartsWith("ref ", StringComparison.Ordinal)
                ? "this " + Write(parameter)
                : Write(parameter)));

    private string Write(string parameter)
    {
        int equals = parameter.IndexOf(" = ", StringComparison.Ordinal);
        string declared = equals < 0 ? parameter : parameter[..equals];
        (string type, string name) = Lists.SplitName(declared);
        string modifier = "";
        foreach (string word in new[] { "params ", "ref " })
        {
            if (type.StartsWith(word, StringComparison.Ordinal))
            {
                modifier = word;
                type = type[word.Length..];
            }
        }

        string escaped = SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
        string fallback = equals < 0 ? "" : " = " + Default(type, parameter[(equals + 3)..]);
        return $"{modifier}{names.Qualify(type)} {escaped}{fallback}";
    }

    private string Default(string type, string value)
    {
        string bare = type.TrimEnd('?');
        return value switch
        {
            "null" => "default",
            "true" or "false" => value,
            _ when value.StartsWith('"') => value,
            _ when bare == "Char" => $"'{value}'",
            _ when bare == "float" => value + "f",
            _ when double.TryParse(value, CultureInfo.InvariantCulture, out _) => value,
            _ => $"{names.Qualify(bare)}.{value}",               // an enum's member
        };
    }
}
