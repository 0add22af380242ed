using AlignBench.Models.Audio;
using AlignBench.Models.Language;
using AlignBench.Models.Vision;
using AlignBench.Nn;
using AlignBench.Nn.Weights;
using AlignBench.Safetensors;
using TorchSharp;

namespace AlignBench.Models;

/// <summary>An encoder from a folder. Disposing it frees its weights.</summary>
public sealed class LoadedEncoder : IDisposable
{
    private readonly WeightReader _weights;
    private readonly IWeightSource? _source;

    internal LoadedEncoder(
        string folder,
        ConfigReader config,
        IWeightSource source,
        WeightReader weights,
        Towers towers)
    {
        _weights = weights;
        _source = weights.BlockByBlock ? source : null;
        Folder = folder;
        ModelType = config.ModelType;
        Architecture = config.Architecture;
        WeightFiles = source.Files;
        Layout = CheckpointLayout.Of(source, weights);
        Parameters = weights.Parameters;
        Image = towers.Image;
        Text = towers.Text;
        Audio = towers.Audio;
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

    /// <summary>How the weights lie on disk.</summary>
    public CheckpointLayout Layout { get; }

    /// <summary>
    /// Elements of the weights that the encoder uses; heads that it does not use are not counted.
    /// </summary>
    public long Parameters { get; }

    /// <summary>
    /// Whether blocks are read from the files when they are used, and freed: to be used with
    /// <see cref="ITextEncoder.EncodeBlockByBlock"/> and its like, since any other call reads them all again.
    /// </summary>
    public bool IsBlockByBlock => _weights.BlockByBlock;

    /// <summary>The image side, if it has one.</summary>
    public IImageEncoder? Image { get; }

    /// <summary>The text side, if it has one.</summary>
    public ITextEncoder? Text { get; }

    /// <summary>The sound side, if it has one.</summary>
    public IAudioEncoder? Audio { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _weights.Dispose();
        _source?.Dispose();
    }
}

/// <summary>What a checkpoint encodes: images, texts, both, or sounds.</summary>
internal sealed record Towers(
    IImageEncoder? Image = null, ITextEncoder? Text = null, IAudioEncoder? Audio = null);

/// <summary>Builds the encoder that a Hugging Face model folder describes.</summary>
public static class EncoderLoader
{
    /// <summary>Those of <see cref="ModelTypes"/> that encode sounds.</summary>
    public static IReadOnlyList<string> AudioModelTypes { get; } = ["wav2vec2"];

    private static readonly (string ModelType, Func<ConfigReader, WeightReader, Towers> Create)[] s_models =
    [
        Text("bert", (config, weights) => new BertEncoder(BertConfig.From(config), weights)),
        Text("bloom", (config, weights) => new BloomEncoder(BloomConfig.From(config), weights)),
        ("clip", (config, weights) => ClipEncoder.Create(ClipConfig.From(config), weights)),
        Text("clip_text_model", ClipEncoder.CreateText),
        Image("clip_vision_model", ClipEncoder.CreateVision),
        Image("dinov2", (config, weights) => Dinov2Encoder.Create(Dinov2Config.From(config), weights)),
        Image(
            "dinov2_with_registers",
            (config, weights) => Dinov2Encoder.Create(Dinov2Config.From(config), weights)),
        Text(
            "distilbert", (config, weights) => new DistilBertEncoder(DistilBertConfig.From(config), weights)),
        Text("gemma", (config, weights) => new LlamaEncoder(LlamaFamily.Gemma(config), weights)),
        Text("gpt2", (config, weights) => new Gpt2Encoder(Gpt2Config.From(config), weights)),
        Text("gpt_neox", (config, weights) => new GptNeoXEncoder(GptNeoXConfig.From(config), weights)),
        Text("llama", (config, weights) => new LlamaEncoder(LlamaFamily.Llama(config), weights)),
        Text("mistral", (config, weights) => new LlamaEncoder(LlamaFamily.Mistral(config), weights)),
        Text("mixtral", (config, weights) => new LlamaEncoder(LlamaFamily.Mixtral(config), weights)),
        Image("mobilenet_v2", MobileNetV2Encoder.Create),
        Text("mpnet", (config, weights) => new MpnetEncoder(MpnetConfig.From(config), weights)),
        Text("olmo", (config, weights) => new LlamaEncoder(LlamaFamily.Olmo(config), weights)),
        Text("olmo2", (config, weights) => new LlamaEncoder(LlamaFamily.Olmo2(config), weights)),
        Text("opt", (config, weights) => new OptEncoder(OptConfig.From(config), weights)),
        Text("qwen2", (config, weights) => new LlamaEncoder(LlamaFamily.Qwen2(config), weights)),
        Image(
            "resnet", (config, weights) => new ResNetEncoder(ResNetConfig.FromHuggingFace(config), weights)),
        Text("roberta", (config, weights) => new BertEncoder(BertConfig.From(config), weights)),
        Image("squeezenet1_1", SqueezeNetEncoder.Create),
        Text("t5", (config, weights) => new T5Encoder(T5Config.From(config), weights)),
        Image("vit", (config, weights) => new ViTEncoder(ViTConfig.From(config), weights)),
        .. AudioModelTypes.Select(type =>
            Audio(type, (config, weights) => new Wav2Vec2Encoder(Wav2Vec2Config.From(config), weights))),
        .. Timm(
            ["resnet18", "resnet34", "resnet50", "resnet101", "resnet152"],
            (config, weights) => new ResNetEncoder(ResNetConfig.FromTimm(config), weights)),
        .. Timm(
            [
                "vit_small_patch14_dinov2", "vit_base_patch14_dinov2", "vit_large_patch14_dinov2",
                "vit_giant_patch14_dinov2", "vit_small_patch14_reg4_dinov2", "vit_base_patch14_reg4_dinov2",
                "vit_large_patch14_reg4_dinov2", "vit_giant_patch14_reg4_dinov2",
            ],
            (config, weights) => Dinov2Encoder.Create(Dinov2Config.FromTimm(config), weights)),
    ];

