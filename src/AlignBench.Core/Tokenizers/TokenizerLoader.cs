namespace AlignBench.Tokenizers;

/// <summary>Finds and reads a checkpoint's tokenizer.</summary>
public static class TokenizerLoader
{
    /// <summary>
    /// Reads, of the files there are, the first of: tokenizer.model (SentencePiece itself is the truth for LLaMA),
    /// tokenizer.json, vocab.json with merges.txt, vocab.txt.
    /// </summary>
    /// <param name="modelFolder">A checkpoint's folder in Hugging Face's layout.</param>
    /// <exception cref="CheckpointException">
    /// There is no tokenizer, a file is broken, or it or tokenizer_config.json asks for something that is not supported.
    /// </exception>
    public static ITokenizer Load(string modelFolder)
    {
        TokenizerFolder folder = new(modelFolder);
        TokenizerConfig config = TokenizerConfig.Read(folder);
        if (folder.Has("tokenizer.model"))
        {
            return SentencePieceLoader.Load(folder, config, "tokenizer.model");
        }

        if (folder.Has("tokenizer.json"))
        {
            return TokenizerJson.Load(folder, config);
        }

        if (folder.Has("vocab.json") && folder.Has("merges.txt"))
        {
            return VocabAndMerges.Load(folder, config);
        }

        throw new CheckpointException(
            $"{modelFolder}: tokenizer.model, tokenizer.json, vocab.json with merges.txt or vocab.txt expected, none found.");
    }
}
