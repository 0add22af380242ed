namespace AlignBench.Tokenizers;

/// <summary>Writes the settings that change ids for the fingerprint.</summary>
internal static class SettingsText
{
    /// <summary>One line; the same for settings that give the same ids.</summary>
    public static string Of(TokenizerConfig config, IReadOnlyList<AddedToken> added) =>
        $"{config.AddPrefixSpace} {config.DoLowerCase} {config.StripAccents} {config.TokenizeChineseChars} "
        + string.Join('\0', added.Select(token =>
            $"{token.Id} {token.LeftStrip} {token.RightStrip} {token.Normalized} {token.Content}"));
}