    /// <summary>Whether a model has linear layers; those without have convolutions alone.</summary>
    public static bool HasLinearLayers(string modelType)
    {
        ArgumentNullException.ThrowIfNull(modelType);
        return modelType is not ("mobilenet_v2" or "squeezenet1_1") && !modelType.StartsWith("resnet", StringComparison.Ordinal);
    }

    /// <summary>
    /// Values of <c>model_type</c>, or of timm's <c>architecture</c> without its tag, that can be loaded.
    /// </summary>
    public static IReadOnlyList<string> ModelTypes { get; } = [.. s_models.Select(model => model.ModelType)];

    /// <summary>
    /// Reads config.json and the weights, widened to float32. Not inside a <see cref="DisposeScope"/>.
    /// </summary>
    /// <param name="folder">Has config.json and the weights.</param>
    /// <param name="device">
    /// Where the weights shall be; the CPU by default. The meta device checks names and shapes without
    /// reading a value.
    /// </param>
    /// <param name="engine">What the layers run on.</param>
    /// <exception cref="CheckpointException">
    /// Config or weights are missing, malformed, do not belong together or describe a model that is not
    /// supported.
    /// </exception>
    public static LoadedEncoder Load(
        string folder, torch.Device? device = null, Engine engine = Engine.Kernels)
    {
        folder = Path.GetFullPath(folder);
        ConfigReader config = ConfigReader.Open(folder);
        ThrowIfUnsupported(config);
        using IWeightSource source = Checkpoint.Open(folder);
        return Build(folder, config, source, new WeightReader(source, device, engine: engine));
    }

    /// <summary>
    /// The same for a model that is larger than memory: blocks are read when they are used, a word's row of
    /// the embedding when the word comes by. The files stay open. All names and shapes are checked now.
    /// </summary>
    /// <exception cref="CheckpointException">As <see cref="Load"/>.</exception>
    public static LoadedEncoder LoadBlockByBlock(string folder, Engine engine = Engine.Kernels)
    {
        folder = Path.GetFullPath(folder);
        ConfigReader config = ConfigReader.Open(folder);
        ThrowIfUnsupported(config);
        IWeightSource source = Checkpoint.Open(folder);
        try
        {
            return Build(folder, config, source, new WeightReader(source, blockByBlock: true, engine: engine));
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>The same from any source of weights.</summary>
    internal static LoadedEncoder Build(
        string folder, ConfigReader config, IWeightSource source, WeightReader weights)
    {
        Func<ConfigReader, WeightReader, Towers> create =
            s_models.First(model => model.ModelType == config.ModelType).Create;
        try
        {
            return new LoadedEncoder(folder, config, source, weights, create(config, weights));
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>The <c>model_type</c> of a folder's config.json, without a look at the weights.</summary>
    /// <exception cref="CheckpointException">
    /// There is no config, or the model type is not supported.
    /// </exception>
    public static string ReadModelType(string folder)
    {
        ConfigReader config = ConfigReader.Open(folder);
        ThrowIfUnsupported(config);
        return config.ModelType;
    }

    private static void ThrowIfUnsupported(ConfigReader config)
    {
        if (!ModelTypes.Contains(config.ModelType))
        {
            throw new CheckpointException(
                $"{config.File}: model_type {config.ModelType} is not supported; "
                + $"known are {string.Join(", ", ModelTypes)}");
        }
    }

    private static (string ModelType, Func<ConfigReader, WeightReader, Towers> Create) Image(
        string modelType, Func<ConfigReader, WeightReader, IImageEncoder> create) =>
        (modelType, (config, weights) => new Towers(Image: create(config, weights)));

    private static (string ModelType, Func<ConfigReader, WeightReader, Towers> Create) Text(
        string modelType, Func<ConfigReader, WeightReader, ITextEncoder> create) =>
        (modelType, (config, weights) => new Towers(Text: create(config, weights)));

    private static (string ModelType, Func<ConfigReader, WeightReader, Towers> Create) Audio(
        string modelType, Func<ConfigReader, WeightReader, IAudioEncoder> create) =>
        (modelType, (config, weights) => new Towers(Audio: create(config, weights)));

    private static IEnumerable<(string ModelType, Func<ConfigReader, WeightReader, Towers> Create)> Timm(
        string[] architectures, Func<ConfigReader, WeightReader, IImageEncoder> create) =>
        architectures.Select(architecture => Image(architecture, create));
}
