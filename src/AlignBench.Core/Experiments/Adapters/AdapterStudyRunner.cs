using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AlignBench.Adapters;
using AlignBench.Data;
using AlignBench.Features;
using AlignBench.Features.Storage;
using Serilog;
using TorchSharp;

namespace AlignBench.Experiments.Adapters;

/// <summary>How an adapter study is run.</summary>
/// <param name="Features">Folder of the feature store.</param>
/// <param name="Threads">Items encoded, and adapters trained, at a time; changes no number.</param>
/// <param name="Resume">Whether each training goes on from its last checkpoint.</param>
/// <param name="Force">Run even if the results are up to date.</param>
public sealed record AdapterStudyOptions(string Features, int Threads, bool Resume, bool Force);

/// <summary>Runs an adapter study: shards and checkpoints in; adapters, checkpoints and tables out.</summary>
public sealed class AdapterStudyRunner(AdapterStudyOptions options, ILogger log)
{
    /// <param name="study">What to run.</param>
    /// <param name="output">Folder for the tables; made if it is not there.</param>
    /// <param name="progress">Told how far each extraction and training is.</param>
    /// <param name="cancellation">Stops the run; stored features and whole epochs are kept.</param>
    /// <returns>False if the results there were up to date and nothing was done.</returns>
    /// <exception cref="AlignBenchException">The data, a model or the config can't be used.</exception>
    public bool Run(
        AdapterStudyConfig study, string output, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(study);
        ZeroShotData.ThrowIfMissing(study.ZeroShot);
        FeatureStore store = new(options.Features);
        IDataset? dataset = study.Data is null ? null : DatasetCatalog.Open(study.Data.ToSource());
        IDataset? classified = study.ZeroShot is null ? null : DatasetCatalog.Open(study.ZeroShot.Data.ToSource());
        RunManifest manifest = RunManifest.Begin(
            study, [.. ((IDataset?[])[dataset, classified]).OfType<IDataset>()], options.Threads);
        if (!options.Force && manifest.IsUpToDate(output, store.Digests))
        {
            store.Digests.Save();
            return false;
        }

        AtomicFile.ThrowIfUnwritable(output);
        PlanFeatures features = new(store, options.Threads, study.MaxSkipped, progress, log);
        AdapterData data;
        using (manifest.Time("features"))
        {
            data = new AdapterDataReader(study, features, store.Digests).Read(dataset, cancellation);
            if (classified is not null)
            {
                data = data with { ZeroShot = ZeroShotData.Read(study, classified, features, store.Digests, cancellation) };
            }

            store.Digests.Save();
        }

        foreach (string file in study.Adapters.SelectMany(adapter => (string?[])[adapter.Settings.Init, adapter.Settings.Order]).OfType<string>())
        {
            store.Digests.Of(file);
        }

        torch.set_num_threads(1);
        AdapterRows rows = AdapterRows.Split(data.Items, data.Groups, study.Evaluation);
        AlignmentMeter meter;
        AlignmentMeasurement[] frozen;
        using (manifest.Time("frozen"))
        {
            meter = new AlignmentMeter(study.Evaluation, rows, data.Reference);
            frozen = meter.MeasureFrozen(set => new EmbeddingPair(
                data.Modalities[0].First(1).SelectRows(set.Items), data.Modalities[1].First(1).SelectRows(set.Items)));
        }

        Directory.CreateDirectory(output);
        RunManifest.RemoveOutputs(output);
        string digest = DigestOf(manifest, data, store.Digests);
        AdapterResult[] results;
        using (manifest.Time("training"))
        {
            results = Train(study, output, digest, data, rows, meter, progress, cancellation);
        }

        using (manifest.Time("tables"))
        {
            AdapterTables.Write(output, study.Evaluation, frozen, results, [.. data.Skipped, .. data.ZeroShot?.Skipped ?? []]);
            AdapterTables.WriteZeroShot(output, study.Evaluation, data.ZeroShot, results);
            HypothesisTable.Write(output, study.Evaluation, meter, results);
            AdapterChoicesTable.Write(output, study);
        }

        JsonObject counts = new()
        {
            ["items"] = data.Items,
            ["train"] = rows.Train.Length,
            ["validation"] = rows.Validation.Length,
            ["validation_left_out_for_trained_groups"] = data.Items - rows.Train.Length - rows.Validation.Length,
            ["skipped"] = data.Skipped.Count,
        };
        manifest.Complete(output, store.Digests, features, counts, [.. results.SelectMany(result => result.Files)]);
        store.Digests.Save();
        return true;
    }

    // One thread a run, so that the numbers depend on no thread count, and no small operator waits for other threads.
    private AdapterResult[] Train(
        AdapterStudyConfig study,
        string output,
        string digest,
        AdapterData data,
        AdapterRows rows,
        AlignmentMeter meter,
        IProgress<StageProgress>? progress,
        CancellationToken cancellation)
    {
        (AdapterRunConfig Adapter, long Seed)[] runs =
            [.. study.Adapters.SelectMany(adapter => study.Seeds.Select(seed => (adapter, seed)))];
        AdapterResult[] results = new AdapterResult[runs.Length];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        try
        {
            Parallel.For(0, runs.Length, parallel, i =>
            {
                long start = Stopwatch.GetTimestamp();
                using AdapterRun run = new(runs[i].Adapter, study.Evaluation, data, rows, meter, runs[i].Seed);
                results[i] = run.Train(output, digest, options.Resume, progress, log, cancellation);
                log.Information(
                    "Trained {Adapter:l} with seed {Seed}: {Steps} steps in {Seconds:F1} s",
                    runs[i].Adapter.Name, runs[i].Seed, results[i].Steps.Count, Stopwatch.GetElapsedTime(start).TotalSeconds);
            });
        }
        catch (AggregateException failed)
        {
            ExceptionDispatchInfo.Throw(failed.Flatten().InnerExceptions[0]);
        }

        return results;
    }

    /// <summary>What a checkpoint must agree with to be gone on from: config, versions, features, inputs.</summary>
    private static string DigestOf(RunManifest manifest, AdapterData data, FileDigests digests)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(manifest.Digest));
        foreach (FeatureMatrix values in data.Modalities.Select(side => side.Values).Append(data.Reference))
        {
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.Values.AsSpan()));
        }

        foreach (FileDigest file in digests.Used)
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(file.Sha256));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
