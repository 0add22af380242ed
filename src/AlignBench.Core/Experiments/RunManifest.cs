using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AlignBench.Data;
using AlignBench.Experiments.Kinds;
using AlignBench.Experiments.Measures;
using AlignBench.Features;
using AlignBench.Features.Storage;

namespace AlignBench.Experiments;

/// <summary>
/// <c>run.json</c>: the resolved config, versions, machine, seed, wall time of each stage and the digest of every
/// input and output. Written last, so that a run folder with one is complete.
/// </summary>
internal sealed class RunManifest
{
    public const string FileName = "run.json";
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonObject _config;
    private readonly string _digest;
    private readonly string[] _dataFiles;
    private readonly int _threads;
    private readonly DateTimeOffset _started = DateTimeOffset.UtcNow;
    private readonly JsonObject _seconds = [];

    private RunManifest(JsonObject config, string digest, string[] dataFiles, int threads)
    {
        _config = config;
        _digest = digest;
        _dataFiles = dataFiles;
        _threads = threads;
    }

    /// <param name="study">The resolved config.</param>
    /// <param name="datasets">Whose files the run depends on.</param>
    /// <param name="threads">Changes no number of a study.</param>
    public static RunManifest Begin<TConfig>(TConfig study, IEnumerable<IDataset> datasets, int threads)
    {
        JsonObject config = JsonSerializer.SerializeToNode(study, s_json)!.AsObject();
        StringBuilder all = new(config.ToJsonString());
        all.Append('\n').Append(Version).Append('\n').Append(FeatureRecipe.CodeVersion);
        string[] dataFiles = [.. datasets.SelectMany(dataset => dataset.Files).Distinct()];
        foreach (string file in dataFiles)
        {
            all.Append('\n').Append(file);
        }

        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all.ToString())));
        return new RunManifest(config, digest, dataFiles, threads);
    }

    /// <summary>The program's own version.</summary>
    public static string Version { get; } =
        typeof(RunManifest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>Of config, versions and the names of the data's files.</summary>
    public string Digest => _digest;

    /// <summary>Adds to a stage's wall time until disposed.</summary>
    public Stage Time(string stage) => new(stage, _seconds);

    /// <summary>Whether the folder holds this run's tables, made from inputs that have not changed since.</summary>
    public bool IsUpToDate(string output, FileDigests digests)
    {
        JsonNode? run = Read(Path.Combine(output, FileName));
        try
        {
            return (string?)run?["digest"] == _digest
                && Unchanged(run["inputs"], file => file)
                && Unchanged(run["outputs"], file => Path.Combine(output, file));
        }
        catch (InvalidOperationException)
        {
            return false;   // not ours: run again
        }

        bool Unchanged(JsonNode? files, Func<string, string> place) =>
            files is JsonObject { Count: > 0 } listed && listed.All(file =>
                File.Exists(place(file.Key)) && digests.Look(place(file.Key)).Sha256 == (string?)file.Value);
    }

    /// <summary>
    /// Removes run.json and the tables that it lists: those of a run with other options would pass for this one's.
    /// </summary>
    public static void RemoveOutputs(string output)
    {
        string path = Path.Combine(output, FileName);
        if (Read(path) is JsonObject run && run["outputs"] is JsonObject outputs)
        {
            foreach (string table in outputs.Select(file => file.Key).Where(IsTable))
            {
                File.Delete(Path.Combine(output, table));
            }

            File.Delete(path);
        }

        static bool IsTable(string name) => name == Path.GetFileName(name) && name.EndsWith(".csv", StringComparison.Ordinal);
    }

    /// <summary>Seconds an entry of each model, from the latest runs in a folder of results that encoded something.</summary>
    public static Dictionary<string, double> SecondsOfEntries(string results)
    {
        Dictionary<string, (string Started, double Seconds)> latest = [];
        IEnumerable<string> runs = Directory.Exists(results)
            ? Directory.EnumerateFiles(results, FileName, new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            : [];
        foreach (JsonObject run in runs.Select(Read).OfType<JsonObject>())
        {
            string started = run["started"]?.ToString() ?? "";
            foreach ((string model, JsonNode? time) in run["encoding"] as JsonObject ?? [])
            {
                if (time?["entries"] is null)
                {
                    continue;   // its features were there
                }

                double seconds = (double)time["seconds"]! / (double)time["entries"]!;
                bool isLater = !latest.TryGetValue(model, out (string Started, double Seconds) known)
                    || string.CompareOrdinal(known.Started, started) < 0;
                latest[model] = isLater ? (started, seconds) : known;
            }
        }

        return latest.ToDictionary(time => time.Key, time => time.Value.Seconds);
    }

    /// <summary>Writes run.json beside the tables.</summary>
    public void Complete(
        string output,
        FileDigests digests,
        PlanFeatures features,
        IReadOnlyList<ExperimentResult> results) =>
        Complete(output, digests, features, CountsOf(results), []);

    /// <summary>Writes run.json beside the tables.</summary>
    /// <param name="output">The run's folder.</param>
    /// <param name="digests">Knows the inputs.</param>
    /// <param name="features">Knows what was encoded.</param>
    /// <param name="counts">Of the data.</param>
    /// <param name="files">Other files that the run made, relative to its folder.</param>
    public void Complete(
        string output,
        FileDigests digests,
        PlanFeatures features,
        JsonObject counts,
        IReadOnlyList<string> files)
    {
        JsonObject encoding = [];
        foreach ((string model, EncodingTime time) in features.Times)
        {
            encoding[model] = new JsonObject
            {
                ["entries"] = time.Entries,
                ["seconds"] = Math.Round(time.Seconds, 3),
                ["loading"] = time.Loading ?? "whole",
            };
        }

        foreach ((string model, SortedDictionary<string, PrecisionAgreement> agreements) in features.Agreements)
        {
            JsonObject ofModel = encoding[model] as JsonObject ?? [];
            encoding[model] = ofModel;
            ofModel["precision"] = EncoderPrecision.Bf16;
            ofModel["agreement"] = JsonSerializer.SerializeToNode(agreements, s_json);
        }

        foreach (string file in _dataFiles)
        {
            digests.Of(file);   // those that no image is read from, as a file of captions, are inputs too
        }

        JsonObject inputs = [];
        foreach (FileDigest input in digests.Used)
        {
            inputs[input.Path] = input.Sha256;
        }

        JsonObject outputs = [];
        IEnumerable<string> tables = Directory.EnumerateFiles(output, "*.csv").Select(table => Path.GetFileName(table));
        foreach (string file in tables.Concat(files).Order(StringComparer.Ordinal))
        {
            outputs[file] = digests.Look(Path.Combine(output, file)).Sha256;
        }

        JsonObject run = new()
        {
            ["digest"] = _digest,
            ["config"] = _config.DeepClone(),
            ["seed"] = (_config["seed"] ?? _config["seeds"])?.DeepClone(),
            ["versions"] = new JsonObject
            {
                ["alignbench"] = Version,
                ["features"] = FeatureRecipe.CodeVersion,
                ["dotnet"] = RuntimeInformation.FrameworkDescription,
                ["libtorch"] = TorchSharp.torch.__version__,
            },
            ["machine"] = new JsonObject
            {
                ["os"] = RuntimeInformation.OSDescription,
                ["cpu"] = Cpu(),
                ["cores"] = Environment.ProcessorCount,
            },
            ["threads"] = _threads,
            ["started"] = _started.ToString("O"),
            ["seconds"] = _seconds.DeepClone(),
            ["encoding"] = encoding,
            ["counts"] = counts,
            ["inputs"] = inputs,
            ["outputs"] = outputs,
        };
        AtomicFile.WriteAllBytes(Path.Combine(output, FileName), Encoding.UTF8.GetBytes(run.ToJsonString(s_json)));
    }

    /// <summary>A run.json; null if there is none, or it is cut short.</summary>
    private static JsonNode? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonNode.Parse(File.ReadAllBytes(path)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonObject CountsOf(IReadOnlyList<ExperimentResult> results)
    {
        JsonObject counts = [];
        foreach (ExperimentResult result in results)
        {
            JsonObject ofExperiment = [];
            foreach (UnitCount count in result.Plan.Counts)
            {
                ofExperiment[count.What] = count.Count;
            }

            counts[result.Plan.Experiment] = ofExperiment;
        }

        return counts;
    }

    private static string Cpu()
    {
        const string cpuInfo = "/proc/cpuinfo";
        string? line = File.Exists(cpuInfo)
            ? File.ReadLines(cpuInfo).FirstOrDefault(row => row.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}

/// <summary>Times one stage of a run; disposing it twice counts once.</summary>
internal sealed class Stage(string name, JsonObject seconds) : IDisposable
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private bool _isOver;

    public void Dispose()
    {
        if (!_isOver)
        {
            _isOver = true;
            seconds[name] = Math.Round(Stopwatch.GetElapsedTime(_start).TotalSeconds, 3);
        }
    }
}
