namespace AlignBench.Tokenizers;

/// <summary>
/// Which tokenizer class a model uses whose tokenizer files don't say (transformers, tokenization_auto.py).
/// </summary>
internal static class TokenizerClasses
{
    private static readonly Dictionary<string, string> s_byModelType = new()
    {
        ["bert"] = "BertTokenizer",
        ["bloom"] = "BloomTokenizer",
        ["clip"] = "CLIPTokenizer",
        ["clip_text_model"] = "CLIPTokenizer",
        ["distilbert"] = "DistilBertTokenizer",
        ["gpt2"] = "GPT2Tokenizer",
        ["llama"] = "LlamaTokenizer",
        ["mpnet"] = "MPNetTokenizer",
        ["roberta"] = "RobertaTokenizer",
        ["t5"] = "T5Tokenizer",
    };

    /// <summary>The class of config.json's model_type; "" if there is none or it is not known.</summary>
    public static string OfModel(TokenizerFolder folder)
    {
        if (!folder.Has("config.json"))
        {
            return "";
        }

        JsonPart config = JsonPart.Parse(folder.ReadAside("config.json"), folder.PathOf("config.json"));
        return s_byModelType.GetValueOrDefault(config.Find("model_type")?.Text() ?? "", "");
    }
}
