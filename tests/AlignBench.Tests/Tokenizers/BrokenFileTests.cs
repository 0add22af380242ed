using AlignBench.Tokenizers;

namespace AlignBench.Tests.Tokenizers;

// A broken file gives a CheckpointException, or a tokenizer that works; never another exception.
public sealed class BrokenFileTests : IDisposable
{
    private const string Text = "A red cat\u2019s  caf\u00E9 \u732B \U0001F408 <s> [MASK] 42!";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Files() => new()
    {
        { Toy("openllama-toy-s"), "tokenizer.model" },
        { Toy("openllama-toy-s"), "tokenizer.json" },
        { Toy("bloom-toy-s"), "tokenizer.json" },
        { Toy("clip-toy"), "tokenizer.json" },
        { Toy("distilbert-toy"), "tokenizer.json" },
        { Toy("distilbert-toy"), "tokenizer_config.json" },
        { Toy("distilbert-toy"), "vocab.txt" },
        { Toy("clip-toy"), "vocab.json" },
        { Toy("clip-toy"), "merges.txt" },
        { TestPaths.Golden("tokenizers", "unigram-t5-like"), "tokenizer.model" },
        { TestPaths.Golden("tokenizers", "bpe-user-defined"), "tokenizer.model" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Load_TruncatedFile_IsOneClearLine(string folder, string name)
    {
        byte[] bytes = Prepare(folder, name);
        for (int i = 0; i < 40; i++)
        {
            _folder.Write(name, bytes[..(bytes.Length * i / 40)]);
            LoadAndEncode();
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Load_MutatedFile_NeverCrashes(string folder, string name)
    {
        byte[] bytes = Prepare(folder, name);
        Random random = new(11);
        for (int round = 0; round < 60; round++)
        {
            byte[] mutated = [.. bytes];
            for (int i = random.Next(1, 6); i > 0; i--)
            {
                mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            }

            _folder.Write(name, mutated);
            LoadAndEncode();
        }
    }

    private static string Toy(string name) => Path.Combine(TestPaths.Toy, "models", name);

    private byte[] Prepare(string folder, string name)
    {
        string[] others = name switch
        {
            "vocab.json" => ["merges.txt", "tokenizer_config.json"],
            "merges.txt" => ["vocab.json", "tokenizer_config.json"],
            "tokenizer_config.json" => ["tokenizer.json"],
            _ => [],
        };
        _folder.CopyFrom(folder, others);
        return File.ReadAllBytes(Path.Combine(folder, name));
    }

    private void LoadAndEncode()
    {
        try
        {
            ITokenizer tokenizer = TokenizerLoader.Load(_folder.Path);
            Assert.Equal(tokenizer.Encode(Text).Ids, tokenizer.EncodeIds(Text));
        }
        catch (CheckpointException e)
        {
            Assert.DoesNotContain('\n', e.Message);
            Assert.Contains(_folder.Path, e.Message, StringComparison.Ordinal);
        }
    }
}
