using AlignBench.Data;
using AlignBench.Experiments.Kinds;
using AlignBench.Features;
using AlignBench.Images;
using AlignBench.Statistics;
using AlignBench.Statistics.Inference;
using Serilog;

namespace AlignBench.Experiments.Measures;

/// <summary>Is the preferred image sharper or larger than the other?</summary>
internal static class ImageQuality
{
    private static readonly (string Name, Func<Quality, double> Of)[] s_qualities =
    [
        ("image_sharpness", quality => quality.Sharpness),
        ("image_pixels", quality => quality.Pixels),
        ("image_bytes", quality => quality.Bytes),
    ];

    /// <summary>
    /// Each condition's mean; over the units, the share in which the first condition's image has more of it (equal ones
    /// count half) with the p value of Wilcoxon's test of the differences (1 if none differ).
    /// </summary>
    public static IEnumerable<ConfoundRow> Rows(ExperimentPlan plan, ILogger log, CancellationToken cancellation)
    {
        Condition a = plan.Main.First(condition => condition.Name == plan.Contrast.A);
        Condition b = plan.Main.First(condition => condition.Name == plan.Contrast.B);
        Dictionary<string, Quality> of = Measure(plan, log, cancellation);
        int[] units =
        [
            .. Enumerable.Range(0, a.Groups.Length)
                .Where(unit => of.ContainsKey(a.Images[unit][0]) && of.ContainsKey(b.Images[unit][0])),
        ];
        if (units.Length == 0)
        {
            yield break;
        }

        foreach ((string name, Func<Quality, double> quality) in s_qualities)
        {
            double[] ofA = [.. units.Select(unit => quality(of[a.Images[unit][0]]))];
            double[] ofB = [.. units.Select(unit => quality(of[b.Images[unit][0]]))];
            double[] differences = [.. ofA.Zip(ofB, (x, y) => x - y)];
            bool allEqual = Array.TrueForAll(differences, difference => difference == 0.0);
            yield return new(name, "mean", Moments.Mean(ofA)) { Condition = a.Name, N = units.Length };
            yield return new(name, "mean", Moments.Mean(ofB)) { Condition = b.Name, N = units.Length };
            yield return new(name, "share_higher", differences.Average(d => d > 0.0 ? 1.0 : d == 0.0 ? 0.5 : 0.0))
            {
                Condition = $"{a.Name} - {b.Name}",
                P = allEqual ? 1.0 : WilcoxonTest.Compare(differences).PValue,
                N = units.Length,
            };
        }
    }

    /// <summary>By entry; of images that can't be decoded, nothing.</summary>
    private static Dictionary<string, Quality> Measure(ExperimentPlan plan, ILogger log, CancellationToken cancellation)
    {
        ILookup<string, string> entriesOf = plan.Items
            .SelectMany(item => item.Images.Select((image, k) => (image.Id, Entry: DatasetExtraction.Entry(item, k))))
            .ToLookup(pair => pair.Id, pair => pair.Entry);
        HashSet<string> wanted = [.. plan.Main.SelectMany(condition => condition.Images).SelectMany(entries => entries)];
        HashSet<string> ids = [.. entriesOf.Where(entries => entries.Any(wanted.Contains)).Select(entries => entries.Key)];
        Dictionary<string, Quality> measured = [];
        foreach (ImageBytes image in plan.Dataset.ReadImages(ids, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                RgbImage pixels = ImageDecoder.Decode(image.Bytes, new DecodeOptions());
                Quality quality = new(
                    Sharpness.LaplacianVariance(pixels), (long)pixels.Width * pixels.Height, image.Bytes.Length);
                foreach (string entry in entriesOf[image.Image.Id])
                {
                    measured[entry] = quality;
                }
            }
            catch (ImageException e)
            {
                log.Warning("No sharpness of {Source:l}: {Reason:l}", image.Image.Source, e.Message);
            }
        }

        return measured;
    }

    private readonly record struct Quality(double Sharpness, long Pixels, long Bytes);
}
