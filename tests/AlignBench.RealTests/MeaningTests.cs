using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlignBench.Data;
using AlignBench.Features;
using AlignBench.Features.Extraction;
using AlignBench.Images;
using AlignBench.Models;
using AlignBench.Models.Vision;
using AlignBench.Safetensors;
using AlignBench.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.RealTests;

/// <summary>Whether trained models see and read what a person does, in words.</summary>
public class MeaningTests
{
    private const int Best = 5;

    // One a line, by class. From @tensorflow-models/mobilenet 2.1.1 (Apache-2.0), the first of each class's names.
    private static readonly string[] s_classes = File.ReadAllLines(
        Path.Combine(AlignBench.Tests.TestPaths.Root, "tests", "AlignBench.RealTests", "imagenet-classes.txt"));

    // From JPEG to class: the head, which the encoder leaves aside, is put on the features here.
    [Fact]
    public void SqueezeNet_RealPhotos_SeesWhatIsOnThem()
    {
        using SqueezeNet network = new();
        string[] photos = JsonSerializer.Deserialize<string[]>(
            File.ReadAllText(SharedPaths.Of("models", "squeezenet1.1", "photos.json")))!;
        using GoldenFile golden = new(SharedPaths.Of("models", "squeezenet1.1", "golden.safetensors"));
        long[][] expected = [.. golden.Read("top5").data<long>().ToArray().Chunk(Best)];

        int[][] seen = [.. photos.Select(photo => network.Classify(PhotoFile(photo)))];

        Dictionary<string, string[]> captions = Captions();
        SpokenWords.Say(
        [
            "SqueezeNet 1.1's five best classes of real photos, and what a person says is on them:",
            .. photos.Zip(seen, (photo, best) =>
                $"  {photo}  {string.Join(", ", best.Select(c => s_classes[c]))}  ({captions[photo][0].Trim()})"),
        ]);
        Assert.Equal(expected, seen.Select(best => best.Select(c => (long)c).ToArray()));
        Assert.Equal("zebra", s_classes[seen[0][0]]);
        Assert.Contains("pizza", seen[1].Select(c => s_classes[c]));
        Assert.Equal("ice bear", s_classes[seen[2][0]]);
    }

    // A class whose name two of a photo's five captions have is on the photo. Chance is 5 in 1,000.
    [Fact]
    public void SqueezeNet_PhotosWhoseCaptionsNameAClass_SeesItMoreOftenThanNot()
    {
        using SqueezeNet network = new();
        HashSet<string> classes = [.. s_classes];
        int named = 0;
        int found = 0;
        foreach ((string photo, string[] captions) in Captions())
        {
            HashSet<string> there =
            [
                .. captions.SelectMany(caption => Words(caption).Where(classes.Contains).Distinct())
                    .GroupBy(word => word).Where(word => word.Count() > 1).Select(word => word.Key),
            ];
            if (there.Count > 0)
            {
                named++;
                found += network.Classify(PhotoFile(photo)).Any(c => there.Contains(s_classes[c])) ? 1 : 0;
            }
        }

        SpokenWords.Say([$"SqueezeNet finds what captions name among its five best on {found} of {named} photos."]);
        Assert.True(named >= 20, $"only {named} photos name a class");
        Assert.True(2 * found > named, $"found on {found} of {named} photos");
    }

