namespace AlignBench.Data.Packed;

/// <summary>Many short byte strings in few arrays: 8 bytes beside its own for each, where an object has 40.</summary>
internal sealed class PackedRecords
{
    private const int ChunkSize = 1 << 18;

    private readonly List<byte[]> _chunks = [];
    private readonly List<(int Chunk, int Start)> _starts = [];
    private int _used = ChunkSize;                          // of the last chunk

    public int Count => _starts.Count;

    /// <summary>The bytes of a record, and whatever lies behind them: a record must say itself where it ends.</summary>
    public ReadOnlySpan<byte> this[int index] => _chunks[_starts[index].Chunk].AsSpan(_starts[index].Start);

    public void Add(ReadOnlySpan<byte> record)
    {
        if (_used + record.Length > ChunkSize)
        {
            _chunks.Add(new byte[Math.Max(ChunkSize, record.Length)]);
            _used = 0;
        }

        record.CopyTo(_chunks[^1].AsSpan(_used));
        _starts.Add((_chunks.Count - 1, _used));
        _used += record.Length;
    }
}
