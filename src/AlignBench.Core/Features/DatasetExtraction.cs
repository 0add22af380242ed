using System.Globalization;
using AlignBench.Data;
using Serilog;

namespace AlignBench.Features;

/// <summary>What <c>alignbench extract</c> takes besides model and data.</summary>
/// <param name="Selections">Layers and poolings; empty: the model's default.</param>
/// <param name="Limit">Only the first items.</param>
/// <param name="MaxSkipped">Broken images and rows that may be left out.</param>
/// <param name="Features">Folder of the feature store.</param>
/// <param name="Threads">Items encoded at a time.</param>
/// <param name="BlockByBlock">The model is read block by block also where it fits into memory.</param>
/// <param name="Precision">A name of <see cref="EncoderPrecision"/>.</param>
public sealed record ExtractOptions(
    string[] Selections,
    int? Limit,
    int MaxSkipped,
    string Features,
    int Threads,
    bool BlockByBlock = false,
    string Precision = EncoderPrecision.Fp32);

/// <summary>Features of a whole data set under one model.</summary>
public static class DatasetExtraction
{
    /// <returns>The stored files, one a selection.</returns>
    /// <exception cref="AlignBenchException">The model or the data can't be used.</exception>
    public static string[] Run(
        string model,
        DatasetSource source,
        ExtractOptions options,
        IProgress<StageProgress>? progress,
        ILogger log,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        ModelSource encoder = ModelSource.Find(model, Environment.CurrentDirectory, options.Precision)
            .WithLoading(options.BlockByBlock);
        string[] selections = options.Selections.Length > 0 ? options.Selections : [encoder.DefaultSelection];
        string layout = encoder.Check(selections).ToString();
        log.Debug("{Folder:l}: {Layout:l}", encoder.Folder, layout);
        if (encoder.Precision != options.Precision)
        {
            log.Information("{Model:l} has convolutions alone, it runs in {Precision:l}", encoder.Name, encoder.Precision);
        }

        ModelSource? exact = encoder.InFloat32();
        FeatureStore store = new(options.Features);
        IDataset dataset = DatasetCatalog.Open(source);
        bool asStored = encoder.EncodesImages && dataset.IgnoresOrientation;
        FeatureRecipe[] recipes = encoder.Recipes(selections, store.Digests, asStored);
        DatasetItems items = dataset.ReadItems(cancellation);
        foreach (SkippedRow skipped in items.Skipped)
        {
            log.Warning("Skipped {Source:l}: {Reason:l}", skipped.Source, skipped.Reason);
        }

        ThrowIfTooMany(items.Skipped, options.MaxSkipped);
        IEnumerable<Item> wanted = options.Limit is int limit ? items.Items.Take(limit) : items.Items;
        FeatureExtraction extraction = new(store, options.Threads, log);
        int maxSkipped = options.MaxSkipped - items.Skipped.Count;
        return encoder.EncodesImages
            ? extraction.Images(
                Images(dataset, wanted, maxSkipped), recipes, () => encoder.OpenImages(selections, asStored), progress, cancellation,
                exact is null ? null : () => exact.OpenImages(selections, asStored))
            : encoder.EncodesSounds
            ? extraction.Sounds(
                Sounds(dataset, wanted, maxSkipped), recipes, () => encoder.OpenSounds(selections), progress, cancellation,
                exact is null ? null : () => exact.OpenSounds(selections))
            : extraction.Captions(
                Captions(dataset, wanted, maxSkipped), recipes, () => encoder.OpenCaptions(selections), progress, cancellation,
                exact is null ? null : () => exact.OpenCaptions(selections));
    }

    /// <summary>Name of an item's k-th image, caption or sound in a stored file, k from 0.</summary>
    public static string Entry(Item item, int k)
    {
        ArgumentNullException.ThrowIfNull(item);
        return string.Create(CultureInfo.InvariantCulture, $"{item.Id}#{k}");
    }

    /// <summary>The item of an entry that <see cref="Entry"/> named.</summary>
    public static string ItemOf(string entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        int end = entry.LastIndexOf('#');
        return end < 0 ? entry : entry[..end];
    }

    /// <exception cref="DataException">More rows can't be used than allowed.</exception>
    public static void ThrowIfTooMany(IReadOnlyList<SkippedRow> skipped, int maxSkipped)
    {
        ArgumentNullException.ThrowIfNull(skipped);
        if (skipped.Count > maxSkipped)
        {
            throw new DataException(
                $"{skipped[0].Source}: {skipped[0].Reason}; {skipped.Count} rows can't be used, max_skipped is {maxSkipped}");
        }
    }

    private static ImageRequest Images(IDataset dataset, IEnumerable<Item> items, int maxSkipped)
    {
        List<string> entries = [];
        List<string> images = [];
        foreach (Item item in items)
        {
            entries.AddRange(item.Images.Select((_, k) => Entry(item, k)));
            images.AddRange(item.Images.Select(image => image.Id));
        }

        ThrowIfNone(images.Count, dataset, "images");
        return new ImageRequest
        {
            Dataset = dataset.Name,
            Source = dataset,
            Ids = [.. entries],
            ImageIds = [.. images],
            MaxSkipped = maxSkipped,
        };
    }

    private static CaptionRequest Captions(IDataset dataset, IEnumerable<Item> items, int maxSkipped)
    {
        List<string> entries = [];
        List<string> texts = [];
        foreach (Item item in items)
        {
            entries.AddRange(item.Captions.Select((_, k) => Entry(item, k)));
            texts.AddRange(item.Captions.Select(caption => caption.Text));
        }

        ThrowIfNone(texts.Count, dataset, "captions");
        return new CaptionRequest
        {
            Dataset = dataset.Name,
            Ids = [.. entries],
            Texts = [.. texts],
            MaxSkipped = maxSkipped,
        };
    }

    private static SoundRequest Sounds(IDataset dataset, IEnumerable<Item> items, int maxSkipped)
    {
        List<string> entries = [];
        List<string> files = [];
        foreach (Item item in items)
        {
            entries.AddRange(item.Sounds.Select((_, k) => Entry(item, k)));
            files.AddRange(item.Sounds.Select(sound => sound.File));
        }

        ThrowIfNone(files.Count, dataset, "sounds");
        return new SoundRequest
        {
            Dataset = dataset.Name,
            Ids = [.. entries],
            Files = [.. files],
            MaxSkipped = maxSkipped,
        };
    }

    private static void ThrowIfNone(int count, IDataset dataset, string what)
    {
        if (count == 0)
        {
            throw new DataException($"{dataset.Name}: the data have no {what}");
        }
    }
}
