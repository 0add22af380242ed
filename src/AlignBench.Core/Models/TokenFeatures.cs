using System.Runtime.ExceptionServices;
using AlignBench.Models.Language;
using AlignBench.Nn.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Models;

/// <summary>
/// What an encoder's tokens offer to pooling, and the pooling itself: takes the hidden states one by one as
/// the blocks make them, and stops the blocks when it has what it needs.
/// </summary>
internal sealed record TokenFeatures
{
    /// <summary>Blocks L.</summary>
    public required int Depth { get; init; }

    /// <summary>The final norm, [..., D] -> [..., D]; none where the blocks end with one.</summary>
    public Func<Tensor, Tensor>? FinalNorm { get; init; }

    /// <summary>Whether hidden state L comes after <see cref="FinalNorm"/> already.</summary>
    public bool LastIsNormed { get; init; }

    /// <summary>Whether the tokens are places of an image, not words in a row.</summary>
    public bool IsOfImages { get; init; }

    /// <summary>Index of the first patch token; none for texts and maps.</summary>
    public int? FirstPatch { get; init; }

    /// <summary>Whether token 0 stands for the whole: not so in a map of positions.</summary>
    public bool HasClassToken { get; init; } = true;

    /// <summary>
    /// The model's own pooled output: hidden state L [B, N, D], and the texts if it is of texts -> [B, D].
    /// </summary>
    public Func<Tensor, Texts?, Tensor>? Pooled { get; init; }

    /// <summary>Pooled output [B, D] -> its projection [B, P], before it is made unit length.</summary>
    public Func<Tensor, Tensor>? Project { get; init; }

    /// <summary>
    /// The first layer whose class token alone is asked for and behind which nothing is; else null.
    /// </summary>
    public int? ClassTokenOnlyAt(IReadOnlyList<FeatureSelection> wanted)
    {
        int last = LastLayer(wanted);
        return last > 0 && wanted.Where(w => w.LayerIn(Depth) == last).All(w => w.Pooling == Pooling.Cls)
            ? last
            : null;
    }

    /// <summary>Checks a selection; see <see cref="IEncoder.ThrowIfUnsupported"/>.</summary>
    public void ThrowIfUnsupported(FeatureSelection wanted)
    {
        wanted.LayerIn(Depth);
        string? missing = wanted switch
        {
            { Pooling: Pooling.Cls } when !HasClassToken => "class token",
            { Pooling: Pooling.PatchMean } when FirstPatch is null => "patch tokens",
            { Pooling: Pooling.LastToken } when IsOfImages => "last token that differs from the others",
            { Pooling: Pooling.Pooled } when Pooled is null => "pooled output of its own",
            { Pooling: Pooling.Embeds } when Project is null => "projection",
            { FinalNorm: true } when FinalNorm is null => "final norm",
            _ => null,
        };
        if (missing is not null)
        {
            throw new ConfigException($"feature {wanted.Name}: this encoder has no {missing}");
        }
    }

    /// <summary>The same for several.</summary>
    private void ThrowIfUnsupported(IReadOnlyList<FeatureSelection> wanted)
    {
        foreach (FeatureSelection selection in wanted)
        {
            ThrowIfUnsupported(selection);
        }
    }

    /// <summary>Pools what is asked for.</summary>
    /// <param name="makeStates">Hidden states 0 to L, made lazily; each is this method's to dispose.</param>
    /// <param name="wanted">The selections.</param>
    /// <param name="texts">What the states are of, if it is texts.</param>
    /// <returns>One [B, D] for each of <paramref name="wanted"/>.</returns>
    public Tensor[] Pool(
        Func<IEnumerable<Tensor>> makeStates, IReadOnlyList<FeatureSelection> wanted, Texts? texts = null)
    {
        ThrowIfUnsupported(wanted);
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using PoolingPass pass = new(this, makeStates(), wanted, texts);
        while (pass.Step())
        {
        }

        return TakeOut(pass, scope);
    }

    /// <summary>
    /// The same for several batches, all of which go through one block before the first goes through the
    /// next: for blocks that are in memory only while they are used (<see cref="BlockList{T}"/>).
    /// </summary>
    /// <param name="batches">The hidden states of each, and what they are of.</param>
    /// <param name="wanted">The selections.</param>
    /// <param name="threads">Batches that go through a block at a time, 1 or more.</param>
    /// <returns>[batches][wanted] of [B, D].</returns>
    public Tensor[][] PoolBlockByBlock(
        IReadOnlyList<(Func<IEnumerable<Tensor>> MakeStates, Texts? Texts)> batches,
        IReadOnlyList<FeatureSelection> wanted,
        int threads)
    {
        ThrowIfUnsupported(wanted);
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        PoolingPass[] passes =
        [
            .. batches.Select(batch => new PoolingPass(this, batch.MakeStates(), wanted, batch.Texts)),
        ];
        try
        {
            ParallelOptions options = new() { MaxDegreeOfParallelism = threads };
            for (int layer = 0; layer <= LastLayer(wanted); layer++)
            {
                Parallel.ForEach(passes, options, pass => pass.Step());
            }

            return [.. passes.Select(pass => TakeOut(pass, scope))];
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
            throw;
        }
        finally
        {
            Array.ForEach(passes, pass => pass.Dispose());
        }
    }

    // What a pass pooled is in no scope, since its steps were made in others.
    private static Tensor[] TakeOut(PoolingPass pass, DisposeScope scope)
    {
        Tensor[] pooled = [.. pass.Pooled];
        scope.Attach(pooled);
        return [.. pooled.Select(tensor => tensor.MoveToOuterDisposeScope())];
    }

    /// <summary>The layer behind which nothing is asked for.</summary>
    public int LastLayer(IReadOnlyList<FeatureSelection> wanted) =>
        wanted.Max(selection => selection.LayerIn(Depth));

    /// <summary>One selection from the hidden state of its layer: [B, D], and the state's no more.</summary>
    public Tensor Pool(Tensor state, int layer, FeatureSelection wanted, Texts? texts)
    {
        using DisposeScope scope = NewDisposeScope();
        bool normalise = wanted.FinalNorm && !(LastIsNormed && layer == Depth);
        Tensor Tokens(Tensor tokens) => normalise ? FinalNorm!(tokens) : tokens;
        Tensor pooled = wanted.Pooling switch
        {
            Pooling.Cls => Tokens(TokenPooling.First(state, texts)),
            Pooling.Mean => TokenPooling.Mean(Tokens(state), texts),
            Pooling.PatchMean => TokenPooling.Mean(
                Tokens(state.narrow(1, FirstPatch!.Value, state.shape[1] - FirstPatch.Value)), texts: null),
            Pooling.LastToken => Tokens(TokenPooling.Last(state, texts)),
            Pooling.Pooled => Pooled!(state, texts),
            Pooling.Embeds => TokenPooling.UnitLength(Project!(Pooled!(state, texts))),
            _ => throw new ArgumentOutOfRangeException(nameof(wanted), wanted.Pooling, null),
        };

        // A view would keep the whole layer alive. What is behind packed texts is filler.
        pooled = pooled.narrow(0, 0, texts?.Count ?? state.shape[0]);
        return pooled.contiguous().clone().MoveToOuterDisposeScope();
    }
}
