using System.Reflection;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace AlignBench.Experiments;

/// <summary>Reads a YAML file into a record: unknown, doubled and missing keys are errors with file and line.</summary>
internal static class YamlFile
{
    /// <param name="path">The YAML file.</param>
    /// <param name="keys">Every key it may have, for "did you mean".</param>
    /// <exception cref="ConfigException">The file is empty, or a key or value is wrong.</exception>
    public static T Read<T>(string path, IReadOnlyList<string> keys)
        where T : class
    {
        IDeserializer deserializer = new DeserializerBuilder()
            .WithNamingConvention(UnderscoredNamingConvention.Instance)
            .WithEnforceRequiredMembers()
            .WithDuplicateKeyChecking()
            .Build();
        try
        {
            using StreamReader reader = File.OpenText(path);
            T read = deserializer.Deserialize<T?>(reader)
                ?? throw new ConfigException($"{path}: the file is empty, expected an experiment (see configs/)");
            ThrowIfEmpty(path, read, "");
            return read;
        }
        catch (YamlException e)
        {
            // The innermost message says what is wrong, the outermost where.
            Exception cause = e;
            while (cause.InnerException is not null)
            {
                cause = cause.InnerException;
            }

            YamlException place = cause as YamlException ?? e;
            string entry = cause is FormatException or OverflowException ? $"'{LineOf(path, place.Start.Line)}': " : "";
            throw new ConfigException($"{path}, line {place.Start.Line}: {entry}{Words(cause.Message, keys)}");
        }
    }

    /// <summary>The keys that these types' settable properties stand for.</summary>
    public static IReadOnlyList<string> KeysOf(params Type[] types) =>
    [
        .. types.SelectMany(type => type.GetProperties())
            .Where(property => property.CanWrite)
            .Select(property => KeyOf(property.Name))
            .Distinct(),
    ];

    /// <summary>The key that a property's name stands for.</summary>
    public static string KeyOf(string property) => UnderscoredNamingConvention.Instance.Apply(property);

    /// <summary>YAML's empty value is null, also where the record's property may not be.</summary>
    private static void ThrowIfEmpty(string path, object record, string place)
    {
        NullabilityInfoContext nullability = new();
        foreach (PropertyInfo property in record.GetType().GetProperties().Where(property => property.CanWrite))
        {
            string key = $"{place}{KeyOf(property.Name)}";
            object? value = property.GetValue(record);
            if (value is null && nullability.Create(property).ReadState == NullabilityState.NotNull)
            {
                throw new ConfigException($"{path}: {key}: expected a value, got nothing");
            }

            IEnumerable<object?> own = value is Array list ? list.Cast<object?>() : [value];
            foreach (object? entry in own)
            {
                if (entry is null && value is not null)
                {
                    throw new ConfigException($"{path}: {key}: expected a value, got an empty entry");
                }

                if (entry?.GetType().Namespace == typeof(YamlFile).Namespace)
                {
                    ThrowIfEmpty(path, entry!, $"{key}: ");
                }
            }
        }
    }

    // A number that does not fit names neither itself nor its key.
    private static string LineOf(string path, long line) => File.ReadLines(path).ElementAt((int)line - 1).Trim();

    /// <summary>YamlDotNet speaks of .NET types; a user has keys.</summary>
    private static string Words(string message, IReadOnlyList<string> keys)
    {
        const string unknownStart = "Property '";
        int end = message.IndexOf("' not found on type", StringComparison.Ordinal);
        if (message.StartsWith(unknownStart, StringComparison.Ordinal) && end > 0)
        {
            string key = message[unknownStart.Length..end];
            return keys.Contains(key)
                ? $"key '{key}' has no meaning here"
                : $"unknown key '{key}'{Suggestion.For(key, keys)}";
        }

        return message.ReplaceLineEndings(" ");
    }
}
