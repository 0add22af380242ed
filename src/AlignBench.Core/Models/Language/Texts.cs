using AlignBench.Nn;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Models.Language;

/// <summary>
/// A batch of token ids: texts packed one behind the other, as the program runs them; or, as reference
/// implementations do, rows padded to one length.
/// </summary>
/// <param name="Ids">[B, N] int64; packed: [1, T].</param>
/// <param name="Mask">[B, N] int64, 1 for real tokens, 0 for padding; all are real if there is none.</param>
internal sealed record Texts(Tensor Ids, Tensor? Mask = null)
{
    /// <summary>Where the texts lie in the one row; null where each row is a text.</summary>
    public Packing? Packing { get; private init; }

    /// <summary>B, packed or not.</summary>
    public int Count => Packing?.Texts ?? (int)Ids.shape[0];

    /// <summary>N; of packed texts the longest's.</summary>
    public long Length => Packing?.Runs.Max(run => run.Length) ?? Ids.shape[1];

    /// <summary>Each token's place in its text, 0, 1, 2, ...: [1, N] int64. Padding counts too.</summary>
    public Tensor Positions => Packing is null
        ? arange(Length, ScalarType.Int64, Ids.device).unsqueeze(0)
        : PackedPositions(Packing);

    /// <summary>The same where padding does not count and has -1: [B or 1, N] int64.</summary>
    public Tensor PositionsFromMask => Mask is null ? Positions : Mask.cumsum(1).mul(Mask).sub(1);

    /// <summary>One behind the other in one row.</summary>
    /// <param name="texts">The ids of each.</param>
    /// <param name="rows">T; what the texts leave free is filled with a token of theirs.</param>
    /// <param name="device">Where the ids shall be; the CPU by default.</param>
    /// <exception cref="AlignBenchException">A text has no token.</exception>
    public static Texts Pack(IReadOnlyList<long[]> texts, int rows, Device? device = null)
    {
        ThrowIfEmpty(texts.Any(text => text.Length == 0));
        Packing packing = new([.. texts.Select(text => text.Length)], rows);
        long[] ids = new long[rows];
        Array.Fill(ids, texts[0][0]);
        for (int i = 0; i < texts.Count; i++)
        {
            texts[i].CopyTo(ids, packing.Offsets[i]);
        }

        return new Texts(tensor(ids, [1, rows], device: device)) { Packing = packing };
    }

    /// <summary>The ids of each text, padding included.</summary>
    public long[][] ToArrays()
    {
        long[] all = Ids.data<long>().ToArray();
        return Packing is null
            ? [.. all.Chunk((int)Length)]
            : [.. Enumerable.Range(0, Count).Select(i => all[Packing.Offsets[i]..Packing.Offsets[i + 1]])];
    }

    /// <summary>
    /// RoBERTa's positions, from the ids and not the mask: padding has position <paramref name="padding"/>,
    /// the others count up from the one behind it. [B, N] int64.
    /// </summary>
    /// <param name="padding">The id of padding.</param>
    public Tensor PositionsFromIds(long padding)
    {
        Tensor real = Ids.ne(padding).to(ScalarType.Int64);
        Tensor counted = real.cumsum(1);
        if (Packing is not null)
        {
            // counts of the texts before are taken off again
            Tensor before = counted - real;
            Tensor starts = tensor(PackedStarts(Packing), [1, Packing.Rows], device: Ids.device);
            counted = counted - before.gather(1, starts);
        }

        return counted.mul(real).add(padding);
    }

    /// <summary>Who sees whom in this batch; see <see cref="AttentionPattern.Prepare"/>.</summary>
    public AttentionPattern Attention(AttentionPattern pattern) =>
        (pattern with { Mask = Mask, Packing = Packing }).Prepare(Length, Ids.device);

    /// <summary>What holds for the input of every language model.</summary>
    /// <param name="longest">Positions that the model has; none if it can go on for ever.</param>
    /// <exception cref="AlignBenchException">
    /// A text has no token, so that no mean exists, or too many.
    /// </exception>
    /// <exception cref="ArgumentException">The mask is of another shape.</exception>
    public void ThrowIfUnfit(long? longest = null)
    {
        if (Mask is not null && !Mask.shape.SequenceEqual(Ids.shape))
        {
            throw new ArgumentException("ids and mask differ in shape");
        }

        using DisposeScope scope = NewDisposeScope();
        ThrowIfEmpty(Length == 0 || (Mask is not null && Mask.sum(1).min().item<long>() == 0));
        if (Length > longest)
        {
            throw new AlignBenchException(
                $"a text of {Length} tokens is longer than the model's {longest} positions");
        }
    }

    private static void ThrowIfEmpty(bool isEmpty)
    {
        if (isEmpty)
        {
            throw new AlignBenchException("a text without any token has no features");
        }
    }

    private Tensor PackedPositions(Packing packing)
    {
        long[] starts = PackedStarts(packing);
        long[] positions = [.. starts.Select((start, row) => row < packing.Tokens ? row - start : 0)];
        return tensor(positions, [1, packing.Rows], device: Ids.device);
    }

    /// <summary>[T]: the first row of each row's text; filler is a text of its own.</summary>
    private static long[] PackedStarts(Packing packing)
    {
        long[] starts = new long[packing.Rows];
        for (int i = 0; i < packing.Texts; i++)
        {
            Array.Fill(starts, packing.Offsets[i], packing.Offsets[i], packing.Length(i));
        }

        for (int row = packing.Tokens; row < packing.Rows; row++)
        {
            starts[row] = row;
        }

        return starts;
    }
}
