using AlignBench.Tokenizers;

namespace AlignBench.Tests.Tokenizers;

public sealed class TokenizerJsonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // "un" + "##aff" + "##able"; "unx" has no last piece, so the whole word is unknown.
    [Fact]
    public void WordPiece_LongestFirst_AsInThePaper()
    {
        ITokenizer tokenizer = Load("""
            "pre_tokenizer": {"type": "BertPreTokenizer"},
            "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 2], "cls": ["[CLS]", 1]},
            "model": {"type": "WordPiece", "unk_token": "[UNK]", "max_input_chars_per_word": 10,
              "vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "un": 3, "##aff": 4, "##able": 5, "##a": 6,
                "u": 7, ",": 8}}
            """);

        Assert.Equal([1, 3, 4, 5, 8, 0, 2], tokenizer.EncodeIds("unaffable, unx"));
        Assert.Equal([1, 0, 2], tokenizer.EncodeIds("unaffablexx"));                   // 11 code points
        Assert.Equal(["[CLS]", "un", "##aff", "##able", "[SEP]"], tokenizer.Encode("unaffable").Tokens);
        Assert.Equal([(0, 0), (0, 2), (2, 5), (5, 9), (0, 0)], tokenizer.Encode("unaffable").Offsets);
        Assert.Equal([1, 3, 2], tokenizer.EncodeIds("unaffable", maxLength: 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.EncodeIds("un", maxLength: 1));
    }

    // The example of the Rust library: abcd a cd, and the two unknown x as one.
    [Fact]
    public void Unigram_BestSum_UnknownRunIsOne()
    {
        ITokenizer tokenizer = Load("""
            "model": {"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0],
              ["a", 0], ["b", 0], ["c", 0], ["d", 0], ["cd", 1], ["ab", 2], ["abc", 5], ["abcd", 10]]}
            """);

        Assert.Equal([8, 1, 5, 0], tokenizer.EncodeIds("abcdacdxx"));
        Assert.Equal(["abcd", "a", "cd", "xx"], tokenizer.Encode("abcdacdxx").Tokens);
        Assert.Equal([(0, 4), (4, 5), (5, 7), (7, 9)], tokenizer.Encode("abcdacdxx").Offsets);
    }

    // hug, pug, pun, bun, hugs: the merges u+g, u+n, h+ug; "mug" starts with an unknown letter.
    [Fact]
    public void Bpe_CodePoints_MergesByRank()
    {
        ITokenizer tokenizer = Load("""
            "model": {"type": "BPE", "unk_token": "?", "fuse_unk": true,
              "merges": ["u g", ["u", "n"], "h ug"],
              "vocab": {"?": 0, "b": 1, "g": 2, "h": 3, "n": 4, "p": 5, "s": 6, "u": 7, "ug": 8, "un": 9,
                "hug": 10}}
            """);

        Assert.Equal([10, 6], tokenizer.EncodeIds("hugs"));
        Assert.Equal([1, 9], tokenizer.EncodeIds("bun"));
        Assert.Equal([0, 8], tokenizer.EncodeIds("mug"));
        Assert.Equal([0, 8], tokenizer.EncodeIds("mmmug"));
        Assert.Equal([(0, 3), (3, 5)], tokenizer.Encode("mmmug").Offsets);
    }

    [Fact]
    public void AddedTokens_InText_LeftmostLongestWithTheirBlanks()
    {
        ITokenizer tokenizer = Load("""
            "added_tokens": [{"id": 3, "content": "<m>", "lstrip": true, "rstrip": false},
              {"id": 4, "content": "<m><m>", "lstrip": false, "rstrip": true},
              {"id": 5, "content": "AB", "normalized": true}],
            "normalizer": {"type": "Lowercase"},
            "model": {"type": "BPE", "unk_token": "?", "merges": [], "vocab": {"?": 0, "a": 1, " ": 2}}
            """);

        Assert.Equal([1, 3, 2, 1], tokenizer.EncodeIds("a  <m> a"));
        Assert.Equal([1, 4, 1], tokenizer.EncodeIds("a<m><m>  a"));
        Assert.Equal([1, 5, 5], tokenizer.EncodeIds("aabAB"));
        Assert.Equal([(0, 1), (1, 6), (6, 7), (7, 8)], tokenizer.Encode("a  <m> a").Offsets);
        Assert.Equal(6, tokenizer.VocabularySize);
    }

    [Fact]
    public void Metaspace_EachScheme_PutsItsMark()
    {
        const string model = """
            "model": {"type": "Unigram", "unk_id": 0,
              "vocab": [["<unk>", 0], ["\u2581a", 0], ["a", -1], ["\u2581", -1]]}
            """;

        Assert.Equal([1, 1], Load($$"""
            "pre_tokenizer": {"type": "Metaspace", "prepend_scheme": "always", "split": true}, {{model}}
            """).EncodeIds("a a"));
        Assert.Equal([2, 1], Load($$"""
            "pre_tokenizer": {"type": "Metaspace", "prepend_scheme": "never", "split": true}, {{model}}
            """).EncodeIds("a a"));
        Assert.Equal([3, 1], Load($$"""
            "pre_tokenizer": {"type": "Metaspace", "add_prefix_space": true}, {{model}}
            """).EncodeIds("  a"));
    }

    [Fact]
    public void ByteLevel_TrimOffsets_LeavesBlanksOut()
    {
        ITokenizer tokenizer = Load("""
            "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true},
            "post_processor": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true},
            "model": {"type": "BPE", "merges": ["\u0120 a"], "vocab": {"\u0120": 0, "a": 1, "\u0120a": 2}}
            """);

        Assert.Equal([2, 2], tokenizer.EncodeIds("a a"));
        Assert.Equal([(0, 1), (2, 3)], tokenizer.Encode("a a").Offsets);
    }

    [Fact]
    public void TruncationAndPadding_InTheFile_AreLeftToTheCaller()
    {
        ITokenizer tokenizer = Load("""
            "truncation": {"max_length": 1, "strategy": "LongestFirst", "stride": 0, "direction": "Right"},
            "padding": {"strategy": {"Fixed": 9}, "direction": "Right", "pad_id": 2, "pad_token": "p"},
            "model": {"type": "BPE", "merges": [], "vocab": {"a": 0, "b": 1, "p": 2}}
            """);

        Assert.Equal([0, 1], tokenizer.EncodeIds("ab"));
        Assert.Equal(2, tokenizer.PadId);
    }

    [Fact]
    public void EncodeIds_LoneSurrogate_IsReplacementCharacter()
    {
        ITokenizer tokenizer = Load("""
            "model": {"type": "BPE", "merges": [], "vocab": {"a": 0, "\uFFFD": 1}}
            """);

        Assert.Equal([0, 1, 0], tokenizer.EncodeIds("a\uD83Da"));
        Assert.Equal([(0, 1), (1, 2), (2, 3)], tokenizer.Encode("a\uDC00a").Offsets);
    }

    [Theory]
    [InlineData("\"normalizer\": {\"type\": \"Odd\"},", "normalizer 'Odd'")]
    [InlineData("\"pre_tokenizer\": {\"type\": \"Odd\"},", "pre-tokenizer 'Odd'")]
    [InlineData("\"post_processor\": {\"type\": \"Odd\"},", "post-processor 'Odd'")]
    [InlineData("\"pre_tokenizer\": {\"type\": \"Split\", \"pattern\": {\"Regex\": \"x+\"}},", "x+")]
    [InlineData("\"added_tokens\": [{\"id\": 0, \"content\": \"a\", \"single_word\": true}],", "single_word")]
    [InlineData("\"added_tokens\": [{\"id\": -1, \"content\": \"q\"}],", "added_tokens[0].id")]
    public void Load_UnsupportedPart_IsNamed(string part, string named)
    {
        CheckpointException e = Assert.Throws<CheckpointException>(() => Load(
            part + "\"model\": {\"type\": \"BPE\", \"merges\": [], \"vocab\": {\"a\": 0}}"));

        Assert.Contains(named, e.Message, StringComparison.Ordinal);
        Assert.Contains("tokenizer.json", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"type\": \"WordLevel\", \"vocab\": {\"a\": 0}}", "WordLevel")]
    [InlineData("{\"type\": \"BPE\", \"dropout\": 0.5, \"merges\": [], \"vocab\": {\"a\": 0}}", "dropout")]
    [InlineData("{\"type\": \"BPE\", \"merges\": [\"a b\"], \"vocab\": {\"a\": 0}}", "merges[0]: 'b'")]
    [InlineData("{\"type\": \"BPE\", \"merges\": [\"ab\"], \"vocab\": {\"a\": 0}}", "merges[0]")]
    [InlineData("{\"type\": \"BPE\", \"merges\": [], \"vocab\": {\"a\": 0, \"b\": 0}}", "both have id 0")]
    [InlineData("{\"type\": \"BPE\", \"merges\": [], \"vocab\": {\"a\": 2000000000}}", "2000000000")]
    [InlineData("{\"type\": \"BPE\", \"merges\": [], \"vocab\": {\"a\": \"x\"}}", "model.vocab.a")]
    [InlineData("{\"type\": \"Unigram\", \"unk_id\": 1, \"vocab\": [[\"a\", 0]]}", "unk_id")]
    [InlineData("{\"type\": \"WordPiece\", \"vocab\": {\"a\": 0}}", "[UNK]")]
    public void Load_BrokenModel_IsNamed(string model, string named)
    {
        CheckpointException e = Assert.Throws<CheckpointException>(() => Load($"\"model\": {model}"));

        Assert.Contains(named, e.Message, StringComparison.Ordinal);
    }

    private ITokenizer Load(string members)
    {
        _folder.Write("tokenizer.json", $"{{\"version\": \"1.0\", {members}}}");
        return TokenizerLoader.Load(_folder.Path);
    }
}
