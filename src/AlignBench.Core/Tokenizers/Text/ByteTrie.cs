namespace AlignBench.Tokenizers;

/// <summary>Byte strings with a number each, walked byte by byte from node 0.</summary>
internal sealed class ByteTrie
{
    private readonly int[] _roots = new int[256];            // children of node 0; 0: none
    private readonly List<int> _values = [-1];
    private (long Key, int Child)[] _slots = new (long, int)[64];
    private int _used;

    /// <summary>Adds a string; one given before gets the new number.</summary>
    /// <param name="text">An empty one is left out.</param>
    /// <param name="value">0 or more.</param>
    public void Add(ReadOnlySpan<byte> text, int value)
    {
        if (text.IsEmpty)
        {
            return;
        }

        int node = 0;
        foreach (byte b in text)
        {
            int child = Step(node, b);
            if (child < 0)
            {
                child = _values.Count;
                _values.Add(-1);
                Link(node, b, child);
            }

            node = child;
        }

        _values[node] = value;
    }

    /// <summary>The child of a node, or -1.</summary>
    public int Step(int node, byte next)
    {
        if (node == 0)
        {
            return _roots[next] == 0 ? -1 : _roots[next];
        }

        int index = SlotOf(KeyOf(node, next));
        return _slots[index].Key == 0 ? -1 : _slots[index].Child;
    }

    /// <summary>The number of the string that ends at a node, or -1.</summary>
    public int ValueOf(int node) => _values[node];

    /// <summary>
    /// The longest string that <paramref name="text"/> starts with, and its number; 0 if there is none.
    /// </summary>
    public int LongestPrefix(ReadOnlySpan<byte> text, out int value) => LongestPrefix(0, text, out value);

    /// <summary>
    /// As <see cref="LongestPrefix(ReadOnlySpan{byte}, out int)"/>, from a node on; -1 has no strings.
    /// </summary>
    public int LongestPrefix(int node, ReadOnlySpan<byte> text, out int value)
    {
        int longest = 0;
        value = -1;
        for (int i = 0; i < text.Length && node >= 0; i++)
        {
            node = Step(node, text[i]);
            if (node >= 0 && _values[node] >= 0)
            {
                longest = i + 1;
                value = _values[node];
            }
        }

        return longest;
    }

    /// <summary>The node that a string leads to, or -1.</summary>
    public int NodeOf(ReadOnlySpan<byte> text)
    {
        int node = 0;
        for (int i = 0; i < text.Length && node >= 0; i++)
        {
            node = Step(node, text[i]);
        }

        return node;
    }

    private static long KeyOf(int node, byte next) => ((long)node << 8) | next;      // never 0, as node > 0

    private int SlotOf(long key)
    {
        int index = (int)(((ulong)key * 0x9E3779B97F4A7C15) >> 32) & (_slots.Length - 1);
        while (_slots[index].Key != key && _slots[index].Key != 0)
        {
            index = (index + 1) & (_slots.Length - 1);
        }

        return index;
    }

    private void Link(int node, byte next, int child)
    {
        if (node == 0)
        {
            _roots[next] = child;
            return;
        }

        if (2 * ++_used > _slots.Length)
        {
            (long Key, int Child)[] old = _slots;
            _slots = new (long, int)[2 * old.Length];
            foreach ((long Key, int Child) slot in old.Where(slot => slot.Key != 0))
            {
                _slots[SlotOf(slot.Key)] = slot;
            }
        }

        long key = KeyOf(node, next);
        _slots[SlotOf(key)] = (key, child);
    }
}
