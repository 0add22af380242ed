namespace AlignBench.Interop.Kernels;

/// <summary>Self-attention over sequences that stand one behind the other; see <see cref="Run"/>.</summary>
public sealed record AttentionKernel
{
    /// <summary>H, of the queries.</summary>
    public required int Heads { get; init; }

    /// <summary>K, a divisor of H; query head h uses key and value head h·K/H.</summary>
    public required int KeyHeads { get; init; }

    /// <summary>C, channels of a head.</summary>
    public required int Channels { get; init; }

    /// <summary>Factor of q·k.</summary>
    public required float Scale { get; init; }

    /// <summary>A query sees itself and what is before it.</summary>
    public bool Causal { get; init; }

    /// <summary>Causal with at most so many keys, the query's own included; null: unlimited.</summary>
    public int? Window { get; init; }

    /// <summary>Only so many first queries of each sequence are wanted; null: all.</summary>
    public int? Queries { get; init; }

    /// <summary>[H]: slope · key's place is added to the scores (ALiBi); empty: nothing.</summary>
    public ReadOnlyMemory<float> Slopes { get; init; }

    /// <summary>
    /// [H, 2L - 1], L the longest sequence or more: entry key - query + L - 1 is added to the scores; empty: nothing.
    /// </summary>
    public ReadOnlyMemory<float> Distances { get; init; }

    /// <summary>R, the first channels of a head that are turned, even.</summary>
    public int Rotated { get; init; }

    /// <summary>
    /// Row r of the input has row r of the angles; else place i of every sequence has row i.
    /// </summary>
    public bool AnglesByRow { get; init; }

    /// <summary>softmax(scale · q kᵀ + bias) v within each sequence.</summary>
    /// <param name="offsets">[sequences + 1], rising from 0: sequence i has rows [offsets[i], offsets[i + 1]).</param>
    /// <param name="packed">[T, (H + 2K)·C], T ≥ the last offset: queries, keys, values, each head by head.</param>
    /// <param name="cosines">[rows of angles, R], or empty if nothing is turned.</param>
    /// <param name="sines">The same size.</param>
    /// <param name="y">
    /// [T, H·C], of which the sequences' rows are overwritten; [sequences · queries, H·C] where only the first queries
    /// are wanted.
    /// </param>
    /// <exception cref="ArgumentException">The sizes don't fit.</exception>
    /// <exception cref="KernelException">
    /// A sequence is empty, shorter than the wanted queries, or longer than distances or angles allow.
    /// </exception>
    public unsafe void Run(
        ReadOnlySpan<long> offsets,
        ReadOnlySpan<byte> packed,
        ReadOnlySpan<byte> cosines,
        ReadOnlySpan<byte> sines,
        Span<byte> y)
    {
        long rowBytes = (Heads + (2L * KeyHeads)) * Channels * sizeof(float);
        long rows = packed.Length / rowBytes;
        long sequences = offsets.Length - 1;
        if (sequences < 0 || offsets[^1] > rows || packed.Length % rowBytes != 0)
        {
            throw new ArgumentException($"expected rows of {rowBytes} bytes up to the last offset", nameof(packed));
        }

        CpuKernels.ThrowIfNot((Queries is int q ? sequences * q : rows) * Heads * Channels, y, nameof(y));
        CpuKernels.ThrowIfNot(sines.Length / sizeof(float), cosines, nameof(cosines));
        fixed (float* slopes = Slopes.Span, distances = Distances.Span)
        fixed (byte* cosine = cosines, sine = sines)
        {
            KernelNative.AttentionSpec spec = new()
            {
                Heads = Heads,
                KeyHeads = KeyHeads,
                Channels = Channels,
                Window = Window ?? 0,
                Longest = ((Distances.Length / Heads) + 1) / 2,
                Rotated = Rotated,
                AngleRows = Rotated == 0 ? 0 : cosines.Length / sizeof(float) / Rotated,
                Queries = Queries ?? 0,
                Slopes = slopes,
                Distances = distances,
                Cosines = (float*)cosine,
                Sines = (float*)sine,
                Scale = Scale,
                Causal = Causal ? 1 : 0,
                AnglesByRow = AnglesByRow ? 1 : 0,
            };
            KernelNative.Check(KernelNative.AttentionRun(spec, sequences, offsets, packed, y));
        }
    }
}
