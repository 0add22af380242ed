using System.Buffers.Binary;

namespace AlignBench.Tokenizers;

/// <summary>
/// Reads one Protocol Buffers message field by field (protobuf.dev/programming-guides/encoding). A length
/// that goes past the message's end, an endless varint or a group is an error that names the file and the
/// byte.
/// </summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message, string file)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private int _position;
    private int _wireType;
    private ulong _number;
    private ReadOnlySpan<byte> _bytes;

    /// <summary>The current field's number.</summary>
    public int Field { get; private set; }

    /// <summary>Goes to the next field; false at the end.</summary>
    /// <exception cref="CheckpointException">The message is broken.</exception>
    public bool Next()
    {
        if (_position >= _message.Length)
        {
            return false;
        }

        ulong tag = ReadVarint();
        Field = (int)Math.Min(tag >> 3, int.MaxValue);
        _wireType = (int)(tag & 7);
        _number = 0;
        _bytes = [];
        switch (_wireType)
        {
            case 0:
                _number = ReadVarint();
                break;
            case 1:
                _number = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
                break;
            case 2:
                _bytes = Take(ReadVarint());
                break;
            case 5:
                _number = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
                break;
            default:
                throw Error($"wire type 0, 1, 2 or 5 expected, got {_wireType}");
        }

        return true;
    }

    /// <summary>The current field as an integer or enum.</summary>
    public int Integer() => _wireType == 0
        ? unchecked((int)_number)
        : throw Error($"field {Field} is not an integer");

    /// <summary>The current field as a Boolean.</summary>
    public bool Flag() => Integer() != 0;

    /// <summary>The current field as a float.</summary>
    public float Single() =>
        _wireType == 5
            ? BitConverter.UInt32BitsToSingle((uint)_number)
            : throw Error($"field {Field} is not a float");

    /// <summary>The current field as bytes or a message.</summary>
    public ReadOnlySpan<byte> Bytes() => _wireType == 2
        ? _bytes
        : throw Error($"field {Field} is not a string or message");

    /// <summary>The current field as text.</summary>
    public string Text() => Utf8Runes.TryGetString(Bytes(), out string? text)
        ? text
        : throw Error($"field {Field} is not valid UTF-8");

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(_message.Length - _position))
        {
            throw Error($"{count} bytes expected, {_message.Length - _position} left");
        }

        ReadOnlySpan<byte> bytes = _message.Slice(_position, (int)count);
        _position += (int)count;
        return bytes;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte next = Take(1)[0];
            value |= shift < 64 ? (ulong)(next & 0x7F) << shift : 0;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Error("a varint is longer than 10 bytes");
    }

    private readonly CheckpointException Error(string what) =>
        new($"{file}: not a SentencePiece model: {what} at byte {_position} of a message.");
}
