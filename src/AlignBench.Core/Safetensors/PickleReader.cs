using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace AlignBench.Safetensors;

/// <summary>A dict of a pickle, in order; keys may repeat, the last one counts.</summary>
internal sealed class PickleDictionary : List<KeyValuePair<object?, object?>>;

/// <summary>A name of a pickle that stands for itself: a storage or element type.</summary>
internal sealed record PickleName(string Name);

/// <summary>
/// Reads Python's pickles as data: numbers, texts, lists, dicts, and the few names that checkpoints of
/// weights need (<see cref="PickleNames"/>). Nothing is ever run: any other name, and any instruction that
/// could make an object, is refused. The instructions are those of CPython's pickletools.
/// </summary>
/// <param name="stream">Seekable; left behind the pickle's end, so that another may follow.</param>
/// <param name="path">For messages.</param>
/// <param name="persistent">What a persistent id stands for.</param>
internal sealed class PickleReader(Stream stream, string path, Func<object?[], object?> persistent)
{
    private static readonly object s_mark = new();

    private readonly List<object?> _stack = [];
    private readonly Dictionary<long, object?> _memo = [];

    /// <summary>One pickle.</summary>
    /// <exception cref="CheckpointException">It is malformed, or holds more than data.</exception>
    public object? Read()
    {
        try
        {
            while (true)
            {
                byte code = Byte();
                if (code == (byte)'.')
                {
                    return Pop();
                }

                Step(code);
            }
        }
        catch (EndOfStreamException)
        {
            throw Broken("it ends in the middle of a pickle");
        }
    }

