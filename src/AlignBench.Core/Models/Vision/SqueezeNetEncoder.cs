using AlignBench.Nn;
using AlignBench.Nn.Convolutions;
using AlignBench.Nn.Weights;
using static TorchSharp.torch;

namespace AlignBench.Models.Vision;

/// <summary>
/// SqueezeNet 1.1 (Iandola et al. 2016, arXiv:1602.07360). Names and numbers follow torchvision's
/// squeezenet1_1: layer i is the output of <c>features[i]</c>; pooled is the mean over the positions of the
/// last. Deviations: none.
/// </summary>
public sealed class SqueezeNetEncoder : ImageEncoder
{
    private const int StemWidth = 64;
    private const int LastLayer = 12;

    /// <summary>
    /// Place in <c>features</c>, channels in, squeezed, and out of each of the two expanding convolutions.
    /// </summary>
    private static readonly (int Place, int Inputs, int Squeezed, int Expanded)[] s_fires =
    [
        (3, 64, 16, 64), (4, 128, 16, 64), (6, 128, 32, 128), (7, 256, 32, 128),
        (9, 256, 48, 192), (10, 384, 48, 192), (11, 384, 64, 256), (12, 512, 64, 256),
    ];

    private readonly Convolution _stem;
    private readonly Dictionary<int, Fire> _fires;

    /// <exception cref="CheckpointException">A weight is missing, left over or of another shape.</exception>
    public SqueezeNetEncoder(WeightReader weights)
        : base(2 * s_fires[^1].Expanded)
    {
        _stem = new Convolution(
            weights.Under("features.0"), new ConvolutionShape(3, StemWidth, Kernel: 3, Stride: 2));
        _fires = s_fires.ToDictionary(
            fire => fire.Place,
            fire =>
                new Fire(weights.Under($"features.{fire.Place}"), fire.Inputs, fire.Squeezed, fire.Expanded));
        weights.Ignore("classifier.*");     // the head
        weights.Recognize("torchvision");
        weights.ThrowIfUnread();
        Features = FeatureMap.Features(LastLayer);
    }

    /// <inheritdoc/>
    public override FeatureSelection DefaultFeature => FeatureSelection.Parse("pooled");

    private protected override TokenFeatures Features { get; }

    /// <summary>Refuses settings of another network than the published one.</summary>
    /// <exception cref="CheckpointException">A key is unknown.</exception>
    internal static SqueezeNetEncoder Create(ConfigReader config, WeightReader weights)
    {
        config.AcceptPublishing();
        config.ThrowIfUnread();
        return new SqueezeNetEncoder(weights);
    }

    internal override IEnumerable<Tensor> HiddenStates(Tensor images, int? classTokenOnlyAt = null) =>
        FeatureMap.States(() => _stem.Forward(images), Enumerable.Range(1, LastLayer).Select(Layer));

    private Func<Tensor, Tensor> Layer(int place) => place switch
    {
        1 => x => x.relu(),
        2 or 5 or 8 => x => nn.functional.max_pool2d(x, 3, stride: 2, ceil_mode: true),
        _ => _fires[place].Forward,
    };

    private sealed class Fire(WeightReader weights, int inputs, int squeezed, int expanded)
    {
        private readonly Convolution _squeeze =
            new(weights.Under("squeeze"), ConvolutionShape.Same(inputs, squeezed, kernel: 1));

        private readonly Convolution _near =
            new(weights.Under("expand1x1"), ConvolutionShape.Same(squeezed, expanded, kernel: 1));

        private readonly Convolution _far =
            new(weights.Under("expand3x3"), ConvolutionShape.Same(squeezed, expanded, kernel: 3));

        public Tensor Forward(Tensor x)
        {
            x = _squeeze.Forward(x, Activations.Relu);
            return cat([_near.Forward(x, Activations.Relu), _far.Forward(x, Activations.Relu)], dim: 1);
        }
    }
}
