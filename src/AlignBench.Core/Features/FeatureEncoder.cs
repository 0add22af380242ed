using AlignBench.Models;

namespace AlignBench.Features;

/// <summary>A checkpoint with its processor or tokenizer: one content in, one vector a selection out.</summary>
/// <typeparam name="TContent">An image's or sound's stored bytes, or a caption.</typeparam>
public abstract class FeatureEncoder<TContent> : IDisposable
{
    /// <summary>What <see cref="Encode"/> answers, in order.</summary>
    public abstract IReadOnlyList<FeatureSelection> Selections { get; }

    /// <summary>Safe to call from several threads at once; a result depends on its content alone.</summary>
    /// <returns>One [d] vector a selection.</returns>
    /// <exception cref="AlignBenchException">The image or sound can't be decoded, or the text has no token.</exception>
    public abstract float[][] Encode(TContent content);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