    private void Step(byte code)
    {
        switch (code)
        {
            case 0x80: Byte(); break;                                       // PROTO
            case 0x95: Bytes(sizeof(long)); break;                          // FRAME
            case (byte)'0': Pop(); break;                                   // POP
            case (byte)'(': _stack.Add(s_mark); break;                      // MARK
            case (byte)'N': _stack.Add(null); break;                        // NONE
            case 0x88: _stack.Add(true); break;                             // NEWTRUE
            case 0x89: _stack.Add(false); break;                            // NEWFALSE
            // BININT
            case (byte)'J': _stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Bytes(4))); break;
            case (byte)'K': _stack.Add((long)Byte()); break;                // BININT1
            // BININT2
            case (byte)'M': _stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2))); break;
            case 0x8a: PushWhole(Bytes(Byte())); break;             // LONG1
            case 0x8b: PushWhole(Bytes(Length32())); break;         // LONG4
            // BINFLOAT
            case (byte)'G': _stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Bytes(8))); break;
            case (byte)'X': _stack.Add(Utf8(Length32())); break;            // BINUNICODE
            case 0x8c: _stack.Add(Utf8(Byte())); break;                     // SHORT_BINUNICODE
            case (byte)'T': _stack.Add(Latin1(Length32())); break;          // BINSTRING
            case (byte)'U': _stack.Add(Latin1(Byte())); break;              // SHORT_BINSTRING
            case (byte)'B': _stack.Add(Bytes(Length32())); break;           // BINBYTES
            case (byte)'C': _stack.Add(Bytes(Byte())); break;               // SHORT_BINBYTES
            case (byte)'q': _memo[Byte()] = Top(); break;                   // BINPUT
            case (byte)'r': _memo[Length32()] = Top(); break;               // LONG_BINPUT
            case 0x94: _memo[_memo.Count] = Top(); break;                   // MEMOIZE
            case (byte)'h': _stack.Add(Remembered(Byte())); break;          // BINGET
            case (byte)'j': _stack.Add(Remembered(Length32())); break;      // LONG_BINGET
            // GLOBAL
            case (byte)'c': _stack.Add(PickleNames.Find($"{Line()}.{Line()}", path)); break;
            case (byte)'Q': Resolve(Pop()); break;                          // BINPERSID
            default: Build(code); break;
        }
    }

    private void Build(byte code)
    {
        switch (code)
        {
            case (byte)'}': _stack.Add(new PickleDictionary()); break;      // EMPTY_DICT
            case (byte)']' or 0x8f: _stack.Add(new List<object?>()); break; // EMPTY_LIST, EMPTY_SET
            case (byte)')': _stack.Add(Array.Empty<object?>()); break;      // EMPTY_TUPLE
            // TUPLE1-3
            case 0x85 or 0x86 or 0x87: _stack.Add(PopMany(code - 0x84)); break;
            case (byte)'t': _stack.Add(PopToMark()); break;                 // TUPLE
            case (byte)'l': _stack.Add(PopToMark().ToList()); break;        // LIST
            case (byte)'a': Append(Pop()); break;                           // APPEND
            case (byte)'e' or 0x90: AppendMany(); break;                    // APPENDS, ADDITEMS
            case (byte)'s': SetMany(PopMany(2)); break;                     // SETITEM
            case (byte)'u': SetMany(PopToMark()); break;                    // SETITEMS
            case (byte)'d': MakeDictionary(); break;                        // DICT
            case 0x93: StackGlobal(); break;                                // STACK_GLOBAL
            case (byte)'R': Reduce(); break;                                // REDUCE
            case (byte)'b': SetState(); break;                              // BUILD
            default: throw Broken($"pickle instruction 0x{code:x2} is not one that weights need");
        }
    }

    /// <summary>A long, or a BigInteger beyond it.</summary>
    private void PushWhole(byte[] bytes)
    {
        BigInteger value = new(bytes);
        if (bytes.Length <= sizeof(long))
        {
            _stack.Add((long)value);
        }
        else
        {
            _stack.Add(value);
        }
    }

    private void Resolve(object? id) =>
        _stack.Add(persistent(id as object?[] ?? throw Broken("a persistent id is no tuple")));

    private void Append(object? item) => List().Add(item);

    private void AppendMany()
    {
        object?[] items = PopToMark();
        List().AddRange(items);
    }

    private void SetMany(object?[] items)
    {
        if (items.Length % 2 != 0 || Top() is not PickleDictionary dictionary)
        {
            throw Broken("items are set on what is no dict");
        }

        for (int i = 0; i < items.Length; i += 2)
        {
            dictionary.Add(new(items[i], items[i + 1]));
        }
    }

    private void MakeDictionary()
    {
        object?[] items = PopToMark();
        _stack.Add(new PickleDictionary());
        SetMany(items);
    }

    private void StackGlobal()
    {
        object?[] names = PopMany(2);
        _stack.Add(PickleNames.Find($"{names[0]}.{names[1]}", path));
    }

    private void Reduce()
    {
        object?[] parts = PopMany(2);
        if (parts[0] is not PickleFunction function || parts[1] is not object?[] arguments)
        {
            throw Broken($"{(parts[0] as PickleName)?.Name ?? "a value"} is called, which is no function");
        }

        _stack.Add(function.Call(arguments)
            ?? throw Broken($"{function.Name} is called with arguments that it does not take"));
    }

    /// <summary>
    /// A state dict carries its version numbers as state; they don't matter. Nothing else may have state.
    /// </summary>
    private void SetState()
    {
        Pop();
        if (Top() is not PickleDictionary)
        {
            throw Broken("state is set on what is no dict");
        }
    }

    private object? Remembered(long key) =>
        _memo.TryGetValue(key, out object? value) ? value : throw Broken($"memo {key} is not there");

    private List<object?> List() =>
        Top() as List<object?> ?? throw Broken("items are added to what is no list");

    private object? Top() => _stack.Count > 0 ? _stack[^1] : throw Broken("the stack is empty");

    private object? Pop()
    {
        object? top = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    private object?[] PopMany(int count)
    {
        if (_stack.Count < count)
        {
            throw Broken("the stack is empty");
        }

        object?[] items = [.. _stack[^count..]];
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }

    private object?[] PopToMark()
    {
        int mark = _stack.LastIndexOf(s_mark);
        if (mark < 0)
        {
            throw Broken("there is no mark");
        }

        object?[] items = PopMany(_stack.Count - mark - 1);
        _stack.RemoveAt(mark);
        return items;
    }

    private byte Byte()
    {
        int value = stream.ReadByte();
        return value >= 0 ? (byte)value : throw new EndOfStreamException();
    }

    private byte[] Bytes(long length)
    {
        if (length > stream.Length - stream.Position)
        {
            throw new EndOfStreamException();
        }

        byte[] bytes = new byte[length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private long Length32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(sizeof(uint)));

    private string Utf8(long length) => Encoding.UTF8.GetString(Bytes(length));

    private string Latin1(long length) => Encoding.Latin1.GetString(Bytes(length));

    private string Line()
    {
        StringBuilder line = new();
        for (byte next = Byte(); next != (byte)'\n'; next = Byte())
        {
            line.Append((char)next);
        }

        return line.ToString();
    }

    private CheckpointException Broken(string what) =>
        new($"{path}: not weights that can be read: {what} (at byte {stream.Position})");
}
