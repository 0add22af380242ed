using System.Globalization;
using System.Text.Json;

namespace AlignBench.Tokenizers;

/// <summary>A value in a JSON file that knows its place, so that every complaint names it.</summary>
internal readonly struct JsonPart
{
    /// <summary>Ids are below this.</summary>
    public const int IdLimit = 100_000_000;

    private readonly JsonElement _value;
    private readonly string _place;

    private JsonPart(JsonElement value, string place)
    {
        _value = value;
        _place = place;
    }

    /// <summary>File and path: "tokenizer.json: model.vocab".</summary>
    public string Place => _place;

    /// <summary>True for a JSON null.</summary>
    public bool IsNull => _value.ValueKind == JsonValueKind.Null;

    /// <summary>True for a JSON object.</summary>
    public bool IsObject => _value.ValueKind == JsonValueKind.Object;

    /// <summary>True for a JSON array.</summary>
    public bool IsArray => _value.ValueKind == JsonValueKind.Array;

    /// <summary>True for a JSON string.</summary>
    public bool IsText => _value.ValueKind == JsonValueKind.String;

    /// <summary>Reads a file's bytes.</summary>
    /// <exception cref="CheckpointException">They are no JSON object.</exception>
    public static JsonPart Parse(byte[] bytes, string file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            JsonPart root = new(document.RootElement.Clone(), file);
            return root.IsObject ? root : throw root.Error("an object");
        }
        catch (JsonException e)
        {
            throw new CheckpointException($"{file}: not JSON: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>A member that must be there.</summary>
    public JsonPart Get(string name) =>
        Find(name) ?? throw new CheckpointException($"{_place}: '{name}' is missing.");

    /// <summary>A member; null where it is absent or null.</summary>
    public JsonPart? Find(string name)
    {
        if (!IsObject)
        {
            throw Error("an object");
        }

        bool isThere = TryGet(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null;
        return isThere ? new JsonPart(member, Below(name)) : null;
    }

    // A name that is no Unicode is noticed when another one is looked for.
    private bool TryGet(string name, out JsonElement member)
    {
        try
        {
            return _value.TryGetProperty(name, out member);
        }
        catch (InvalidOperationException e)
        {
            throw new CheckpointException($"{_place}: a name that can't be read: {e.Message}");
        }
    }

    /// <summary>Text.</summary>
    public string Text()
    {
        if (!IsText)
        {
            throw Error("a string");
        }

        return Guarded(_value, static value => value.GetString()!);
    }

    /// <summary>True or false.</summary>
    public bool Flag() => _value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? _value.GetBoolean()
        : throw Error("true or false");

    /// <summary>An integer of 32 bits.</summary>
    public int Integer() => _value.ValueKind == JsonValueKind.Number && _value.TryGetInt32(out int number)
        ? number
        : throw Error("an integer");

    /// <summary>A token's id: 0 or more, and not absurdly large.</summary>
    public int Id() => Integer() is >= 0 and < IdLimit ? Integer() : throw Error($"0 to {IdLimit - 1}");

    /// <summary>A finite number.</summary>
    public double Number() =>
        _value.ValueKind == JsonValueKind.Number && _value.TryGetDouble(out double number)
            && double.IsFinite(number)
            ? number
            : throw Error("a number");

    /// <summary>The items of an array.</summary>
    public IReadOnlyList<JsonPart> Items()
    {
        if (!IsArray)
        {
            throw Error("an array");
        }

        JsonPart[] items = new JsonPart[_value.GetArrayLength()];
        int i = 0;
        foreach (JsonElement item in _value.EnumerateArray())
        {
            items[i] = new JsonPart(item, items.Length > 1000 ? _place : $"{_place}[{i}]");
            i++;
        }

        return items;
    }

    /// <summary>
    /// The members of an object whose values are integers; of doubled names the last counts.
    /// </summary>
    public Dictionary<string, int> IntegerMembers()
    {
        if (!IsObject)
        {
            throw Error("an object");
        }

        Dictionary<string, int> members = [];
        foreach (JsonProperty member in _value.EnumerateObject())
        {
            string name = Guarded(member, static member => member.Name);
            members[name] = member.Value.ValueKind == JsonValueKind.Number
                && member.Value.TryGetInt32(out int id)
                ? id
                : throw new CheckpointException(
                    $"{Below(name)}: expected an integer, got {member.Value.ValueKind}.");
        }

        return members;
    }

    /// <summary>The members of an object.</summary>
    public IReadOnlyList<(string Name, JsonPart Value)> Members()
    {
        if (!IsObject)
        {
            throw Error("an object");
        }

        List<(string, JsonPart)> members = [];
        foreach (JsonProperty member in _value.EnumerateObject())
        {
            string name = Guarded(member, static member => member.Name);
            members.Add((name, new JsonPart(member.Value, Below(name))));
        }

        return members;
    }

    /// <summary>A complaint: what was expected and what is there.</summary>
    public CheckpointException Error(string expected)
    {
        string got = _value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? _value.GetRawText()
            : _value.ValueKind.ToString();
        got = got.Length > 80 ? string.Create(CultureInfo.InvariantCulture, $"{got[..80]}...") : got;
        return new CheckpointException($"{_place}: expected {expected}, got {got}.");
    }

    private string Below(string name) => _place.Contains(": ", StringComparison.Ordinal)
        ? $"{_place}.{name}"
        : $"{_place}: {name}";

    // A string with half a surrogate pair or with bytes that are no UTF-8 can't be read.
    private string Guarded<T>(T source, Func<T, string> read)
    {
        try
        {
            return read(source);
        }
        catch (InvalidOperationException e)
        {
            throw new CheckpointException($"{_place}: not a string that can be read: {e.Message}");
        }
    }
}
