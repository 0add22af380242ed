using System.Text;

using Microsoft.CodeAnalysis.CSharp;

namespace AlignBench.Tests.TorchSharpStubs;

/// <summary>One line of a list -> one C# member whose body throws.</summary>
internal sealed class MemberWriter(TypeNames names)
{
    private static readonly Dictionary<string, string> s_operators = new()
    {
        ["op_Addition"] = "+",
        ["op_Subtraction"] = "-",
        ["op_Multiply"] = "*",
        ["op_Division"] = "/",
        ["op_Modulus"] = "%",
        ["op_UnaryNegation"] = "-",
        ["op_OnesComplement"] = "~",
        ["op_BitwiseAnd"] = "&",
        ["op_BitwiseOr"] = "|",
        ["op_ExclusiveOr"] = "^",
        ["op_Equality"] = "==",
        ["op_Inequality"] = "!=",
        ["op_LessThan"] = "<",
        ["op_LessThanOrEqual"] = "<=",
        ["op_GreaterThan"] = ">",
        ["op_GreaterThanOrEqual"] = ">=",
    };

    private readonly ParameterWriter _parameters = new(names);

    /// <summary>
    /// All members of <paramref name="type"/>, which is a class, struct, enum or interface.
    /// </summary>
    public void Write(StringBuilder code, ApiType type, string keyword)
    {
        string name = TypeNames.WithoutArguments(TypeNames.Declared(type)).Split('.')[^1];
        foreach (string member in type.Members.Distinct())
        {
            code.AppendLine(keyword switch
            {
                "enum" => EnumMember(member),
                "interface" => Bodiless(member),
                _ => Member(type.Name, name, member),
            });
        }

        // Derived stubs need a constructor to begin with; nobody outside may call it.
        if (keyword == "class" && !type.Declaration.StartsWith("static", StringComparison.Ordinal)
            && !type.Members.Contains($"new {type.Name}()"))
        {
            code.AppendLine($"private protected {name}() {{ }}");
        }

        if (type.Declaration.Contains("IEnumerable<", StringComparison.Ordinal))
        {
            code.AppendLine("System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator()")
                .AppendLine("    => throw null;");
        }
    }

    private static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private static (string Static, string Declared) TakeStatic(string member) =>
        member.StartsWith("static ", StringComparison.Ordinal) ? ("static ", member[7..]) : ("", member);

    // "default = 0"
    private static string EnumMember(string member)
    {
        string[] parts = member.Split(" = ");
        return $"{Escape(parts[0])} = {parts[1]},";
    }

    private string Bodiless(string member) => member.EndsWith('}')
        ? Property(member)
        : Method("", member, body: ";").Replace("public ", "", StringComparison.Ordinal);

    private string Member(string listed, string name, string member)
    {
        if (member.StartsWith("new ", StringComparison.Ordinal))
        {
            int open = member.IndexOf('(', StringComparison.Ordinal);
            return $"public {name}({_parameters.Write(member[(open + 1)..^1])}) => throw null;";
        }

        (string isStatic, string rest) = TakeStatic(member);
        if (member.EndsWith('}'))
        {
            string property = Property(rest)
                .Replace("get;", "get => throw null;", StringComparison.Ordinal)
                .Replace("set;", "set => throw null;", StringComparison.Ordinal);
            return $"public {isStatic}{property}";
        }

        if (member.EndsWith(';'))
        {
            (string type, string field) = Lists.SplitName(rest[..^1]);
            return $"public {isStatic}{names.Qualify(type)} {Escape(field)};";
        }

        return Method(listed, member, " => throw null;");
    }

    private string Property(string property)
    {
        int brace = property.IndexOf(" { get", StringComparison.Ordinal);
        (string type, string name) = Lists.SplitName(property[..brace]);
        string written = name.StartsWith("this[", StringComparison.Ordinal)
            ? $"this[{_parameters.Write(name[5..^1])}]"
            : Escape(name);
        return $"{names.Qualify(type)} {written}{property[brace..]}";
    }

    private string Method(string listed, string member, string body)
    {
        (string isStatic, string rest) = TakeStatic(member);
        int open = rest.IndexOf('(', StringComparison.Ordinal);
        (string type, string name) = Lists.SplitName(rest[..open]);
        string result = names.Qualify(type);
        bool extends = listed == "TensorExtensionMethods";
        string parameters = _parameters.Write(rest[(open + 1)..^1], extends);

        if (name is "op_Implicit" or "op_Explicit")
        {
            string kind = name == "op_Implicit" ? "implicit" : "explicit";
            return $"public static {kind} operator {result}({parameters}){body}";
        }

        if (s_operators.TryGetValue(name, out string? symbol))
        {
            return $"public static {result} operator {symbol}({parameters}){body}";
        }

        bool overrides = member is "string ToString()" or "int GetHashCode()" or "bool Equals(object obj)";
        string modifier = overrides ? "override " : isStatic;
        string rules = GenericRules.ForMethod(listed, name);
        return $"public {modifier}{result} {Escape(name)}({parameters}){rules}{body}";
    }
}
