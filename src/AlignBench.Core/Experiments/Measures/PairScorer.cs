using System.Runtime.CompilerServices;
using AlignBench.Experiments.Kinds;
using AlignBench.Features;
using AlignBench.Regression;
using AlignBench.Regression.Folds;
using AlignBench.Regression.Presets;

namespace AlignBench.Experiments.Measures;

/// <summary>One model's features of every entry of an experiment.</summary>
internal sealed record ModelFeatures(string Model, FeatureTable Table)
{
    /// <summary>Every layer's features, from layer 0; empty unless asked for.</summary>
    public IReadOnlyList<FeatureTable> Layers { get; init; } = [];
}

/// <summary>How pairs are scored.</summary>
/// <param name="Preset">The regression.</param>
/// <param name="Threads">Pairs at a time; results do not depend on it.</param>
/// <param name="Permutations">Shuffled pairings a score of the main tables, 0 for none.</param>
/// <param name="Resamples">Bootstrap resamples a score of the main tables, 0 for none; else 2 or more.</param>
/// <param name="Seed">Of shuffles and resamples, the same for every score.</param>
internal sealed record Scoring(RidgePreset Preset, int Threads, int Permutations, int Resamples, uint Seed);

/// <summary>
/// Scores every vision model against every language model, both ways, under every condition. A model's features are
/// decomposed once for each set of entries, however many partners and conditions use them.
/// </summary>
internal sealed class PairScorer(Scoring scoring)
{
    private readonly Dictionary<(string Model, object Entries), Decomposed> _decomposed = new(SameEntries.Instance);

    /// <exception cref="DataException">There are too few groups for grouped folds.</exception>
    public ExperimentResult Score(
        ExperimentPlan plan, ModelFeatures[] vision, ModelFeatures[] language, CancellationToken cancellation)
    {
        UnitFolds cut = new(plan, scoring.Preset, vision[0].Table, language[0].Table);
        List<PairScore> scores = [];
        for (int i = 0; i < plan.Conditions.Length; i++)
        {
            Condition condition = plan.Conditions[i];
            Forget(plan.Conditions[i..]);
            Decompose(condition, vision, language, cut.Of(condition), cancellation);
            scores.AddRange(ScorePairs(condition, vision, language, cut, cancellation));
        }

        return new ExperimentResult(plan, scores);
    }

    /// <summary>Drops what no condition to come uses.</summary>
    private void Forget(Condition[] toCome)
    {
        HashSet<object> used = new(ReferenceEqualityComparer.Instance);
        foreach (Condition condition in toCome)
        {
            used.Add(condition.Images);
            used.Add(condition.Captions);
        }

        foreach ((string Model, object Entries) old in _decomposed.Keys.ToArray())
        {
            if (!used.Contains(old.Entries))
            {
                _decomposed.Remove(old);
            }
        }
    }

    private void Decompose(
        Condition condition,
        ModelFeatures[] vision,
        ModelFeatures[] language,
        Fold[] folds,
        CancellationToken cancellation)
    {
        (ModelFeatures Model, string[][] Entries)[] missing =
        [
            .. vision.Select(model => (model, condition.Images))
                .Concat(language.Select(model => (model, condition.Captions)))
                .Where(wanted => !_decomposed.ContainsKey((wanted.model.Model, wanted.Item2))),
        ];
        FeatureMatrix[] features = [.. missing.Select(wanted => wanted.Model.Table.Average(wanted.Entries))];
        RidgeFolds[] decomposed = Batch(cancellation).Decompose(features, folds);
        for (int i = 0; i < missing.Length; i++)
        {
            _decomposed.Add(
                (missing[i].Model.Model, missing[i].Entries),
                new Decomposed(features[i], FeatureSpread.TotalOf(features[i]), decomposed[i]));
        }
    }

    private PairScore[] ScorePairs(
        Condition condition,
        ModelFeatures[] vision,
        ModelFeatures[] language,
        UnitFolds cut,
        CancellationToken cancellation)
    {
        Fold[] folds = cut.Of(condition);
        int trainedGroups = cut.TrainedGroups(condition);
        bool isMain = condition.Series == Condition.MainSeries;
        (string Vision, string Language, string Direction)[] wanted =
        [
            .. from v in vision
               from l in language
               from direction in Direction.All
               select (v.Model, l.Model, direction),
        ];
        (Decomposed X, Decomposed Y)[] pairs =
        [
            .. wanted.Select(pair =>
            {
                Decomposed images = _decomposed[(pair.Vision, condition.Images)];
                Decomposed captions = _decomposed[(pair.Language, condition.Captions)];
                return pair.Direction == Direction.LanguageToVision ? (captions, images) : (images, captions);
            }),
        ];
        PredictivityResult[] results =
            Batch(cancellation).Score([.. pairs.Select(pair => (pair.X.Folds, pair.Y.Features))]);
        PairScore[] scores = new PairScore[wanted.Length];
        Parallel.For(0, wanted.Length, Options(cancellation), i =>
        {
            (Decomposed x, Decomposed y) = pairs[i];
            scores[i] = new PairScore(
                condition, wanted[i].Vision, wanted[i].Language, wanted[i].Direction, folds, trainedGroups, results[i])
            {
                TargetVariance = y.Variance,
                Chance = scoring.Permutations == 0 || !isMain
                    ? null
                    : PermutationNull.Draw(x.Folds, y.Features, scoring.Permutations, scoring.Seed, cancellation),
                Bootstrap = scoring.Resamples == 0 || !isMain
                    ? null
                    : ScoreBootstrap.Draw(x.Folds, y.Features, scoring.Resamples, scoring.Seed, cancellation),
            };
        });
        return scores;
    }

    private RidgeBatch Batch(CancellationToken cancellation) => new(scoring.Preset, scoring.Threads, cancellation);

    private ParallelOptions Options(CancellationToken cancellation) =>
        new() { MaxDegreeOfParallelism = scoring.Threads, CancellationToken = cancellation };

    private sealed record Decomposed(FeatureMatrix Features, double Variance, RidgeFolds Folds);

    private sealed class SameEntries : IEqualityComparer<(string Model, object Entries)>
    {
        public static SameEntries Instance { get; } = new();

        public bool Equals((string Model, object Entries) x, (string Model, object Entries) y) =>
            x.Model == y.Model && ReferenceEquals(x.Entries, y.Entries);

        public int GetHashCode((string Model, object Entries) key) =>
            HashCode.Combine(key.Model, RuntimeHelpers.GetHashCode(key.Entries));
    }
}
