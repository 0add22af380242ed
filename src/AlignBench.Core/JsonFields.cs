using System.Text.Json;

namespace AlignBench;

/// <summary>
/// The fields of one JSON object, read with their types checked; null counts as left out, as in Python.
/// </summary>
/// <param name="file">Named in every message.</param>
/// <param name="root">The object.</param>
internal sealed class JsonFields(string file, JsonElement root)
{
    private readonly JsonElement _root = root.ValueKind == JsonValueKind.Object
        ? root
        : throw new CheckpointException($"{file}: expected a JSON object, got {root.ValueKind}");

    public IEnumerable<string> Keys => _root.EnumerateObject().Select(p => p.Name);

    public bool Has(string key) => Find(key) is not null;

    /// <summary>Whether the key says more than null or false.</summary>
    public bool IsSet(string key) => Find(key) is JsonElement value && value.ValueKind != JsonValueKind.False;

    public string Raw(string key) => Find(key)?.GetRawText() ?? "nothing";

    public string Text(string key) => Find(key) is JsonElement { ValueKind: JsonValueKind.String } value
        ? value.GetString()!
        : throw Refuse(key, "a name", Raw(key));

    public bool Flag(string key, bool otherwise) => Find(key) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Refuse(key, "true or false", Raw(key)),
    };

    public int Integer(string key, int otherwise) => Find(key) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out int number) => number,
        _ => throw Refuse(key, "a whole number", Raw(key)),
    };

    public double Number(string key, double otherwise) => Find(key) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.Number } value => value.GetDouble(),
        _ => throw Refuse(key, "a number", Raw(key)),
    };

    public double[] Triple(string key, double[] otherwise)
    {
        if (Find(key) is not JsonElement list)
        {
            return otherwise;
        }

        bool isTriple = list.ValueKind == JsonValueKind.Array && list.GetArrayLength() == 3
            && list.EnumerateArray().All(v => v.ValueKind == JsonValueKind.Number);
        return isTriple
            ? [.. list.EnumerateArray().Select(v => v.GetDouble())]
            : throw Refuse(key, "three numbers", Raw(key));
    }

    public CheckpointException Refuse(string key, string expected, string got) =>
        new($"{file}: {key}: expected {expected}, got {got}");

    /// <summary>The value of a key; null where it is left out.</summary>
    public JsonElement? Find(string key) =>
        _root.TryGetProperty(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;
}
