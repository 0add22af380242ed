using AlignBench.Nn;
using AlignBench.Nn.Convolutions;
using AlignBench.Nn.Weights;
using static TorchSharp.torch;

namespace AlignBench.Models.Vision;

/// <summary>
/// MobileNetV2 (Sandler et al. 2018, arXiv:1801.04381) of width 1. Names and numbers follow torchvision's
/// mobilenet_v2: layer i is the output of <c>features[i]</c>; pooled is the mean over the positions of the
/// last. Deviation: batch normalisation is folded into the convolutions.
/// </summary>
public sealed class MobileNetV2Encoder : ImageEncoder
{
    private const int StemWidth = 32;
    private const int LastWidth = 1280;
    private const double BatchNormEpsilon = 1e-5;

    /// <summary>The paper's table 2: expansion, channels out, repeats, stride of the first.</summary>
    private static readonly (int Expansion, int Outputs, int Repeats, int Stride)[] s_stages =
    [
        (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2),
        (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1),
    ];

    private readonly Convolution _stem;
    private readonly List<InvertedResidual> _blocks = [];
    private readonly Convolution _last;

    /// <exception cref="CheckpointException">A weight is missing, left over or of another shape.</exception>
    public MobileNetV2Encoder(WeightReader weights)
        : base(LastWidth)
    {
        WeightReader features = weights.Under("features");
        _stem = Layer(
            features.Under("0"), "0", "1", ConvolutionShape.Same(3, StemWidth, kernel: 3, stride: 2));
        int inputs = StemWidth;
        foreach ((int expansion, int outputs, int repeats, int stride) in s_stages)
        {
            for (int i = 0; i < repeats; i++)
            {
                WeightReader block = features.Under($"{_blocks.Count + 1}.conv");
                _blocks.Add(new InvertedResidual(block, inputs, outputs, i == 0 ? stride : 1, expansion));
                inputs = outputs;
            }
        }

        int last = _blocks.Count + 1;
        _last = Layer(
            features.Under($"{last}"), "0", "1", ConvolutionShape.Same(inputs, LastWidth, kernel: 1));
        weights.Ignore("classifier.*");     // the head
        weights.Recognize("torchvision");
        weights.ThrowIfUnread();
        Features = FeatureMap.Features(last);
    }

    /// <inheritdoc/>
    public override FeatureSelection DefaultFeature => FeatureSelection.Parse("pooled");

    private protected override TokenFeatures Features { get; }

    /// <summary>Refuses settings of another network than the published one.</summary>
    /// <exception cref="CheckpointException">
    /// A key is unknown, or a value one that is not supported.
    /// </exception>
    internal static MobileNetV2Encoder Create(ConfigReader config, WeightReader weights)
    {
        config.AcceptPublishing();
        if (config.Number("width_mult", 1) != 1
            || config.Number("batch_norm_eps", BatchNormEpsilon) != BatchNormEpsilon)
        {
            throw config.Unsupported(
                "width_mult", $"only width 1 with batch_norm_eps {BatchNormEpsilon} is supported");
        }

        config.ThrowIfUnread();
        return new MobileNetV2Encoder(weights);
    }

    internal override IEnumerable<Tensor> HiddenStates(Tensor images, int? classTokenOnlyAt = null) =>
        FeatureMap.States(
            () => _stem.Forward(images, Activations.Relu6),
            _blocks.Select<InvertedResidual, Func<Tensor, Tensor>>(block => block.Forward)
                .Append(x => _last.Forward(x, Activations.Relu6)));

    private static Convolution Layer(
        WeightReader weights, string convolution, string norm, ConvolutionShape shape) =>
        Convolution.WithBatchNorm(weights.Under(convolution), weights.Under(norm), shape, BatchNormEpsilon);

    private sealed class InvertedResidual
    {
        private readonly Convolution? _expand;
        private readonly Convolution _depthwise;
        private readonly Convolution _project;
        private readonly bool _skips;

        public InvertedResidual(WeightReader weights, int inputs, int outputs, int stride, int expansion)
        {
            int hidden = inputs * expansion;
            int next = 0;
            if (expansion > 1)
            {
                _expand = Layer(
                    weights.Under("0"), "0", "1", ConvolutionShape.Same(inputs, hidden, kernel: 1));
                next = 1;
            }

            _depthwise = Layer(
                weights.Under($"{next}"),
                "0",
                "1",
                ConvolutionShape.Same(hidden, hidden, kernel: 3, stride, groups: hidden));
            _project = Layer(
                weights, $"{next + 1}", $"{next + 2}", ConvolutionShape.Same(hidden, outputs, kernel: 1));
            _skips = stride == 1 && inputs == outputs;
        }

        public Tensor Forward(Tensor x)
        {
            Tensor y = _expand is null ? x : _expand.Forward(x, Activations.Relu6);
            y = _depthwise.Forward(y, Activations.Relu6);
            return _project.Forward(y, residual: _skips ? x : null);
        }
    }
}
