using System.Globalization;
using System.Text;
using AlignBench.Features.Extraction;
using AlignBench.Features.Storage;
using AlignBench.Images;
using AlignBench.Models;
using AlignBench.Nn;
using AlignBench.Safetensors;
using AlignBench.Sounds;
using AlignBench.Tokenizers;
using TorchSharp;

namespace AlignBench.Features;

/// <summary>A checkpoint folder that has been found and not loaded.</summary>
public sealed class ModelSource
{
    private const string ProcessorFile = "preprocessor_config.json";
    private const string ConfigFile = "config.json";

    private static readonly string[] s_tokenizerFiles =
        ["tokenizer.json", "tokenizer.model", "vocab.txt", "vocab.json"];

    private readonly string _modelType;
    private readonly IReadOnlyList<string> _weightFiles;

    private ModelSource(string name, string folder)
    {
        Name = name;
        Folder = folder;
        _modelType = EncoderLoader.ReadModelType(folder);
        using IWeightSource weights = Checkpoint.Open(folder);
        _weightFiles = weights.Files;
    }

    /// <summary>Short name: the <c>vision</c> and <c>language</c> columns, and the folder in the store.</summary>
    public string Name { get; }

    public string Folder { get; }

    /// <summary>Whether the folder says how images are prepared.</summary>
    public bool EncodesImages => !EncodesSounds
        && (ProcessorPreset is not null
            || File.Exists(Path.Combine(Folder, ProcessorFile))
            || ImageProcessor.IsInConfig(Path.Combine(Folder, ConfigFile)));

    /// <summary>Whether the folder has a tokenizer of what it reads; a speech model's is of what it writes.</summary>
    public bool EncodesCaptions =>
        !EncodesSounds && s_tokenizerFiles.Any(file => File.Exists(Path.Combine(Folder, file)));

    /// <summary>Whether it is a model of sounds.</summary>
    public bool EncodesSounds => EncoderLoader.AudioModelTypes.Contains(_modelType);

    /// <summary>Study 1's layer and pooling for what the model encodes.</summary>
    public string DefaultSelection =>
        (EncodesImages ? FeatureSelection.PenultimateCls : FeatureSelection.PenultimateMean).Name;

    /// <param name="model">A folder, or a hub id in the Hugging Face cache.</param>
    /// <param name="root">Where relative folders start.</param>
    /// <param name="precision">A name of <see cref="EncoderPrecision"/>.</param>
    /// <exception cref="CheckpointException">Nothing usable of that name is there.</exception>
    /// <exception cref="ConfigException">This CPU does not have the precision.</exception>
    public static ModelSource Find(string model, string root, string precision = EncoderPrecision.Fp32) =>
        new(ModelLocator.ShortName(model), ModelLocator.Find(model, root)) { Engine = EncoderPrecision.EngineOf(precision) };

    /// <summary>The name of a preset of <see cref="ImageProcessorPresets"/> instead of the folder's own preparation.</summary>
    public string? ProcessorPreset { get; init; }

    /// <summary>Longer captions are cut to this many tokens from the right, the special ones staying; null: none is.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>
    /// Blocks are read when they are used, and not the whole model at once, also where it fits into memory. The
    /// numbers are the same.
    /// </summary>
    public bool BlockByBlock { get; init; }

    /// <summary>What the layers were asked to run on.</summary>
    public Engine Engine { get; private init; }

    /// <summary>
    /// A name of <see cref="EncoderPrecision"/>: a model of convolutions alone has float32 features whatever was asked.
    /// </summary>
    public string Precision => Engine == Engine.Bf16Kernels && EncoderLoader.HasLinearLayers(_modelType)
        ? EncoderPrecision.Bf16
        : EncoderPrecision.Fp32;

    /// <summary>The same in float32; null where it is already.</summary>
    public ModelSource? InFloat32() => Precision == EncoderPrecision.Fp32
        ? null
        : new(Name, Folder) { ProcessorPreset = ProcessorPreset, MaxTokens = MaxTokens, BlockByBlock = BlockByBlock };

    /// <summary>The same checkpoint with other settings of its input.</summary>
    public ModelSource WithInput(string? processorPreset, int? maxTokens) =>
        new(Name, Folder) { ProcessorPreset = processorPreset, MaxTokens = maxTokens, BlockByBlock = BlockByBlock, Engine = Engine };

