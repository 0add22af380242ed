using System.Globalization;
using System.Text;

namespace AlignBench.Tests.TorchSharpStubs;

/// <summary>
/// Turns the lists of TorchSharp's signatures into C#: every type and member, no bodies. What compiles
/// against it compiles against the package, as far as the lists say.
/// </summary>
internal sealed class StubWriter
{
    private const string Head = """
        #nullable disable
        using System;
        using System.Collections.Generic;
        using System.Globalization;
        using System.IO;
        using System.Numerics;

        """;

    private readonly IReadOnlyDictionary<string, ApiType> _types;
    private readonly MemberWriter _members;
    private readonly TypeNames _names;
    private readonly Dictionary<string, string> _kinds = [];

    private StubWriter(IReadOnlyDictionary<string, ApiType> types)
    {
        _types = types;
        _names = new TypeNames(types.Values);
        _members = new MemberWriter(_names);
        foreach (ApiType type in types.Values)
        {
            _kinds[TypeNames.WithoutArguments(TypeNames.Declared(type))] = Kind(type);
        }
    }

    /// <summary>One compilation unit.</summary>
    public static string Write(IReadOnlyDictionary<string, ApiType> types)
    {
        StubWriter writer = new(types);
        StringBuilder code = new(Head);
        foreach (ApiType type in types.Values)
        {
            writer.Write(code, type);
        }

        return code.ToString();
    }

    // "public static class" -> class and so on: what a partial declaration repeats.
    private static string Kind(ApiType type) => type.Declaration.Split(" TorchSharp.")[0];

    private static bool IsEnum(ApiType type) => Kind(type) == "enum";

    // namespace N { partial class Outer { public partial class Inner : Base { ... } } }
    private void Write(StringBuilder code, ApiType type)
    {
        (string space, List<string> outer, string name) = Place(TypeNames.Declared(type));
        code.Append(CultureInfo.InvariantCulture, $"namespace {space} {{ ");
        foreach (string container in outer)
        {
            code.Append(CultureInfo.InvariantCulture, $"partial {container} {{ ");
        }

        string partial = IsEnum(type) ? "" : "partial ";
        string kind = Kind(type);
        string modifiers = kind[..(kind.LastIndexOf(' ') + 1)];
        string keyword = kind[modifiers.Length..];
        string head = $"public {modifiers}{partial}{keyword} {name}{Bases(type)}{GenericRules.ForType(name)}";
        code.AppendLine(head).AppendLine("{");
        _members.Write(code, type, keyword);
        code.Append('}').Insert(code.Length, " }", outer.Count + 1).AppendLine();
    }

    private (string Namespace, List<string> Outer, string Name) Place(string full)
    {
        string arguments = full[TypeNames.WithoutArguments(full).Length..];
        string[] parts = TypeNames.WithoutArguments(full).Split('.');
        List<string> outer = [];
        int at = parts.Length - 1;
        while (_kinds.TryGetValue(string.Join('.', parts[..at]), out string? kind))
        {
            outer.Insert(0, $"{kind.Split(' ')[^1]} {parts[at - 1]}");
            at--;
        }

        return (string.Join('.', parts[..at]), outer, parts[^1] + arguments);
    }

    // Interfaces of the BCL, but for the two that foreach and using need, would ask for members the lists
    // leave out.
    private string Bases(ApiType type)
    {
        string[] declared = type.Declaration.Split(" : ");
        if (declared.Length < 2 || IsEnum(type))
        {
            return declared.Length < 2 ? "" : $" : {Lists.Keyword(declared[1])}";
        }

        string[] kept =
        [
            .. Lists.Split(declared[1]).Where(name => name is "IDisposable"
                || name.StartsWith("IEnumerable<", StringComparison.Ordinal)
                || IsListed(TypeNames.WithoutArguments(name))),
        ];
        return kept.Length == 0 ? "" : $" : {string.Join(", ", kept.Select(_names.Qualify))}";
    }

    // Modules' interfaces would ask for overloads that only the generic base class has.
    private bool IsListed(string bare) => bare != "torch.nn.IModule"
        && _types.Keys.Any(known => TypeNames.WithoutArguments(known) == bare);
}
