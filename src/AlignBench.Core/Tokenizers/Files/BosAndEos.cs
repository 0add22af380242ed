namespace AlignBench.Tokenizers;

/// <summary>
/// tokenizer_config.json's add_bos_token and add_eos_token against the template of a tokenizer.json.
/// </summary>
internal static class BosAndEos
{
    /// <summary>
    /// LlamaTokenizer always makes its own template of the two settings (bos unless told otherwise, no eos);
    /// for other classes a setting that the file's template doesn't follow is refused.
    /// </summary>
    /// <exception cref="CheckpointException">
    /// The config asks for a token that the template doesn't add.
    /// </exception>
    public static Template Apply(Template template, TokenizerConfig config, ITokenModel model)
    {
        if (config.NamesClass && config.Class is ("LlamaTokenizer" or "CodeLlamaTokenizer"))
        {
            return new Template(
                config.AddBosToken ?? true ? [Special(config, model, "bos_token", "<s>")] : [],
                config.AddEosToken ?? false ? [Special(config, model, "eos_token", "</s>")] : []);
        }

        Check("add_bos_token", config.AddBosToken, "bos_token", template.Before);
        Check("add_eos_token", config.AddEosToken, "eos_token", template.Behind);
        return template;

        void Check(string key, bool? wanted, string role, IReadOnlyList<TemplateToken> tokens)
        {
            bool isThere = config.Roles.TryGetValue(role, out SpecialToken? token)
                && tokens.Any(t => t.Text == token.Content);
            if (wanted == true && !isThere)
            {
                throw new CheckpointException(
                    $"{config.Place}: {key} is true, but the template of tokenizer.json has no {role}.");
            }
        }
    }

    private static TemplateToken Special(
        TokenizerConfig config, ITokenModel model, string role, string defaultText)
    {
        string text = config.Roles.TryGetValue(role, out SpecialToken? token) ? token.Content : defaultText;
        int id = model.Find(text)
            ?? throw new CheckpointException($"{config.Place}: {role} '{text}' is not in the vocabulary.");
        return new TemplateToken(id, text);
    }
}
