using System.Text.Json;

namespace AlignBench.Data.Tables;

/// <summary>
/// Streams arrays out of a JSON file whose root is an object, an element at a time, so that a file of any
/// size takes the memory of its largest element.
/// </summary>
internal sealed class JsonMembers : IDisposable
{
    private readonly string _file;
    private readonly FileStream _stream;
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _final;
    private JsonReaderState _state;

    private JsonMembers(string file)
    {
        _file = file;
        _stream = File.OpenRead(file);
        Refill();
        if (_buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8))
        {
            _start = 3;
        }
    }

    /// <summary>
    /// The elements of the named arrays, in the order of the file, with their positions from 0.
    /// </summary>
    /// <param name="file">The root must be an object; its other members are passed over.</param>
    /// <param name="arrays">Names of members of the root.</param>
    /// <param name="cancellation">Asked at each element.</param>
    /// <exception cref="DataException">
    /// The file is not JSON (with line and column), a named member is not an array or not there.
    /// </exception>
    public static IEnumerable<(string Array, int Position, JsonElement Element)> Read(
        string file, IReadOnlyList<string> arrays, CancellationToken cancellation)
    {
        using JsonMembers json = new(file);
        HashSet<string> missing = [.. arrays];
        if (json.Next().Type != JsonTokenType.StartObject)
        {
            throw new DataException($"{file}: expected an object with {string.Join(" and ", arrays)}");
        }

        while (json.Next() is { Type: JsonTokenType.PropertyName } member)
        {
            if (!arrays.Contains(member.Name))
            {
                json.SkipValue();
                continue;
            }

            missing.Remove(member.Name!);
            if (json.Next().Type != JsonTokenType.StartArray)
            {
                throw new DataException($"{file}: {member.Name} is not an array");
            }

            for (int i = 0; json.NextElement() is JsonDocument document; i++)
            {
                using (document)
                {
                    cancellation.ThrowIfCancellationRequested();
                    yield return (member.Name!, i, document.RootElement);
                }
            }
        }

        json.RequireEnd();
        if (missing.Count > 0)
        {
            throw new DataException($"{file}: no {string.Join(" and no ", missing)}");
        }
    }

    public void Dispose() => _stream.Dispose();

    private (JsonTokenType Type, string? Name) Next()
    {
        while (true)
        {
            Utf8JsonReader reader = Reader();
            try
            {
                if (reader.Read())
                {
                    Keep(reader);
                    string? name = reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;
                    return (reader.TokenType, name);
                }
            }
            catch (JsonException e)
            {
                throw NotJson(e);
            }
            catch (InvalidOperationException e)
            {
                throw new DataException($"{_file}: a member's name is not Unicode: {e.Message}");
            }

            Refill();
        }
    }

    private void SkipValue()
    {
        int depth = 0;
        do
        {
            JsonTokenType type = Next().Type;
            depth += type is JsonTokenType.StartArray or JsonTokenType.StartObject ? 1 : 0;
            depth -= type is JsonTokenType.EndArray or JsonTokenType.EndObject ? 1 : 0;
        }
        while (depth > 0);
    }

    /// <summary>The array's next element, or null at its end.</summary>
    private JsonDocument? NextElement()
    {
        while (true)
        {
            Utf8JsonReader reader = Reader();
            try
            {
                if (reader.Read())
                {
                    if (reader.TokenType == JsonTokenType.EndArray)
                    {
                        Keep(reader);
                        return null;
                    }

                    if (JsonDocument.TryParseValue(ref reader, out JsonDocument? element))
                    {
                        Keep(reader);
                        JsonTexts.ThrowIfNotUnicode(element.RootElement);
                        return element;
                    }
                }
            }
            catch (JsonException e)
            {
                throw NotJson(e);
            }

            Refill();
        }
    }

    private void RequireEnd()
    {
        while (true)
        {
            Utf8JsonReader reader = Reader();
            try
            {
                if (!reader.Read() && _final)
                {
                    return;
                }
            }
            catch (JsonException e)
            {
                throw NotJson(e);
            }

            Refill();
        }
    }

    private Utf8JsonReader Reader() => new(_buffer.AsSpan(_start, _end - _start), _final, _state);

    private void Keep(in Utf8JsonReader reader)
    {
        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    private void Refill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, checked(_buffer.Length * 2));
        }

        int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _final = read == 0;
    }

    private DataException NotJson(JsonException e)
    {
        string message = e.Message.Split(" LineNumber:")[0];
        return new DataException(e.LineNumber is null
            ? $"{_file}: {message}"
            : $"{_file}: not JSON at line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}: {message}");
    }
}
