using System.Text.RegularExpressions;

namespace AlignBench.Tests.TorchSharpStubs;

/// <summary>
/// The list's short names of TorchSharp's types as full ones; everything else (the BCL's) stays.
/// </summary>
internal sealed partial class TypeNames
{
    private readonly Dictionary<string, string> _full = [];

    public TypeNames(IEnumerable<ApiType> types)
    {
        foreach (ApiType type in types)
        {
            string listed = WithoutArguments(type.Name);
            _full[listed] = "global::" + WithoutArguments(Declared(type));
        }
    }

    /// <summary>"TorchSharp.Utils.TensorAccessor&lt;T&gt;" out of a declaration.</summary>
    public static string Declared(ApiType type)
    {
        string head = type.Declaration.Split(" : ")[0];
        return head[(head.IndexOf("TorchSharp.", StringComparison.Ordinal))..];
    }

    public static string WithoutArguments(string name) => name.Split('<')[0];

    /// <summary>Every name in a type, a list of types or a generic's arguments.</summary>
    public string Qualify(string types) =>
        Name().Replace(types, match => _full.GetValueOrDefault(match.Value, match.Value));

    [GeneratedRegex(@"[A-Za-z_][\w.]*")]
    private static partial Regex Name();
}
