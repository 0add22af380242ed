using AlignBench.Nn;
using AlignBench.Safetensors;
using TorchSharp;

namespace AlignBench.Models;

/// <summary>An encoder from a folder. Disposing it frees its weights.</summary>
public sealed class LoadedEncoder : IDisposable
{
    private readonly WeightReader _weights;

    internal LoadedEncoder(
        string folder, ConfigReader config, IReadOnlyList<string> weightFiles, WeightReader weights, Towers towers)
    {
        _weights = weights;
        Folder = folder;
        ModelType = config.ModelType;
        Architecture = config.Architecture;
        WeightFiles = weightFiles;
        Parameters = weights.Parameters;
        Image = towers.Image;
        Text = towers.Text;
    }

    /// <summary>The model folder's full path.</summary>
    public string Folder { get; }

    /// <summary>The folder's last name, as in the hub's <c>owner/name</c>.</summary>
    public string Name => Path.GetFileName(Folder);

    /// <summary><c>model_type</c> of config.json.</summary>
    public string ModelType { get; }

    /// <summary>The class that saved the weights; empty if config.json does not say.</summary>
    public string Architecture { get; }

    /// <summary>Full paths of the files that hold the weights.</summary>
    public IReadOnlyList<string> WeightFiles { get; }

    /// <summary>Elements of the weights that the encoder uses; heads that it does not use are not counted.</summary>
    public long Parameters { get; }

    /// <summary>The image side, if it has one.</summary>
    public IImageEncoder? Image { get; }

    /// <summary>The text side, if it has one.</summary>
    public ITextEncoder? Text { get; }

    /// <inheritdoc/>
    public void Dispose() => _weights.Dispose();
}

/// <summary>What a checkpoint encodes: images, texts or both.</summary>
internal sealed record Towers(IImageEncoder? Image = null, ITextEncoder? Text = null);

/// <summary>Builds the encoder that a Hugging Face model folder describes.</summary>
public static class EncoderLoader
{
    private static readonly (string ModelType, Func<ConfigReader, WeightReader, Towers> Create)[] s_models =
    [
        ("bloom", (config, weights) => new Towers(Text: new BloomEncoder(BloomConfig.From(config), weights))),
        ("dinov2", (config, weights) => new Towers(Image: new Dinov2Encoder(Dinov2Config.From(config), weights))),
        ("dinov2_with_registers", (config, weights) => new Towers(Image: new Dinov2Encoder(Dinov2Config.From(config), weights))),
        ("gemma", (config, weights) => new Towers(Text: new LlamaEncoder(LlamaFamily.Gemma(config), weights))),
        ("llama", (config, weights) => new Towers(Text: new LlamaEncoder(LlamaFamily.Llama(config), weights))),
        ("mistral", (config, weights) => new Towers(Text: new LlamaEncoder(LlamaFamily.Mistral(config), weights))),
        ("mixtral", (config, weights) => new Towers(Text: new LlamaEncoder(LlamaFamily.Mixtral(config), weights))),
        ("olmo", (config, weights) => new Towers(Text: new LlamaEncoder(LlamaFamily.Olmo(config), weights))),
        ("olmo2", (config, weights) => new Towers(Text: new LlamaEncoder(LlamaFamily.Olmo2(config), weights))),
        ("qwen2", (config, weights) => new Towers(Text: new LlamaEncoder(LlamaFamily.Qwen2(config), weights))),
    ];

    /// <summary>Values of <c>model_type</c> that can be loaded.</summary>
    public static IReadOnlyList<string> ModelTypes { get; } = [.. s_models.Select(model => model.ModelType)];

    /// <summary>Reads config.json and the weights, widened to float32. Not inside a <see cref="DisposeScope"/>.</summary>
    /// <param name="folder">Has config.json and the weights.</param>
    /// <param name="device">Where the weights shall be; the CPU by default.</param>
    /// <exception cref="CheckpointException">
    /// Config or weights are missing, malformed, do not belong together or describe a model that is not supported.
    /// </exception>
    public static LoadedEncoder Load(string folder, torch.Device? device = null)
    {
        folder = Path.GetFullPath(folder);
        string modelType = ReadModelType(folder);
        ConfigReader config = ConfigReader.Open(folder);
        Func<ConfigReader, WeightReader, Towers> create = s_models.First(model => model.ModelType == modelType).Create;
        using IWeightSource source = Checkpoint.Open(folder);
        WeightReader weights = new(source, device);
        try
        {
            return new LoadedEncoder(folder, config, source.Files, weights, create(config, weights));
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>The <c>model_type</c> of a folder's config.json, without a look at the weights.</summary>
    /// <exception cref="CheckpointException">There is no config, or the model type is not supported.</exception>
    public static string ReadModelType(string folder)
    {
        ConfigReader config = ConfigReader.Open(folder);
        return ModelTypes.Contains(config.ModelType)
            ? config.ModelType
            : throw new CheckpointException(
                $"{config.File}: model_type {config.ModelType} is not supported; known are {string.Join(", ", ModelTypes)}");
    }
}
