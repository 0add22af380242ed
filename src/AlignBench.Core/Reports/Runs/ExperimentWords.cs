using System.Text.Json.Nodes;

namespace AlignBench.Reports.Runs;

/// <summary>How an experiment is called, and what it asks, in plain words.</summary>
/// <param name="Title">A heading.</param>
/// <param name="Question">One sentence for a reader who knows only the paper's abstract.</param>
/// <param name="KTitle">Of a curve: what its k counts.</param>
public sealed record ExperimentWords(string Title, string Question, string KTitle)
{
    private const string DefaultKTitle = "number averaged";

    /// <summary>By the kind that the manifest gives the experiment; without one, by its name alone.</summary>
    /// <param name="run">Whose manifest.</param>
    /// <param name="experiment">As in the tables.</param>
    /// <param name="folding">As there; empty where a table does not say.</param>
    public static ExperimentWords Of(RunFolder run, string experiment, string folding)
    {
        ArgumentNullException.ThrowIfNull(run);
        string name = ExperimentVariants.NameInConfig(experiment, folding);
        JsonObject? config = Experiments(run).FirstOrDefault(own => (string?)own["name"] == name);
        ExperimentWords words = OfKind(name, config);
        return words with { Title = words.Title + ExperimentVariants.Suffix(folding) };
    }

    private static ExperimentWords OfKind(string name, JsonObject? config) =>
        ((string?)config?["kind"], (string?)config?["average"], (string?)config?["pairs"]) switch
        {
            ("preference", _, string pairs) => new(
                pairs == "all" ? "Preferred and non-preferred images, every pair" : "Preferred and non-preferred images",
                "Does the image that people preferred share more with its prompt than the one that they did not prefer?",
                DefaultKTitle),
            ("clip_score", _, _) => new(
                $"Captions with a high and a low CLIP score{SplitWords((string?)config?["split"])}",
                "Does the caption that fits its image better, by CLIP score, also share more with it between the models?",
                DefaultKTitle),
            ("averaging", "captions", _) => new(
                "Averages of several captions of an image",
                "Does averaging over several captions of the same image bring the two kinds of models closer?",
                "captions averaged"),
            ("averaging", "images", _) => new(
                "Averages of several images of a caption",
                "Does averaging over several images of the same caption bring the two kinds of models closer?",
                "images averaged"),
            _ => new(Words.Name(name), "", DefaultKTitle),
        };

    private static string SplitWords(string? split) => split switch
    {
        "best_worst" => ", best and worst of each image",
        "two_of_five" => ", two best and two worst of five",
        "median" => ", above and below the median",
        _ => "",
    };

    /// <summary>The experiments of the manifest's config; where there are none but data, one called data.</summary>
    public static IEnumerable<JsonObject> Experiments(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        JsonObject? config = run.Manifest?["config"] as JsonObject;
        return (config?["experiments"] as JsonArray)?.OfType<JsonObject>()
            ?? (config?["data"] is JsonObject data
                ? [new JsonObject { ["name"] = "data", ["kind"] = "", ["data"] = data.DeepClone() }]
                : []);
    }
}
