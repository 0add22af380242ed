using TorchSharp;

namespace AlignBench.Models;

/// <summary>
/// A frozen encoder. Weights are only read, so several threads may encode at the same time; a result depends
/// on its own item alone where items are given one by one, unpadded.
/// </summary>
public interface IEncoder
{
    /// <summary>Blocks L; layers are numbered 0 (what goes into the first block) to L.</summary>
    int Depth { get; }

    /// <summary>Channels D of the blocks' outputs.</summary>
    int Width { get; }

    /// <summary>What to take where nothing is said.</summary>
    FeatureSelection DefaultFeature { get; }

    /// <summary>Call it before any work.</summary>
    /// <exception cref="ConfigException">The encoder does not have such a layer, pooling or norm.</exception>
    void ThrowIfUnsupported(FeatureSelection wanted);
}

/// <summary>Images -> vectors.</summary>
public interface IImageEncoder : IEncoder
{
    /// <summary>What is asked for, in one pass; nothing behind the last wanted layer is computed.</summary>
    /// <param name="images">[B, 3, height, width] float32, normalised as the model wants it.</param>
    /// <param name="wanted">One or more.</param>
    /// <returns>One [B, D] float32 for each of <paramref name="wanted"/>.</returns>
    torch.Tensor[] Encode(torch.Tensor images, IReadOnlyList<FeatureSelection> wanted);

    /// <summary>
    /// The same, to the last bit, for images one by one, all of which go through a block before the first
    /// goes through the next: for models that were loaded block by block. The images' hidden states are in
    /// memory.
    /// </summary>
    /// <param name="images">[1, 3, height, width] each; one or more.</param>
    /// <param name="wanted">One or more.</param>
    /// <param name="threads">Images that go through a block at a time, 1 or more.</param>
    /// <returns>One [images, D] float32 for each of <paramref name="wanted"/>.</returns>
    torch.Tensor[] EncodeBlockByBlock(
        IReadOnlyList<torch.Tensor> images, IReadOnlyList<FeatureSelection> wanted, int threads);
}

/// <summary>Texts -> vectors.</summary>
public interface ITextEncoder : IEncoder
{
    /// <summary>
    /// What is asked for, in one pass; nothing behind the last wanted layer is computed. Texts go through
    /// packed, without padding; the features of one do not depend on the others, to the last bit.
    /// </summary>
    /// <param name="texts">The ids of each, one text or more.</param>
    /// <param name="wanted">One or more.</param>
    /// <returns>One [texts, D] float32 for each of <paramref name="wanted"/>.</returns>
    /// <exception cref="AlignBenchException">
    /// A text without tokens or with too many, or a token the model does not have.
    /// </exception>
    torch.Tensor[] Encode(IReadOnlyList<long[]> texts, IReadOnlyList<FeatureSelection> wanted);

    /// <summary>
    /// The same, to the last bit, but all texts go through a block before the first goes through the next:
    /// for models that were loaded block by block. The texts' hidden states are in memory.
    /// </summary>
    /// <param name="texts">The ids of each, one text or more.</param>
    /// <param name="wanted">One or more.</param>
    /// <param name="threads">Packs of texts that go through a block at a time, 1 or more.</param>
    /// <returns>One [texts, D] float32 for each of <paramref name="wanted"/>.</returns>
    torch.Tensor[] EncodeBlockByBlock(
        IReadOnlyList<long[]> texts, IReadOnlyList<FeatureSelection> wanted, int threads);

    /// <summary>
    /// The same for texts padded to one length, as reference implementations run them, numbers that depend on
    /// the padding included: GPT-2's positions with padding on the left, for instance.
    /// </summary>
    /// <param name="ids">[B, N] int64, N at least 1.</param>
    /// <param name="wanted">One or more.</param>
    /// <param name="mask">
    /// [B, N] int64, 1 for real tokens, 0 for padding; all are real if there is none.
    /// </param>
    /// <returns>One [B, D] float32 for each of <paramref name="wanted"/>.</returns>
    /// <exception cref="AlignBenchException">
    /// A text without tokens, or a token the model does not have.
    /// </exception>
    torch.Tensor[] EncodePadded(
        torch.Tensor ids, IReadOnlyList<FeatureSelection> wanted, torch.Tensor? mask = null);
}
