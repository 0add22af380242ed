using System.Globalization;
using AlignBench.Experiments;

namespace AlignBench.Cli.Display;

/// <summary>The lines of <c>alignbench run --dry-run</c>.</summary>
internal static class ForecastReport
{
    private const double Megabyte = 1e6;

    public static IEnumerable<string> Lines(StudyConfig study, StudyForecast forecast)
    {
        yield return $"{study.Name}: would be computed (nothing was)";
        yield return "";
        int width = forecast.Experiments.Max(experiment => experiment.Name.Length);
        yield return $"{"experiment".PadRight(width)} {"kind",-11} {"folds",-8} {"units",7} {"conditions",11} {"scores",8}";
        foreach (ForecastExperiment experiment in forecast.Experiments)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{experiment.Name.PadRight(width)} {experiment.Kind,-11} {experiment.Folding,-8} {experiment.Units,7} "
                + $"{experiment.Conditions,11} {experiment.Scores,8}");
        }

        yield return "";
        yield return $"{"model",-24} {"data",-12} {"features",-18} {"entries",8} {"to encode",9} {"disk MB",8} {"seconds",8}";
        foreach (ForecastFeatures features in forecast.Features)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{features.Model,-24} {features.Dataset,-12} {features.Selection,-18} {features.Entries,8} "
                + $"{features.ToEncode,9} {features.Bytes / Megabyte,8:F1} {Seconds(features.Seconds),8}");
        }

        ForecastFeatures[] missing = [.. forecast.Features.Where(features => features.ToEncode > 0)];
        yield return "";
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"To encode: at most {missing.Sum(f => f.ToEncode)} entries, {forecast.Features.Sum(f => f.Bytes) / Megabyte:F1} MB, "
            + $"{missing.Sum(f => f.Seconds ?? 0):F0} s where a run is known; unknown: "
            + $"{missing.Count(f => f.Seconds is null)} of {missing.Length}");
    }

    private static string Seconds(double? seconds) =>
        seconds?.ToString("F0", CultureInfo.InvariantCulture) ?? "unknown";
}
