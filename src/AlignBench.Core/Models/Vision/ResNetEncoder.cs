using AlignBench.Nn;
using AlignBench.Nn.Convolutions;
using AlignBench.Nn.Weights;
using static TorchSharp.torch;

namespace AlignBench.Models.Vision;

/// <summary>
/// ResNet (He et al. 2015, arXiv:1512.03385). Names and numbers follow transformers' ResNetModel, or
/// torchvision's and timm's resnet; layer 0 is the stem, layer i the i-th stage; pooled is the mean over the
/// last stage's positions. Deviation: batch normalisation is folded into the convolutions.
/// </summary>
/// <remarks>B = images, C = channels of a stage.</remarks>
public sealed class ResNetEncoder : ImageEncoder
{
    private readonly Convolution _stem;
    private readonly Activation _activation;
    private readonly Block[][] _stages;

    /// <exception cref="CheckpointException">A weight is missing, left over or of another shape.</exception>
    public ResNetEncoder(ResNetConfig config, WeightReader weights)
        : base(config.Widths[^1])
    {
        WeightReader model = weights.UnderIfPresent("resnet");
        ResNetLayout layout = model.Has("conv1.weight") ? ResNetLayout.Torchvision : ResNetLayout.HuggingFace;
        weights.Recognize(layout.Publisher);
        _activation = Activations.ByName(config.Activation);
        _stem = Layer(
            config,
            model,
            layout.Stem,
            ConvolutionShape.Same(config.Channels, config.StemWidth, kernel: 7, stride: 2));
        _stages =
        [
            .. Enumerable.Range(0, config.Depths.Length).Select(stage => Stage(config, stage, model, layout)),
        ];
        weights.Ignore(layout.Head);
        weights.ThrowIfUnread();
        Features = FeatureMap.Features(_stages.Length);
    }

    /// <inheritdoc/>
    public override FeatureSelection DefaultFeature => FeatureSelection.Parse("pooled");

    private protected override TokenFeatures Features { get; }

    internal override IEnumerable<Tensor> HiddenStates(Tensor images, int? classTokenOnlyAt = null) =>
        FeatureMap.States(() => Stem(images), Stages());

    /// <summary>The stem's output after max pooling, then each stage's: [B, C, height, width].</summary>
    internal IEnumerable<Tensor> Maps(Tensor images) => Blocks.States(() => Stem(images), Stages());

    private Tensor Stem(Tensor images) =>
        nn.functional.max_pool2d(_stem.Forward(images, _activation), 3, stride: 2, padding: 1);

    private IEnumerable<Func<Tensor, Tensor>> Stages() => _stages.Select<Block[], Func<Tensor, Tensor>>(
        stage => x => stage.Aggregate(x, (map, block) => block.Forward(map)));

    private static Block[] Stage(ResNetConfig config, int stage, WeightReader weights, ResNetLayout layout)
    {
        Block[] blocks = new Block[config.Depths[stage]];
        for (int i = 0; i < blocks.Length; i++)
        {
            int inputs = i > 0
                ? config.Widths[stage]
                : stage > 0 ? config.Widths[stage - 1] : config.StemWidth;
            bool halves = i == 0 && (stage > 0 || config.FirstStageHalves);
            blocks[i] = new Block(config, stage, i, inputs, halves ? 2 : 1, weights, layout);
        }

        return blocks;
    }

    private static Convolution Layer(
        ResNetConfig config, WeightReader weights, ConvolutionName name, ConvolutionShape shape) =>
        Convolution.WithBatchNorm(
            weights.Under(name.Convolution), weights.Under(name.Norm), shape, config.BatchNormEpsilon);

    private sealed class Block
    {
        private readonly Convolution[] _layers;
        private readonly Convolution? _shortcut;
        private readonly Activation _activation;

        public Block(
            ResNetConfig config,
            int stage,
            int index,
            int inputs,
            int stride,
            WeightReader weights,
            ResNetLayout layout)
        {
            int outputs = config.Widths[stage];
            ConvolutionShape[] shapes = config.Bottleneck
                ? Bottleneck(config, inputs, outputs, stride)
                :
                [
                    ConvolutionShape.Same(inputs, outputs, 3, stride),
                    ConvolutionShape.Same(outputs, outputs, 3),
                ];
            _layers =
            [
                .. shapes.Select((shape, i) => Layer(config, weights, layout.Layer(stage, index, i), shape)),
            ];
            _shortcut = inputs == outputs && stride == 1
                ? null
                : Layer(
                    config,
                    weights,
                    layout.Shortcut(stage, index),
                    ConvolutionShape.Same(inputs, outputs, 1, stride));
            _activation = Activations.ByName(config.Activation);
        }

        public Tensor Forward(Tensor x)
        {
            Tensor y = x;
            foreach (Convolution layer in _layers[..^1])
            {
                y = layer.Forward(y, _activation);
            }

            return _layers[^1].Forward(y, _activation, _shortcut?.Forward(x) ?? x);
        }

        private static ConvolutionShape[] Bottleneck(ResNetConfig config, int inputs, int outputs, int stride)
        {
            int narrow = outputs / 4;
            return
            [
                ConvolutionShape.Same(inputs, narrow, 1, config.FirstConvolutionHalves ? stride : 1),
                ConvolutionShape.Same(narrow, narrow, 3, config.FirstConvolutionHalves ? 1 : stride),
                ConvolutionShape.Same(narrow, outputs, 1),
            ];
        }
    }
}
