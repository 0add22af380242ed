namespace AlignBench.Tokenizers;

/// <summary>
/// added_tokens.json beside older files: it says which tokens were added, not how they are found in a text.
/// </summary>
internal static class AddedTokensFile
{
    /// <summary>Does nothing if all its tokens are in the vocabulary or described elsewhere.</summary>
    /// <exception cref="CheckpointException">One is neither.</exception>
    public static void Refuse(TokenizerFolder folder, TokenizerConfig config, ITokenModel model)
    {
        const string name = "added_tokens.json";
        if (!folder.Has(name))
        {
            return;
        }

        HashSet<string> described = [.. config.AllTokens.Select(token => token.Content)];
        JsonPart root = JsonPart.Parse(folder.ReadAside(name), folder.PathOf(name));
        foreach (string token in root.IntegerMembers().Keys)
        {
            if (model.Find(token) is null && !described.Contains(token))
            {
                throw new CheckpointException(
                    $"{folder.PathOf(name)}: the added token '{token}' is not supported.");
            }
        }
    }
}
