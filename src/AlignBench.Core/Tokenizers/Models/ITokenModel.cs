namespace AlignBench.Tokenizers;

/// <summary>Turns one piece of normalized text into tokens.</summary>
internal interface ITokenModel
{
    /// <summary>The largest id + 1.</summary>
    int Size { get; }

    /// <summary>Appends the tokens of a piece.</summary>
    /// <param name="piece">Not empty, valid UTF-8.</param>
    /// <param name="offset">Where the piece starts; added to the tokens' spans.</param>
    /// <param name="work">Has the sink and the scratch memory.</param>
    void Tokenize(ReadOnlySpan<byte> piece, int offset, Workspace work);

    /// <summary>How a token is shown that covers <paramref name="source"/>.</summary>
    string TextOf(int id, ReadOnlySpan<byte> source);

    /// <summary>The id of a token's text, if it is in the vocabulary.</summary>
    int? Find(string token);
}
