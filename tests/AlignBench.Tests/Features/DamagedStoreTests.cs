using AlignBench.Features;
using AlignBench.Fuzz;
using Serilog.Core;

namespace AlignBench.Tests.Features;

/// <summary>What a disk or a full one did to a store is found out and made anew; never a wrong number, never a crash.</summary>
public class DamagedStoreTests
{
    private static readonly string[] s_texts = [.. Enumerable.Range(0, 100).Select(i => $"text {i}")];

    [Fact]
    public void Captions_StoredFileDamagedAnywhere_AreEncodedAgainToTheSameBytes()
    {
        using TemporaryFolder folder = new();
        string path = Extract(folder, new FakeEncoder(), s_texts);
        byte[] right = File.ReadAllBytes(path);
        string rightContents = Contents(path);

        Random random = new(20250101);
        for (int i = 0; i < 60; i++)
        {
            byte[] damaged = Damage.Of(right, random);
            File.WriteAllBytes(path, damaged);

            Extract(folder, new FakeEncoder(), s_texts);

            // A damage that changes no content, as to the header's white space, may stay.
            Assert.Equal(rightContents, Contents(path));
            byte[] now = File.ReadAllBytes(path);
            Assert.True(now.AsSpan().SequenceEqual(right) || now.AsSpan().SequenceEqual(damaged), $"mutation {i}");
        }
    }

    [Fact]
    public void Captions_OtherFileOfTheRecipeDamaged_AreEncodedWithoutIt()
    {
        using TemporaryFolder folder = new();
        string other = Extract(folder, new FakeEncoder(), s_texts);
        byte[] bytes = File.ReadAllBytes(other);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(other, bytes);
        FakeEncoder encoder = new();

        using FeatureFile file = new(Extract(folder, encoder, "text 3", "text 4"));

        Assert.Equal(2, encoder.Calls);
        Assert.Equal(bytes, File.ReadAllBytes(other));        // not this request's to mend
    }

    [Fact]
    public void Captions_PartsDamagedOrNotOurs_AreEncodedAgainToTheSameBytes()
    {
        using TemporaryFolder fresh = new();
        byte[] right = File.ReadAllBytes(Extract(fresh, new FakeEncoder(), s_texts));
        foreach (Action<string> damage in (Action<string>[])
            [
                part => File.WriteAllBytes(part, []),
                part => File.WriteAllBytes(part, new byte[File.ReadAllBytes(part).Length]),
                part => File.WriteAllBytes(part, File.ReadAllBytes(part)[..^1]),
                FlipLastFeature,
                part => File.Copy(Path.Combine(TestPaths.Toy, "models/bloom-toy-s/model.safetensors"), part, overwrite: true),
                part => File.WriteAllText(Path.Combine(Path.GetDirectoryName(part)!, "notes.safetensors"), "mine"),
            ])
        {
            using TemporaryFolder folder = new();
            FakeEncoder broken = new();
            broken.Failures["text 70"] = new InvalidOperationException("the machine went down");
            Assert.Throws<InvalidOperationException>(() => Extract(folder, broken, s_texts));
            damage(Assert.Single(Directory.GetFiles(folder.Root, "000000.safetensors", SearchOption.AllDirectories)));

            Assert.Equal(right, File.ReadAllBytes(Extract(folder, new FakeEncoder(), s_texts)));
        }
    }

    [Fact]
    public void FeatureFile_Damaged_IsAnErrorThatNamesIt()
    {
        using TemporaryFolder folder = new();
        string path = Extract(folder, new FakeEncoder(), "one", "two");
        byte[] right = File.ReadAllBytes(path);
        string rightContents = Contents(path);
        Random random = new(20250102);
        for (int i = 0; i < 300; i++)
        {
            File.WriteAllBytes(path, Damage.Of(right, random));
            try
            {
                Assert.Equal(rightContents, Contents(path));
            }
            catch (AlignBenchException e)
            {
                Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
            }
        }
    }

    private static void FlipLastFeature(string part)
    {
        byte[] bytes = File.ReadAllBytes(part);
        bytes[^(32 * 32 + 32 + 1)] ^= 1;                      // before the digests of 32 contents and the checksum
        File.WriteAllBytes(part, bytes);
    }

    /// <summary>All that a study reads of a file.</summary>
    private static string Contents(string path)
    {
        using FeatureFile file = new(path);
        (string[] ids, long[] rows) = file.ReadEntries();
        double[] features = FeatureTable.Load(file).Average([.. ids.Select(id => (string[])[id])]).Values;
        return $"{string.Join(' ', ids)} {string.Join(' ', rows)} {string.Join(' ', features)} {file.ReadSkipped().Length}";
    }

    private static string Extract(TemporaryFolder folder, FakeEncoder encoder, params string[] texts)
    {
        CaptionRequest request = new() { Dataset = "made-up", Ids = [.. texts.Select((_, i) => $"{i}")], Texts = texts };
        FeatureExtraction extraction = new(new FeatureStore(folder.Root), threads: 2, Logger.None);
        return extraction.Captions(request, FakeEncoder.Recipes, () => encoder, null, CancellationToken.None)[0];
    }
}
