namespace AlignBench.Tokenizers;

/// <summary>Finds and reads a checkpoint's tokenizer.</summary>
public static class TokenizerLoader
{
    /// <summary>
    /// Reads, of the files there are, the first of: tokenizer.model (SentencePiece itself is the truth for
    /// LLaMA), tokenizer.json, spiece.model, vocab.json with merges.txt, vocab.txt. A tokenizer.model beside
    /// a tokenizer.json is passed over if the class of tokenizer_config.json numbers its pieces otherwise or
    /// never reads it.
    /// </summary>
    /// <param name="modelFolder">A checkpoint's folder in Hugging Face's layout.</param>
    /// <exception cref="CheckpointException">
    /// There is no tokenizer, a file is broken, or it or tokenizer_config.json asks for something that is not
    /// supported.
    /// </exception>
    public static ITokenizer Load(string modelFolder)
    {
        TokenizerFolder folder = new(modelFolder);
        TokenizerConfig config = TokenizerConfig.Read(folder);
        bool hasJson = folder.Has("tokenizer.json");
        if (folder.Has("tokenizer.model") && (!hasJson || SentencePieceLoader.Follows(config.Class)))
        {
            return SentencePieceLoader.Load(folder, config, "tokenizer.model");
        }

        if (hasJson)
        {
            return TokenizerJson.Load(folder, config);
        }

        if (folder.Has("spiece.model"))
        {
            return SentencePieceLoader.Load(folder, config, "spiece.model");
        }

        if (folder.Has("vocab.json") && folder.Has("merges.txt"))
        {
            return VocabAndMerges.Load(folder, config);
        }

        if (folder.Has("vocab.txt"))
        {
            return VocabText.Load(folder, config);
        }

        throw new CheckpointException(
            $"{modelFolder}: no tokenizer; expected tokenizer.model, tokenizer.json, "
            + "vocab.json with merges.txt, or vocab.txt.");
    }
}
