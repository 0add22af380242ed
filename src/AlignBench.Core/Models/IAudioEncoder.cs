using TorchSharp;

namespace AlignBench.Models;

/// <summary>Sounds -> vectors.</summary>
public interface IAudioEncoder : IEncoder
{
    /// <summary>What is asked for, in one pass; nothing behind the last wanted layer is computed.</summary>
    /// <param name="waves">[B, S] float32 samples, normalised as the model wants it.</param>
    /// <param name="wanted">One or more.</param>
    /// <param name="mask">
    /// [B, S] int64, 1 for real samples, 0 for padding; all are real if there is none.
    /// </param>
    /// <returns>One [B, D] float32 for each of <paramref name="wanted"/>.</returns>
    /// <exception cref="AlignBenchException">A sound is too short for a single frame.</exception>
    torch.Tensor[] Encode(
        torch.Tensor waves, IReadOnlyList<FeatureSelection> wanted, torch.Tensor? mask = null);
}
