using System.Text.Json;
using System.Text.Json.Serialization;
using AlignBench.Adapters.Training;
using AlignBench.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Adapters;

/// <summary>What <c>config.json</c> says of stored adapters.</summary>
public sealed record AdapterFileConfig
{
    public string ModelType { get; init; } = "alignbench-adapter";

    /// <summary>Whether outputs are to be made unit vectors.</summary>
    public required bool Normalize { get; init; }

    /// <summary>Weight of the first adapter in the multimodal embedding, if it was learned.</summary>
    public double? Lambda { get; init; }

    /// <summary>Name and shape of each adapter, in order.</summary>
    public required Dictionary<string, AdapterShape> Modalities { get; init; }
}

/// <summary>
/// Trained adapters for other programs: a folder with <c>adapter.safetensors</c>, a tensor a parameter
/// (<c>image.weight</c> [e, d] or <c>image.fc1.weight</c>, <c>image.norm.weight</c>, ...; y = x Wᵀ + b), and
/// <c>config.json</c>, which names what is computed with them.
/// </summary>
public sealed class AdapterFile : IDisposable
{
    private const string WeightsFile = "adapter.safetensors";
    private const string ConfigFile = "config.json";

    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private readonly List<Tensor> _owned = [];

    private AdapterFile(AdapterFileConfig config, SafetensorsFile file)
    {
        Config = config;
        Adapters = [.. config.Modalities.Select(modality => new Adapter(modality.Key, modality.Value, Read(file, modality)))];
    }

    public AdapterFileConfig Config { get; }

    public IReadOnlyList<Adapter> Adapters { get; }

    /// <summary>Writes both files.</summary>
    /// <param name="folder">Made if it is not there.</param>
    /// <param name="config">What is computed.</param>
    /// <param name="parameters">All of it is stored.</param>
    /// <returns>The files, relative to the folder.</returns>
    public static string[] Save(string folder, AdapterFileConfig config, ParameterArena parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        using DisposeScope scope = NewDisposeScope();
        Directory.CreateDirectory(folder);
        TensorFile.Write(
            Path.Combine(folder, WeightsFile),
            [.. parameters.Specs.Select(spec => (spec.Name, parameters[spec.Name]))],
            new Dictionary<string, string> { ["format"] = "pt" });
        AtomicFile.WriteAllBytes(
            Path.Combine(folder, ConfigFile), JsonSerializer.SerializeToUtf8Bytes(config, s_json));
        return [WeightsFile, ConfigFile];
    }

    /// <summary>Reads a folder's adapters, in float32. To be called outside any <see cref="DisposeScope"/>.</summary>
    /// <exception cref="CheckpointException">A file is missing or not one of these.</exception>
    public static AdapterFile Load(string folder)
    {
        string path = Path.Combine(folder, ConfigFile);
        try
        {
            AdapterFileConfig config = JsonSerializer.Deserialize<AdapterFileConfig>(File.ReadAllBytes(path), s_json)
                ?? throw new CheckpointException($"{path}: expected the config of adapters, got null");
            using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(folder, WeightsFile));
            return new AdapterFile(config, file);
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            throw new CheckpointException($"{path}: expected the config of adapters: {e.Message}");
        }
    }

    public void Dispose() => _owned.ForEach(tensor => tensor.Dispose());

    private Dictionary<string, Tensor> Read(SafetensorsFile file, KeyValuePair<string, AdapterShape> modality)
    {
        using IDisposable unrecorded = no_grad();
        Dictionary<string, Tensor> weights = [];
        foreach (ParameterSpec spec in modality.Value.Parameters)
        {
            Tensor weight = TensorFile.Read(file, $"{modality.Key}.{spec.Name}", ScalarType.Float32, spec.Shape);
            _owned.Add(weight.DetachFromDisposeScope());
            weights.Add(spec.Name, weight);
        }

        return weights;
    }
}
