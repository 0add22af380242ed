using System.Globalization;
using System.Text.Json;

namespace AlignBench.Data.Tables;

/// <summary>An object in a JSON file, whose members are asked for by name and type.</summary>
/// <param name="file">For messages.</param>
/// <param name="place">Where in the file, for messages: <c>annotations[3]</c>.</param>
/// <param name="element">The object.</param>
internal readonly struct JsonEntry(string file, string place, JsonElement element)
{
    public string Place { get; } = place;

    /// <exception cref="DataException">It is not there, or no whole number.</exception>
    public long WholeNumber(string name)
    {
        JsonElement member = Member(name);
        return member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out long value)
            ? value
            : throw Wrong(name, member, "a whole number");
    }

    /// <exception cref="DataException">It is not there, or no text.</exception>
    public string Text(string name) =>
        TextOrNull(name) ?? throw new DataException($"{file}: {Place}: {name} is null, expected a text");

    /// <exception cref="DataException">It is not there, or neither text nor null.</exception>
    public string? TextOrNull(string name)
    {
        JsonElement member = Member(name);
        return member.ValueKind is JsonValueKind.String or JsonValueKind.Null
            ? member.GetString()
            : throw Wrong(name, member, "a text");
    }

    /// <summary>A text, or a whole number as text.</summary>
    /// <exception cref="DataException">It is not there, or neither of these nor null.</exception>
    public string? IdOrNull(string name) => Member(name).ValueKind == JsonValueKind.Number
        ? WholeNumber(name).ToString(CultureInfo.InvariantCulture)
        : TextOrNull(name);

    /// <summary>A text, or a list of texts; any may be null.</summary>
    /// <exception cref="DataException">It is not there, or something else.</exception>
    public string?[] Texts(string name)
    {
        JsonElement member = Member(name);
        if (member.ValueKind != JsonValueKind.Array)
        {
            return [TextOrNull(name)];
        }

        JsonElement[] elements = [.. member.EnumerateArray()];
        int wrong = Array.FindIndex(
            elements, element => element.ValueKind is not (JsonValueKind.String or JsonValueKind.Null));
        return wrong < 0
            ? [.. elements.Select(element => element.GetString())]
            : throw Wrong($"{name}[{wrong}]", elements[wrong], "a text");
    }

    /// <summary>Whether there is such a member, and it is not null.</summary>
    public bool Has(string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out JsonElement member)
        && member.ValueKind != JsonValueKind.Null;

    /// <summary>The objects of a list.</summary>
    /// <exception cref="DataException">It is not there, or no list.</exception>
    public IReadOnlyList<JsonEntry> Entries(string name)
    {
        JsonElement member = Member(name);
        if (member.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(name, member, "a list");
        }

        List<JsonEntry> entries = [];
        foreach (JsonElement entry in member.EnumerateArray())
        {
            entries.Add(new JsonEntry(file, $"{Place}.{name}[{entries.Count}]", entry));
        }

        return entries;
    }

    private JsonElement Member(string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new DataException($"{file}: {Place} is {element.ValueKind}, expected an object");
        }

        return element.TryGetProperty(name, out JsonElement member)
            ? member
            : throw new DataException(
                $"{file}: {Place} has no {name}; there are "
                + string.Join(", ", element.EnumerateObject().Select(property => property.Name)));
    }

    private DataException Wrong(string name, JsonElement member, string expected) =>
        new($"{file}: {Place}: {name} is {member.ValueKind}, expected {expected}");
}
