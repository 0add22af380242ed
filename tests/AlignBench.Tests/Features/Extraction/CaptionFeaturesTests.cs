using AlignBench.Features;
using AlignBench.Features.Extraction;

namespace AlignBench.Tests.Features.Extraction;

public class CaptionFeaturesTests
{
    [Fact]
    public void EncodeAll_CaptionWithoutTokens_FailsAloneAndTheOthersGetTheirBits()
    {
        ModelSource model = ModelSource.Find("models/bloom-toy-s", TestPaths.Toy);
        using FeatureEncoder<string> encoder = model.OpenCaptions(["penultimate_mean", "last_last_token"]);
        string[] captions = ["a red circle", "", "two small blue squares above a green triangle", "a star"];

        EncodedContent[] encoded = encoder.EncodeAll(captions);

        Assert.Equal([null, "the text has no token", null, null], encoded.Select(caption => caption.Flaw));
        Assert.All(
            new[] { 0, 2, 3 }, i => Assert.Equal(encoder.Encode(captions[i]), encoded[i].Vectors));
    }

    [Fact]
    public void EncodeAll_BlockByBlock_GivesTheSameBitsAndSaysSo()
    {
        ModelSource model = ModelSource.Find("models/bloom-toy-m", TestPaths.Toy);
        using FeatureEncoder<string> whole = model.OpenCaptions(["penultimate_mean", "last_mean"]);
        using FeatureEncoder<string> parts = model.WithLoading(blockByBlock: true)
            .OpenCaptions(["penultimate_mean", "last_mean"]);
        string[] captions = ["a red circle", "two small blue squares above a green triangle", "a star", ""];

        EncodedContent[] expected = whole.EncodeAll(captions);
        EncodedContent[] actual = parts.EncodeAll(captions);

        Assert.Null(whole.Loading);
        Assert.Equal("block by block, as asked for", parts.Loading);
        Assert.Equal(expected.Select(caption => caption.Flaw), actual.Select(caption => caption.Flaw));
        Assert.Equal(expected.Select(caption => caption.Vectors), actual.Select(caption => caption.Vectors));
    }

    [Fact]
    public void EncodeAll_ImagesBlockByBlock_GivesTheSameBits()
    {
        ModelSource model = ModelSource.Find("models/dinov2-toy-s", TestPaths.Toy);
        using FeatureEncoder<byte[]> whole = model.OpenImages(["penultimate_cls"]);
        using FeatureEncoder<byte[]> parts = model.WithLoading(blockByBlock: true).OpenImages(["penultimate_cls"]);
        byte[][] images =
        [
            .. Directory.EnumerateFiles(TestPaths.Golden("images", "sources"), "*.png").Order().Take(3)
                .Select(File.ReadAllBytes),
            [1, 2, 3],
        ];

        EncodedContent[] actual = parts.EncodeAll(images);

        Assert.NotEmpty(actual[0].Vectors);
        Assert.NotNull(actual[^1].Flaw);
        Assert.All(
            actual.Zip(images).SkipLast(1), pair => Assert.Equal(whole.Encode(pair.Second), pair.First.Vectors));
    }

    [Fact]
    public void EncodeAll_FromFourThreads_GivesTheBitsOfOneCaptionAlone()
    {
        ModelSource model = ModelSource.Find("models/openllama-toy-s", TestPaths.Toy);
        using FeatureEncoder<string> encoder = model.OpenCaptions(["penultimate_mean"]);
        string[] words = ["red", "small", "circle", "above", "a", "green", "star", "two"];
        string[] captions =
        [
            .. Enumerable.Range(0, 300).Select(i => string.Join(
                ' ', Enumerable.Range(0, 1 + (i % 9)).Select(k => words[(i + (k * k)) % words.Length]))),
        ];
        EncodedContent[][] batches = new EncodedContent[6][];

        Parallel.For(
            0,
            batches.Length,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            i => batches[i] = encoder.EncodeAll(captions[(50 * i)..(50 * (i + 1))]));

        Assert.All(
            Enumerable.Range(0, 300).Where(i => i % 7 == 0),
            i => Assert.Equal(encoder.Encode(captions[i]), batches[i / 50][i % 50].Vectors));
    }
}
