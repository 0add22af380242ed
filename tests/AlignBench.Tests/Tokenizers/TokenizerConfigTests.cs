using AlignBench.Tokenizers;

namespace AlignBench.Tests.Tokenizers;

// What tokenizer_config.json says is honoured, or refused by name.
public sealed class TokenizerConfigTests : IDisposable
{
    private static readonly string s_llama = Path.Combine(TestPaths.Toy, "models", "openllama-toy-s");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("tokenizer.model")]
    [InlineData("tokenizer.json")]
    public void Llama_BosAndEos_AsTheConfigSays(string file)
    {
        _folder.CopyFrom(s_llama, file);

        int[] plain = LlamaWith("\"add_bos_token\": false").EncodeIds("a red disc");
        int[] byDefault = WithConfig("""{"tokenizer_class": "LlamaTokenizerFast"}""").EncodeIds("a red disc");
        int[] withEos = LlamaWith("\"add_eos_token\": true").EncodeIds("a red disc");

        Assert.Equal([1, .. plain], byDefault);
        Assert.Equal([1, .. plain, 2], withEos);
    }

    [Fact]
    public void Fingerprint_BosSetting_ChangesIt()
    {
        _folder.CopyFrom(s_llama, "tokenizer.model");
        string with = LlamaWith("\"add_bos_token\": true").Fingerprint;

        Assert.Equal(with, LlamaWith("\"model_max_length\": 7").Fingerprint);
        Assert.NotEqual(with, LlamaWith("\"add_bos_token\": false").Fingerprint);
        Assert.Equal(64, with.Length);
    }

    [Fact]
    public void SentencePiece_ControlSymbolsInText_ArePlain()
    {
        _folder.CopyFrom(s_llama, "tokenizer.model");

        Assert.DoesNotContain(2, LlamaWith("\"add_eos_token\": false").EncodeIds("a red disc</s>"));
    }

    [Theory]
    [InlineData("\"tokenizer_class\": \"XLMRobertaTokenizer\"", "XLMRobertaTokenizer")]
    [InlineData("\"add_prefix_space\": false", "add_prefix_space")]
    [InlineData("\"do_lower_case\": true", "do_lower_case")]
    [InlineData("\"sp_model_kwargs\": {\"enable_sampling\": true}", "sp_model_kwargs")]
    [InlineData("\"add_bos_token\": \"yes\"", "add_bos_token")]
    [InlineData("\"bos_token\": \"<nowhere>\"", "<nowhere>")]
    public void SentencePiece_SettingThatCantBeFollowed_IsRefused(string config, string named)
    {
        _folder.CopyFrom(s_llama, "tokenizer.model");

        CheckpointException e = Assert.Throws<CheckpointException>(() => LlamaWith(config));
        Assert.Contains(named, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"add_bos_token\": true, \"bos_token\": \"<s>\"", "add_bos_token")]
    [InlineData("\"do_lower_case\": true", "do_lower_case")]
    [InlineData("\"split_special_tokens\": true", "split_special_tokens")]
    public void TokenizerJson_SettingThatCantBeFollowed_IsRefused(string config, string named)
    {
        _folder.CopyFrom(Path.Combine(TestPaths.Toy, "models", "bloom-toy-s"), "tokenizer.json");

        CheckpointException e = Assert.Throws<CheckpointException>(
            () => WithConfig($"{{\"tokenizer_class\": \"BloomTokenizerFast\", {config}}}"));
        Assert.Contains(named, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bert_DoLowerCase_IsTheConfigs()
    {
        _folder.CopyFrom(Path.Combine(TestPaths.Toy, "models", "distilbert-toy"), "tokenizer.json");
        int[] lower = WithConfig("""{"do_lower_case": true}""").EncodeIds("A RED circle");
        int[] cased = WithConfig("""{"do_lower_case": false}""").EncodeIds("A RED circle");

        Assert.DoesNotContain(1, lower);
        Assert.Contains(1, cased);          // [UNK]: the vocabulary has no capitals
    }

    [Fact]
    public void Load_SpecialTokenThatOnlyTheMapNames_IsCutOut()
    {
        _folder.CopyFrom(Path.Combine(TestPaths.Toy, "models", "clip-toy"), "vocab.json", "merges.txt");
        _folder.Write("special_tokens_map.json", """{"pad_token": "!"}""");
        ITokenizer tokenizer = WithConfig("{\"tokenizer_class\": \"CLIPTokenizer\", \"pad_token\": \"<s>\"}");

        Assert.Equal(0, tokenizer.PadId);                       // "!" is byte 33, the alphabet's first letter
        Assert.Equal([782, 0, 0, 783], tokenizer.EncodeIds("!!"));
    }

    [Fact]
    public void Load_AddedTokensDecoder_HasItsIdsAndFlags()
    {
        _folder.CopyFrom(Path.Combine(TestPaths.Toy, "models", "distilbert-toy"), "vocab.txt");
        ITokenizer tokenizer = WithConfig("""
            {"tokenizer_class": "BertTokenizer", "mask_token": "[MASK]", "added_tokens_decoder": {
              "4": {"content": "[MASK]", "lstrip": true, "special": true},
              "340": {"content": "[NEW]", "rstrip": true, "special": false}}}
            """);

        Assert.Equal([340, 4], tokenizer.EncodePlain("[NEW]  [MASK]").Ids);
        Assert.Equal([(0, 7), (7, 13)], tokenizer.EncodePlain("[NEW]  [MASK]").Offsets);
        Assert.Equal(341, tokenizer.VocabularySize);
    }

    [Theory]
    [InlineData("vocab.txt", "distilbert-toy", "BertTokenizer")]
    [InlineData("tokenizer.model", "openllama-toy-s", "LlamaTokenizer")]
    public void Load_AddedTokensFileThatNothingDescribes_IsRefused(
        string file, string model, string tokenizerClass)
    {
        _folder.CopyFrom(Path.Combine(TestPaths.Toy, "models", model), file);
        _folder.Write("added_tokens.json", """{"[NEW]": 600}""");

        CheckpointException e = Assert.Throws<CheckpointException>(
            () => WithConfig($"{{\"tokenizer_class\": \"{tokenizerClass}\"}}"));
        Assert.Contains("added_tokens.json: the added token '[NEW]'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_EmptyFolder_SaysWhatIsExpected()
    {
        CheckpointException e = Assert.Throws<CheckpointException>(() => TokenizerLoader.Load(_folder.Path));

        Assert.Contains("tokenizer.model, tokenizer.json", e.Message, StringComparison.Ordinal);
    }

    // Of doubled keys the last counts, so that members may name another class.
    private ITokenizer LlamaWith(string members) =>
        WithConfig($"{{\"tokenizer_class\": \"LlamaTokenizer\", {members}}}");

    private ITokenizer WithConfig(string config)
    {
        _folder.Write("tokenizer_config.json", config);
        return TokenizerLoader.Load(_folder.Path);
    }
}
