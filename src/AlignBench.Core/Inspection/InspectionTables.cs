using System.Globalization;
using AlignBench.Reports;

namespace AlignBench.Inspection;

/// <summary>Writes <see cref="DatasetFacts"/> as tidy tables.</summary>
public static class InspectionTables
{
    /// <param name="folder">Made if it is not there; earlier tables in it are replaced.</param>
    /// <param name="facts">What to write.</param>
    public static void Write(string folder, DatasetFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        Directory.CreateDirectory(folder);
        Write("counts.csv", ["what", "count"], Counts(facts).Select(count => (object?[])[count.What, count.Count]));
        Write(
            "histograms.csv",
            ["what", "value", "count"],
            Histograms(facts).SelectMany(histogram => histogram.Tally.Counts.Select(pair =>
                (object?[])[histogram.What, pair.Key, pair.Value])));
        Write(
            "duplicates.csv",
            ["kind", "id", "same_as"],
            facts.Duplicates.Select(duplicate => (object?[])[duplicate.Kind, duplicate.Id, duplicate.SameAs]));
        Write(
            "broken.csv",
            ["image", "source", "reason"],
            (facts.Images?.Broken ?? []).Select(broken =>
                (object?[])[broken.Image.Id, broken.Image.Source, broken.Reason]));
        Write(
            "skipped.csv",
            ["source", "reason"],
            facts.Skipped.Select(skipped => (object?[])[skipped.Source, skipped.Reason]));

        void Write(string name, string[] columns, IEnumerable<object?[]> rows) =>
            CsvTable.Write(Path.Combine(folder, name), columns, rows);
    }

    /// <summary>Every single count, by a name that stays.</summary>
    public static IEnumerable<(string What, long Count)> Counts(DatasetFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ItemFacts items = facts.Items;
        yield return ("files", facts.Files);
        yield return ("items", items.Items);
        yield return ("groups", items.Groups);
        yield return ("images", items.Images);
        yield return ("captions", items.Captions);
        yield return ("duplicate_captions", items.Duplicates.Count);
        yield return ("skipped", facts.Skipped.Count);
        if (items.Sounds > 0)
        {
            yield return ("sounds", items.Sounds);
        }

        if (items.HasLabels)
        {
            yield return ("decided", items.Decided);
            yield return ("ties", items.Ties);
            yield return ("unlabelled", items.Unlabelled);
        }

        if (facts.Images is not ImageFacts images)
        {
            yield break;
        }

        yield return ("image_bytes", images.Bytes);
        yield return ("distinct_images", images.Distinct);
        yield return ("duplicate_images", images.Duplicates.Count);
        yield return ("broken_images", images.Broken.Count);
        yield return ("turned_images", images.Turned);
        yield return ("images_with_alpha", images.WithAlpha);
        foreach ((string format, long count) in images.Formats)
        {
            yield return (string.Create(CultureInfo.InvariantCulture, $"format_{format}"), count);
        }
    }

    /// <summary>Every distribution, by a name that stays.</summary>
    public static IEnumerable<(string What, Tally Tally)> Histograms(DatasetFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ItemFacts items = facts.Items;
        yield return ("captions_per_item", items.CaptionsPerItem);
        yield return ("captions_per_image", items.CaptionsPerImage);
        yield return ("images_per_item", items.ImagesPerItem);
        yield return ("items_per_group", items.ItemsPerGroup);
        yield return ("words_per_caption", items.WordsPerCaption);
        if (facts.Images is ImageFacts images)
        {
            yield return ("image_width", images.Width);
            yield return ("image_height", images.Height);
            yield return ("image_kib", images.Kibibytes);
        }
    }
}
