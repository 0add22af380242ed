namespace AlignBench.Features.Extraction;

/// <summary>One entry of a request with its content.</summary>
/// <param name="Index">In the request, from 0.</param>
/// <param name="Source">In words, for messages.</param>
/// <param name="Digest">Of the content.</param>
/// <param name="Content">To encode.</param>
internal readonly record struct Entry<TContent>(int Index, string Source, ContentDigest Digest, TContent Content);
