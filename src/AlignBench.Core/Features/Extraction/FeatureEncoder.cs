using AlignBench.Models;

namespace AlignBench.Features.Extraction;

/// <summary>A checkpoint with its processor or tokenizer: contents in, one vector a selection out.</summary>
/// <typeparam name="TContent">An image's or sound's stored bytes, or a caption.</typeparam>
public abstract class FeatureEncoder<TContent> : IDisposable
{
    /// <summary>What <see cref="Encode"/> answers, in order.</summary>
    public abstract IReadOnlyList<FeatureSelection> Selections { get; }

    /// <summary>How the weights are loaded, in words; null: all at once.</summary>
    public virtual string? Loading => null;

    /// <summary>How many contents one call of <see cref="EncodeAll"/> had best be given, 1 or more.</summary>
    public virtual int BatchSize => 1;

    /// <summary>Safe to call from several threads at once; a result depends on its content alone.</summary>
    /// <returns>One [d] vector a selection.</returns>
    /// <exception cref="AlignBenchException">
    /// The image or sound can't be decoded, or the text has no token.
    /// </exception>
    public abstract float[][] Encode(TContent content);

    /// <summary>
    /// Several contents in one call, where that is quicker; each result is what <see cref="Encode"/> gives.
    /// </summary>
    /// <param name="contents">[B].</param>
    /// <returns>[B].</returns>
    public virtual EncodedContent[] EncodeAll(IReadOnlyList<TContent> contents)
    {
        ArgumentNullException.ThrowIfNull(contents);
        return [.. contents.Select(TryEncode)];
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    private EncodedContent TryEncode(TContent content)
    {
        try
        {
            return new EncodedContent(Encode(content), null);
        }
        catch (AlignBenchException e)
        {
            return new EncodedContent([], e.Message);
        }
    }
}

/// <summary>What an encoder made of one content.</summary>
/// <param name="Vectors">One [d] vector a selection; none if it can't be encoded.</param>
/// <param name="Flaw">Why it can't be encoded, else null.</param>
public readonly record struct EncodedContent(float[][] Vectors, string? Flaw);
