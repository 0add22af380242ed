using AlignBench.Features;
using AlignBench.Regression;

namespace AlignBench.Experiments;

/// <summary>One model's features of every entry of an experiment.</summary>
internal readonly record struct ModelFeatures(string Model, FeatureTable Table);

/// <summary>
/// Scores every vision model against every language model, both ways, under every condition. A model's features are
/// decomposed once for each set of entries, however many partners and conditions use them.
/// </summary>
internal sealed class PairScorer(RidgePreset preset, int threads)
{
    private readonly Dictionary<(string Model, object Entries), Decomposed> _decomposed = new(SameEntries.Instance);

    public ExperimentResult Score(
        ExperimentPlan plan, ModelFeatures[] vision, ModelFeatures[] language, CancellationToken cancellation)
    {
        List<PairScore> scores = [];
        foreach (Condition condition in plan.Conditions)
        {
            Fold[] folds = KFold.Shuffled(condition.Groups.Length, preset.Splits, preset.Seed);
            Decompose(condition, vision, language, folds, cancellation);
            scores.AddRange(ScorePairs(condition, vision, language, folds, cancellation));
        }

        return new ExperimentResult(plan, scores);
    }

    private void Decompose(
        Condition condition,
        ModelFeatures[] vision,
        ModelFeatures[] language,
        Fold[] folds,
        CancellationToken cancellation)
    {
        foreach ((string Model, object Entries) old in _decomposed.Keys.ToArray())
        {
            if (!ReferenceEquals(old.Entries, condition.Images) && !ReferenceEquals(old.Entries, condition.Captions))
            {
                _decomposed.Remove(old);   // no later condition comes back to it
            }
        }

        (ModelFeatures Model, string[][] Entries)[] missing =
        [
            .. vision.Select(model => (model, condition.Images))
                .Concat(language.Select(model => (model, condition.Captions)))
                .Where(wanted => !_decomposed.ContainsKey((wanted.model.Model, wanted.Item2))),
        ];
        Decomposed[] made = new Decomposed[missing.Length];
        Parallel.For(0, missing.Length, Options(cancellation), i =>
        {
            FeatureMatrix features = missing[i].Model.Table.Average(missing[i].Entries);
            made[i] = new Decomposed(features, RidgeFolds.Decompose(features, folds, preset, cancellation));
        });
        for (int i = 0; i < missing.Length; i++)
        {
            _decomposed.Add((missing[i].Model.Model, missing[i].Entries), made[i]);
        }
    }

    private PairScore[] ScorePairs(
        Condition condition,
        ModelFeatures[] vision,
        ModelFeatures[] language,
        Fold[] folds,
        CancellationToken cancellation)
    {
        int sharedGroups = SharedGroups(condition.Groups, folds);
        (string Vision, string Language, string Direction)[] wanted =
        [
            .. from v in vision
               from l in language
               from direction in Direction.All
               select (v.Model, l.Model, direction),
        ];
        PairScore[] scores = new PairScore[wanted.Length];
        Parallel.For(0, wanted.Length, Options(cancellation), i =>
        {
            (string visionModel, string languageModel, string direction) = wanted[i];
            Decomposed images = _decomposed[(visionModel, condition.Images)];
            Decomposed captions = _decomposed[(languageModel, condition.Captions)];
            PredictivityResult result = direction == Direction.LanguageToVision
                ? captions.Folds.Score(images.Features, cancellation)
                : images.Folds.Score(captions.Features, cancellation);
            scores[i] = new PairScore(
                condition, visionModel, languageModel, direction, folds, sharedGroups, result);
        });
        return scores;
    }

    private ParallelOptions Options(CancellationToken cancellation) =>
        new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };

    private static int SharedGroups(string[] groups, Fold[] folds) => folds.Sum(fold =>
    {
        HashSet<string> trained = [.. fold.Train.Select(row => groups[row])];
        return fold.Test.Count(row => trained.Contains(groups[row]));
    });

    private sealed record Decomposed(FeatureMatrix Features, RidgeFolds Folds);

    private sealed class SameEntries : IEqualityComparer<(string Model, object Entries)>
    {
        public static SameEntries Instance { get; } = new();

        public bool Equals((string Model, object Entries) x, (string Model, object Entries) y) =>
            x.Model == y.Model && ReferenceEquals(x.Entries, y.Entries);

        public int GetHashCode((string Model, object Entries) key) => HashCode.Combine(
            key.Model, System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(key.Entries));
    }
}
