namespace AlignBench.Tokenizers;

/// <summary>A binary heap of numbers, the smallest first.</summary>
internal sealed class MinHeap
{
    private ulong[] _items;

    /// <param name="capacity">Items there is room for at first.</param>
    public MinHeap(int capacity) => _items = new ulong[Math.Max(capacity, 16)];

    /// <summary>Items in the heap.</summary>
    public int Count { get; private set; }

    /// <summary>One more item, out of order until <see cref="Order"/>.</summary>
    public void AddUnordered(ulong item) => _items[Count++] = item;

    /// <summary>Puts the items in order, in linear time.</summary>
    public void Order()
    {
        for (int i = (Count / 2) - 1; i >= 0; i--)
        {
            SiftDown(i);
        }
    }

    /// <summary>One more item.</summary>
    public void Push(ulong item)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, (int)Math.Min(Array.MaxLength, 2L * Count));
        }

        int place = Count++;
        while (place > 0 && _items[(place - 1) / 2] > item)
        {
            _items[place] = _items[(place - 1) / 2];
            place = (place - 1) / 2;
        }

        _items[place] = item;
    }

    /// <summary>Takes the smallest item out; the heap must not be empty.</summary>
    public ulong Pop()
    {
        ulong smallest = _items[0];
        _items[0] = _items[--Count];
        SiftDown(0);
        return smallest;
    }

    private void SiftDown(int place)
    {
        ulong item = _items[place];
        while (true)
        {
            int child = (2 * place) + 1;
            if (child + 1 < Count && _items[child + 1] < _items[child])
            {
                child++;
            }

            if (child >= Count || _items[child] >= item)
            {
                break;
            }

            _items[place] = _items[child];
            place = child;
        }

        _items[place] = item;
    }
}