    /// <summary>The same checkpoint, read block by block if so asked.</summary>
    public ModelSource WithLoading(bool blockByBlock) =>
        new(Name, Folder) { ProcessorPreset = ProcessorPreset, MaxTokens = MaxTokens, BlockByBlock = blockByBlock, Engine = Engine };

    /// <exception cref="CheckpointException">The model encodes no images.</exception>
    public ModelSource RequireImages() => EncodesImages
        ? this
        : throw new CheckpointException(
            $"{Folder}: expected a vision model with {ProcessorFile} (or pretrained_cfg in {ConfigFile}), this {_modelType} has none");

    /// <exception cref="CheckpointException">The model encodes no text.</exception>
    public ModelSource RequireCaptions() => EncodesCaptions
        ? this
        : throw new CheckpointException(
            $"{Folder}: expected a language model with {string.Join(" or ", s_tokenizerFiles)}, this {_modelType} has none");

    /// <exception cref="CheckpointException">The model encodes no sounds.</exception>
    public ModelSource RequireSounds() => EncodesSounds
        ? this
        : throw new CheckpointException(
            $"{Folder}: expected a model of sounds ({string.Join(", ", EncoderLoader.AudioModelTypes)}), this is a {_modelType}");

    /// <summary>The recipe of each selection: of the bytes of every file that the numbers depend on.</summary>
    /// <param name="selections">Layers and poolings.</param>
    /// <param name="digests">Of the model's files.</param>
    /// <param name="ignoresOrientation">Pictures are encoded as stored; see <see cref="OpenImages"/>.</param>
    public FeatureRecipe[] Recipes(
        IReadOnlyList<string> selections, FileDigests digests, bool ignoresOrientation = false)
    {
        ArgumentNullException.ThrowIfNull(digests);
        StringBuilder files = new(ignoresOrientation ? "orientation ignored\n" : "");
        foreach (string file in _weightFiles.Concat(Settings()).Order(StringComparer.Ordinal))
        {
            files.Append(Path.GetFileName(file)).Append(' ').Append(digests.Of(file).Sha256).Append('\n');
        }

        if (ProcessorPreset is not null)
        {
            files.Append("image processor ").Append(Processor().Fingerprint).Append('\n');
        }

        if (MaxTokens is int most)
        {
            files.Append(CultureInfo.InvariantCulture, $"at most {most} tokens\n");
        }

        string numbers = Precision == EncoderPrecision.Bf16 ? "bfloat16 linear layers" : "float32";
        return
        [
            .. selections.Select(FeatureSelection.Parse).Select(selection => new FeatureRecipe(
                Name,
                selection.Name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"code {FeatureRecipe.CodeVersion}\nprecision {numbers}\nselection {selection.Name}\n{files}"))),
        ];
    }

    /// <summary>Looks at all that is needed to encode, before any work is done; weights by names and shapes alone.</summary>
    /// <returns>How the checkpoint lies on disk.</returns>
    /// <exception cref="CheckpointException">Weights, config, tokenizer or processor can't be used.</exception>
    /// <exception cref="ConfigException">The encoder has no such layer or pooling.</exception>
    public CheckpointLayout Check(IReadOnlyList<string> selections)
    {
        FeatureSelection[] wanted = [.. selections.Select(FeatureSelection.Parse)];
        if (EncodesImages)
        {
            Processor();
        }

        if (EncodesCaptions)
        {
            TokenizerLoader.Load(Folder);
        }

        if (EncodesSounds)
        {
            SoundProcessor.FromFile(Path.Combine(Folder, ProcessorFile));
        }

        using LoadedEncoder shapes = EncoderLoader.Load(Folder, torch.META);
        IEncoder encoder = AnySide(shapes);
        foreach (FeatureSelection selection in wanted)
        {
            encoder.ThrowIfUnsupported(selection);
        }

        return shapes.Layout;
    }

    /// <summary>Blocks and channels, from names and shapes alone.</summary>
    /// <exception cref="CheckpointException">Weights or config can't be used.</exception>
    public (int Depth, int Width) Shape()
    {
        using LoadedEncoder shapes = EncoderLoader.Load(Folder, torch.META);
        IEncoder encoder = AnySide(shapes);
        return (encoder.Depth, encoder.Width);
    }

    /// <summary>Loads the image encoder and its processor.</summary>
    /// <param name="selections">Layers and poolings.</param>
    /// <param name="ignoresOrientation">Pictures are taken as stored, not turned upright.</param>
    /// <exception cref="CheckpointException">Weights, config or processor can't be used.</exception>
    /// <exception cref="ConfigException">The encoder has no such layer or pooling.</exception>
    public FeatureEncoder<byte[]> OpenImages(IReadOnlyList<string> selections, bool ignoresOrientation = false)
    {
        ImageProcessor processor = Processor();
        processor = processor with
        {
            Decoding = processor.Decoding with { ApplyOrientation = !ignoresOrientation },
        };
        (LoadedEncoder loaded, FeatureSelection[] wanted, string? loading) = Load(
            selections, encoder => encoder.Image!);
        return new ImageFeatures(loaded, processor, wanted, loading);
    }

    /// <summary>Loads the text encoder and its tokenizer.</summary>
    /// <exception cref="CheckpointException">Weights, config or tokenizer can't be used.</exception>
    /// <exception cref="ConfigException">The encoder has no such layer or pooling.</exception>
    public FeatureEncoder<string> OpenCaptions(IReadOnlyList<string> selections)
    {
        ITokenizer tokenizer = TokenizerLoader.Load(Folder);
        (LoadedEncoder loaded, FeatureSelection[] wanted, string? loading) = Load(
            selections, encoder => encoder.Text!);
        return new CaptionFeatures(loaded, tokenizer, MaxTokens, wanted, loading);
    }

    private long Parameters()
    {
        using LoadedEncoder shapes = EncoderLoader.Load(Folder, torch.META);
        return shapes.Parameters;
    }

    /// <summary>Loads the sound encoder and its processor.</summary>
    /// <exception cref="CheckpointException">Weights, config or processor can't be used.</exception>
    /// <exception cref="ConfigException">The encoder has no such layer or pooling.</exception>
    public FeatureEncoder<byte[]> OpenSounds(IReadOnlyList<string> selections)
    {
        SoundProcessor processor = SoundProcessor.FromFile(Path.Combine(Folder, ProcessorFile));
        (LoadedEncoder loaded, FeatureSelection[] wanted, string? loading) = Load(
            selections, encoder => encoder.Audio!);
        return new SoundFeatures(loaded, processor, wanted, loading);
    }

    private static IEncoder AnySide(LoadedEncoder loaded) =>
        (IEncoder?)loaded.Image ?? loaded.Text ?? (IEncoder)loaded.Audio!;

    private ImageProcessor Processor()
    {
        if (ProcessorPreset is string preset)
        {
            return ImageProcessorPresets.Find(preset);
        }

        string own = Path.Combine(Folder, ProcessorFile);
        return File.Exists(own) ? ImageProcessor.FromFile(own) : ImageProcessor.FromConfig(Path.Combine(Folder, ConfigFile));
    }

    private (LoadedEncoder Loaded, FeatureSelection[] Wanted, string? Loading) Load(
        IReadOnlyList<string> selections, Func<LoadedEncoder, IEncoder> side)
    {
        FeatureSelection[] wanted = [.. selections.Select(FeatureSelection.Parse)];
        torch.set_num_threads(1);   // the threads are over items
        string? loading = WeightMemory.WhyBlockByBlock(Parameters(), WeightMemory.Available(), BlockByBlock);
        LoadedEncoder loaded = loading is null
            ? EncoderLoader.Load(Folder, engine: Engine)
            : EncoderLoader.LoadBlockByBlock(Folder, Engine);
        try
        {
            foreach (FeatureSelection selection in wanted)
            {
                side(loaded).ThrowIfUnsupported(selection);
            }

            return (loaded, wanted, loading);
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    /// <summary>config.json, the tokenizer's files, the image processor's.</summary>
    private IEnumerable<string> Settings() => Directory.EnumerateFiles(Folder)
        .Where(file => Path.GetExtension(file) is ".json" or ".txt" or ".model")
        .Where(file => !file.EndsWith(".index.json", StringComparison.Ordinal));
}
