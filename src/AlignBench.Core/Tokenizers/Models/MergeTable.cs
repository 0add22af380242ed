namespace AlignBench.Tokenizers;

/// <summary>
/// Which two symbols merge into which, and how soon: an open-addressing table of (left, right) pairs.
/// </summary>
internal sealed class MergeTable
{
    /// <summary>The answer for a pair that doesn't merge: later than any rank.</summary>
    public const ulong None = ulong.MaxValue;

    private readonly (ulong Key, ulong Value)[] _slots;
    private readonly int _shift;

    /// <param name="merges">At most this many pairs will be added.</param>
    public MergeTable(int merges)
    {
        int bits = 4;
        while (1L << bits < 2L * merges)
        {
            bits++;
        }

        _slots = new (ulong, ulong)[1 << bits];
        _shift = 64 - bits;
    }

    /// <summary>
    /// A pair, its rank (lower merges first) and the symbol that it becomes; a pair given before is replaced.
    /// </summary>
    public void Add(int left, int right, int rank, int merged)
    {
        ref (ulong Key, ulong Value) slot = ref Slot(KeyOf(left, right));
        slot = (KeyOf(left, right), ((ulong)(uint)rank << 32) | (uint)merged);
    }

    /// <summary>
    /// The rank in the upper half and the merged symbol in the lower, or <see cref="None"/>.
    /// </summary>
    public ulong Find(int left, int right)
    {
        if ((left | right) < 0)
        {
            return None;
        }

        ref readonly (ulong Key, ulong Value) slot = ref Slot(KeyOf(left, right));
        return slot.Key == 0 ? None : slot.Value;
    }

    // Never 0, which marks an empty slot.
    private static ulong KeyOf(int left, int right) => (((ulong)(uint)left << 32) | (uint)right) + 1;

    private ref (ulong Key, ulong Value) Slot(ulong key)
    {
        int index = (int)((key * 0x9E3779B97F4A7C15) >> _shift);
        while (_slots[index].Key != key && _slots[index].Key != 0)
        {
            index = (index + 1) & (_slots.Length - 1);
        }

        return ref _slots[index];
    }
}