    // The nearest of the second captions of 159 photos to the first caption of one: that of the same photo?
    [Fact]
    public void MiniLm_RealCaptions_AreNearestToThoseOfTheSamePhoto()
    {
        ModelSource model = ModelSource.Find(SharedPaths.Of("models", "all-minilm-l6-v2"), "/");
        using FeatureEncoder<string> encoder = model.OpenCaptions(["last_mean"]);
        string[][] captions = [.. Captions().Values];
        float[][] queries = [.. captions.Select(own => Unit(encoder.Encode(own[0])[0]))];
        float[][] answers = [.. captions.Select(own => Unit(encoder.Encode(own[1])[0]))];

        int[][] nearest =
        [
            .. queries.Select(query => Enumerable.Range(0, answers.Length)
                .OrderByDescending(i => Cosine(query, answers[i])).Take(3).ToArray()),
        ];
        int same = nearest.Index().Count(query => query.Item[0] == query.Index);

        int zebras = Array.FindIndex(captions, own => own[0].Contains("zebra", StringComparison.Ordinal));
        SpokenWords.Say(
        [
            $"MiniLM's nearest caption is of the same photo for {same} of {captions.Length} photos. For example:",
            .. new[] { zebras, 0, 40, 80, 120 }.SelectMany(q => (string[])
            [
                $"  {captions[q][0].Trim()}",
                .. nearest[q].Select(i => string.Create(
                    CultureInfo.InvariantCulture,
                    $"    {Cosine(queries[q], answers[i]):F2}  {captions[i][1].Trim()}{(i == q ? "  (the same photo)" : "")}")),
            ]),
        ]);
        Assert.True(same > 0.6 * captions.Length, $"the same photo for {same} of {captions.Length}");
        Assert.Contains("zebra", captions[nearest[zebras][0]][1], StringComparison.OrdinalIgnoreCase);
    }

    private static string PhotoFile(string name) => SharedPaths.Of("data", "coco", "val2017", name);

    /// <summary>COCO's captions by photo file, in the data's order.</summary>
    private static Dictionary<string, string[]> Captions() => DatasetCatalog.Open(new DatasetSource
    {
        Format = "coco",
        Path = SharedPaths.Of("data", "coco", "annotations", "captions_val2017.json"),
        Images = SharedPaths.Of("data", "coco", "val2017"),
    }).ReadItems(CancellationToken.None).Items.ToDictionary(
        item => Path.GetFileName(item.Images[0].Source), item => item.Captions.Select(caption => caption.Text).ToArray());

    private static IEnumerable<string> Words(string caption) =>
        Regex.Matches(caption.ToLowerInvariant(), "[a-z]+").Select(word => word.Value);

    private static float[] Unit(float[] vector)
    {
        double length = Math.Sqrt(vector.Sum(x => (double)x * x));
        return [.. vector.Select(x => (float)(x / length))];
    }

    private static double Cosine(float[] x, float[] y) => x.Zip(y, (a, b) => (double)a * b).Sum();

    /// <summary>The encoder with its head: a 1 x 1 convolution, ReLU, the mean over positions.</summary>
    private sealed class SqueezeNet : IDisposable
    {
        private readonly LoadedEncoder _loaded = EncoderLoader.Load(SharedPaths.Of("models", "squeezenet1.1"));
        private readonly Tensor _weight;
        private readonly Tensor _bias;
        private readonly ImageProcessor _processor =
            ImageProcessor.FromConfig(SharedPaths.Of("models", "squeezenet1.1", "config.json"));

        public SqueezeNet()
        {
            using SafetensorsFile file =
                SafetensorsFile.Open(SharedPaths.Of("models", "squeezenet1.1", "model.safetensors"));
            _weight = tensor(file.Read<float>("classifier.1.weight"), [s_classes.Length, _loaded.Image!.Width]);
            _bias = tensor(file.Read<float>("classifier.1.bias"), [s_classes.Length]);
        }

        /// <summary>The five best classes of a photo.</summary>
        public int[] Classify(string file)
        {
            using DisposeScope scope = NewDisposeScope();
            float[] pixels = _processor.Process(File.ReadAllBytes(file));
            Tensor image = tensor(pixels, [1, 3, _processor.Height, _processor.Width]);
            Tensor tokens = ((SqueezeNetEncoder)_loaded.Image!).HiddenStates(image).Last();   // [1, positions, 512]
            Tensor logits = tokens.matmul(_weight.t()).add(_bias).relu().mean([1]);           // [1, 1000]
            float[] scores = logits.data<float>().ToArray();
            return [.. Enumerable.Range(0, scores.Length).OrderByDescending(c => scores[c]).Take(Best)];
        }

        public void Dispose()
        {
            _weight.Dispose();
            _bias.Dispose();
            _loaded.Dispose();
        }
    }
}
