namespace AlignBench.Tokenizers;

/// <summary>Reads the post-processor of a tokenizer.json: what it does to a single text.</summary>
internal static class PostProcessorReader
{
    /// <exception cref="CheckpointException">A component is broken or not supported.</exception>
    public static (Template Template, OffsetTrimmer? Trimmer) Read(JsonPart? postProcessor)
    {
        if (postProcessor is not { } part)
        {
            return (Template.Empty, null);
        }

        string type = part.Get("type").Text();
        return type switch
        {
            "Sequence" => ReadSequence(part.Get("processors").Items()),
            "ByteLevel" => (Template.Empty, Trimmer(part)),
            "BertProcessing" => (Around(part), null),
            "RobertaProcessing" => (Around(part), Trimmer(part)),
            "TemplateProcessing" => (ReadTemplate(part), null),
            _ => throw new CheckpointException($"{part.Place}: post-processor '{type}' is not supported."),
        };
    }

    // A later template would go around an earlier one.
    private static (Template, OffsetTrimmer?) ReadSequence(IReadOnlyList<JsonPart> items)
    {
        Template template = Template.Empty;
        OffsetTrimmer? trimmer = null;
        foreach (JsonPart item in items)
        {
            (Template next, OffsetTrimmer? nextTrimmer) = Read(item);
            template =
                new Template([.. next.Before, .. template.Before], [.. template.Behind, .. next.Behind]);
            trimmer ??= nextTrimmer;
        }

        return (template, trimmer);
    }

    private static OffsetTrimmer? Trimmer(JsonPart part) => part.Find("trim_offsets")?.Flag() ?? true
        ? new OffsetTrimmer(part.Find("add_prefix_space")?.Flag() ?? true)
        : null;

    private static Template Around(JsonPart part) => new([Pair(part.Get("cls"))], [Pair(part.Get("sep"))]);

    private static TemplateToken Pair(JsonPart part)
    {
        IReadOnlyList<JsonPart> pair = part.Items();
        return pair.Count == 2
            ? new TemplateToken(pair[1].Id(), pair[0].Text())
            : throw part.Error("a token and its id");
    }

    private static Template ReadTemplate(JsonPart part)
    {
        JsonPart single = part.Get("single");
        JsonPart specials = part.Get("special_tokens");
        List<TemplateToken> before = [];
        List<TemplateToken> behind = [];
        int texts = 0;
        foreach (JsonPart piece in single.Items())
        {
            if (piece.Find("SpecialToken") is { } special)
            {
                (texts == 0 ? before : behind).AddRange(Tokens(specials.Get(special.Get("id").Text())));
            }
            else
            {
                JsonPart id = piece.Get("Sequence").Get("id");
                texts += id.Text() == "A" ? 1 : throw id.Error("A");
            }
        }

        return texts == 1 ? new Template(before, behind) : throw single.Error("the sequence A once");
    }

    private static IEnumerable<TemplateToken> Tokens(JsonPart special)
    {
        IReadOnlyList<JsonPart> ids = special.Get("ids").Items();
        IReadOnlyList<JsonPart> texts = special.Get("tokens").Items();
        return ids.Count == texts.Count
            ? ids.Zip(texts, (id, text) => new TemplateToken(id.Id(), text.Text()))
            : throw special.Error("as many ids as tokens");
    }
}
