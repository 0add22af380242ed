using System.Reflection;

namespace AlignBench.Experiments.Adapters;

/// <summary>Records of nullable settings: what a level leaves out comes from the level below.</summary>
internal static class LayeredSettings
{
    /// <summary>Each setting by its key, in the order of declaration; null where it is left out.</summary>
    public static IEnumerable<(string Key, object? Value)> Entries<T>(T settings) =>
        Properties<T>().Select(property => (YamlFile.KeyOf(property.Name), property.GetValue(settings)));

    /// <summary>The settings of <paramref name="top"/> where they are given, else those of <paramref name="below"/>.</summary>
    public static T Over<T>(T top, T below)
        where T : new()
    {
        T merged = new();
        foreach (PropertyInfo property in Properties<T>())
        {
            property.SetValue(merged, property.GetValue(top) ?? property.GetValue(below));
        }

        return merged;
    }

    private static IEnumerable<PropertyInfo> Properties<T>() =>
        typeof(T).GetProperties().Where(property => property.CanWrite);
}
