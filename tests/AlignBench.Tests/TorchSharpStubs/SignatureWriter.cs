using System.Globalization;
using System.Reflection;

namespace AlignBench.Tests.TorchSharpStubs;

/// <summary>Writes public members as tests/torchsharp-0.107-api.txt does, one a line.</summary>
internal static class SignatureWriter
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    // The list calls the most frequent nested types by their last name.
    private static readonly string[] s_shortened =
    [
        "TorchSharp.torch+Tensor",
        "TorchSharp.torch+Device",
        "TorchSharp.torch+ScalarType",
        "TorchSharp.torch+TensorIndex",
    ];

    /// <summary>Every public member that <paramref name="type"/> itself declares.</summary>
    public static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => $"{field.Name} = {Convert.ToInt64(
                    field.GetRawConstantValue(), CultureInfo.InvariantCulture)}");
        }

        return
        [
            .. type.GetConstructors(Declared & ~BindingFlags.Static)
                .Select(made => $"new {Name(type)}({Parameters(made.GetParameters())})"),
            .. type.GetMethods(Declared).Where(method => !IsAccessor(method)).Select(Method),
            .. type.GetProperties(Declared).Select(Property),
            .. type.GetFields(Declared)
                .Select(field => $"{Static(field.IsStatic)}{Name(field.FieldType)} {field.Name};"),
        ];
    }

    /// <summary>As the list writes it: C#'s keywords, nested types with their outer ones.</summary>
    public static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return "ref " + Name(type.GetElementType()!);
        }

        if (type.IsArray)
        {
            return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (Nullable.GetUnderlyingType(type) is Type inner)
        {
            return Name(inner) + "?";
        }

        if (s_keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        string name = type.IsGenericParameter ? type.Name : Bare(type);
        return type.IsGenericType
            ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : name;
    }

    private static string Bare(Type type)
    {
        string own = type.Name.Split('`')[0];
        return type.DeclaringType is null || s_shortened.Contains(type.FullName)
            ? own
            : $"{Bare(type.DeclaringType)}.{own}";
    }

    private static bool IsAccessor(MethodInfo method) =>
        method.IsSpecialName && (method.Name.StartsWith("get_", StringComparison.Ordinal)
            || method.Name.StartsWith("set_", StringComparison.Ordinal));

    private static string Static(bool isStatic) => isStatic ? "static " : "";

    private static string Method(MethodInfo method)
    {
        string generics = method.IsGenericMethod
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>"
            : "";
        return $"{Static(method.IsStatic)}{Name(method.ReturnType)} {method.Name}{generics}"
            + $"({Parameters(method.GetParameters())})";
    }

    private static string Property(PropertyInfo property)
    {
        ParameterInfo[] indices = property.GetIndexParameters();
        string name = indices.Length > 0 ? $"this[{Parameters(indices)}]" : property.Name;
        string set = property.SetMethod is null ? "" : "set; ";
        return $"{Static(property.GetMethod!.IsStatic)}{Name(property.PropertyType)} {name} {{ get; {set}}}";
    }

    private static string Parameters(ParameterInfo[] parameters) =>
        string.Join(", ", parameters.Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string many = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        string fallback = parameter.HasDefaultValue ? $" = {Value(parameter)}" : "";
        return $"{many}{Name(parameter.ParameterType)} {parameter.Name}{fallback}";
    }

    private static string Value(ParameterInfo parameter)
    {
        object? value = parameter.RawDefaultValue;
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return value switch
        {
            null => "null",
            string text => $"\"{text}\"",
            bool truth => truth ? "true" : "false",
            char letter => letter.ToString(),
            _ when type.IsEnum => Enum.ToObject(type, value).ToString()!,
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
    }
}
