using AlignBench.Data;
using AlignBench.Features;

namespace AlignBench.Experiments;

/// <summary>Requests for some entries of a data set's items.</summary>
/// <param name="dataset">Where images are read from.</param>
/// <param name="items">Those that the entries belong to.</param>
/// <param name="maxSkipped">Broken images or sounds that may be left out.</param>
internal sealed class FeatureRequests(IDataset dataset, IEnumerable<Item> items, int maxSkipped)
{
    /// <param name="entries">Distinct, <c>ITEM#K</c>.</param>
    public ImageRequest Images(string[] entries)
    {
        Dictionary<string, string> imageOf = [];
        foreach (Item item in items)
        {
            for (int k = 0; k < item.Images.Length; k++)
            {
                imageOf.Add(DatasetExtraction.Entry(item, k), item.Images[k].Id);
            }
        }

        return new ImageRequest
        {
            Dataset = dataset.Name,
            Source = dataset,
            Ids = entries,
            ImageIds = [.. entries.Select(entry => imageOf[entry])],
            MaxSkipped = maxSkipped,
        };
    }

    /// <param name="entries">Distinct, <c>ITEM#K</c>.</param>
    /// <param name="prefix">Put before each caption.</param>
    public CaptionRequest Captions(string[] entries, string prefix = "")
    {
        Dictionary<string, string> textOf = [];
        foreach (Item item in items)
        {
            for (int k = 0; k < item.Captions.Length; k++)
            {
                textOf.Add(DatasetExtraction.Entry(item, k), prefix + item.Captions[k].Text);
            }
        }

        return new CaptionRequest
        {
            Dataset = dataset.Name,
            Ids = entries,
            Texts = [.. entries.Select(entry => textOf[entry])],
            MaxSkipped = maxSkipped,
        };
    }

    /// <param name="entries">Distinct, <c>ITEM#K</c>.</param>
    public SoundRequest Sounds(string[] entries)
    {
        Dictionary<string, string> fileOf = [];
        foreach (Item item in items)
        {
            for (int k = 0; k < item.Sounds.Length; k++)
            {
                fileOf.Add(DatasetExtraction.Entry(item, k), item.Sounds[k].File);
            }
        }

        return new SoundRequest
        {
            Dataset = dataset.Name,
            Ids = entries,
            Files = [.. entries.Select(entry => fileOf[entry])],
            MaxSkipped = maxSkipped,
        };
    }
}
