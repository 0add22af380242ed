using System.Runtime.InteropServices;
using AlignBench.Safetensors;

namespace AlignBench.Benchmarks;

/// <summary>A checkpoint of small numbers under the names that an encoder reads.</summary>
internal sealed class MadeUpWeights(IEnumerable<(string Name, long[] Shape)> tensors) : IWeightSource
{
    public IReadOnlyList<string> Files => ["made up"];

    public IReadOnlyDictionary<string, StoredTensor> Tensors { get; } = tensors.ToDictionary(
        tensor => tensor.Name,
        tensor => new StoredTensor("made up", tensor.Name, StoredType.F32, tensor.Shape, Offset: 0));

    /// <summary>Names and shapes of DINOv2's weights, as transformers has them.</summary>
    public static MadeUpWeights Dinov2(int width, int depth, int hidden, int patchSide, int positions) => new(
    [
        ("embeddings.cls_token", [1, 1, width]),
        ("embeddings.position_embeddings", [1, 1 + positions, width]),
        ("embeddings.patch_embeddings.projection.weight", [width, 3, patchSide, patchSide]),
        ("embeddings.patch_embeddings.projection.bias", [width]),
        .. Enumerable.Range(0, depth).Select(i => $"encoder.layer.{i}").SelectMany(layer => Layers(
            (layer + ".attention.attention.query", width, width),
            (layer + ".attention.attention.key", width, width),
            (layer + ".attention.attention.value", width, width),
            (layer + ".attention.output.dense", width, width),
            (layer + ".mlp.fc1", width, hidden),
            (layer + ".mlp.fc2", hidden, width)).Concat(
        [
            ($"{layer}.layer_scale1.lambda1", [width]),
            ($"{layer}.layer_scale2.lambda1", [width]),
            .. Norm($"{layer}.norm1", width),
            .. Norm($"{layer}.norm2", width),
        ])),
        .. Norm("layernorm", width),
    ]);

    /// <summary>The same of DistilBERT.</summary>
    public static MadeUpWeights DistilBert(int vocabulary, int positions, int width, int depth, int hidden) =>
        new(
        [
            ("embeddings.word_embeddings.weight", [vocabulary, width]),
            ("embeddings.position_embeddings.weight", [positions, width]),
            .. Norm("embeddings.LayerNorm", width),
            .. Enumerable.Range(0, depth).Select(i => $"transformer.layer.{i}").SelectMany(layer => Layers(
                (layer + ".attention.q_lin", width, width),
                (layer + ".attention.k_lin", width, width),
                (layer + ".attention.v_lin", width, width),
                (layer + ".attention.out_lin", width, width),
                (layer + ".ffn.lin1", width, hidden),
                (layer + ".ffn.lin2", hidden, width)).Concat(
            [
                .. Norm($"{layer}.sa_layer_norm", width),
                .. Norm($"{layer}.output_layer_norm", width),
            ])),
        ]);

    /// <summary>The same of ResNet-18, as torchvision has them.</summary>
    public static MadeUpWeights ResNet18() => new(
    [
        .. Convolution("conv1", "bn1", 64, 3, 7),
        .. Enumerable.Range(1, 4).SelectMany(stage =>
        {
            long width = 32L << stage;
            long before = stage == 1 ? width : width / 2;
            string first = $"layer{stage}.0";
            string second = $"layer{stage}.1";
            return Convolution($"{first}.conv1", $"{first}.bn1", width, before, 3)
                .Concat(Convolution($"{first}.conv2", $"{first}.bn2", width, width, 3))
                .Concat(stage == 1
                    ? []
                    : Convolution($"{first}.downsample.0", $"{first}.downsample.1", width, before, 1))
                .Concat(Convolution($"{second}.conv1", $"{second}.bn1", width, width, 3))
                .Concat(Convolution($"{second}.conv2", $"{second}.bn2", width, width, 3));
        }),
    ]);

    public void ReadBytes(StoredTensor tensor, long start, Span<byte> destination)
    {
        Random random = new((int)tensor.Count);
        bool isVariance = tensor.Name.EndsWith("running_var", StringComparison.Ordinal);
        foreach (ref float value in MemoryMarshal.Cast<byte, float>(destination))
        {
            value = isVariance ? 1 : (random.NextSingle() - 0.5f) * 0.05f;
        }
    }

    public void Dispose()
    {
    }

    private static IEnumerable<(string Name, long[] Shape)> Layers(
        params (string Name, long Inputs, long Outputs)[] layers) =>
        layers.SelectMany(layer => new (string, long[])[]
        {
            ($"{layer.Name}.weight", [layer.Outputs, layer.Inputs]),
            ($"{layer.Name}.bias", [layer.Outputs]),
        });

    private static IEnumerable<(string Name, long[] Shape)> Convolution(
        string name, string norm, long outputs, long inputs, long kernel) =>
    [
        ($"{name}.weight", [outputs, inputs, kernel, kernel]),
        .. Norm(norm, outputs),
        ($"{norm}.running_mean", [outputs]),
        ($"{norm}.running_var", [outputs]),
    ];

    private static IEnumerable<(string Name, long[] Shape)> Norm(string name, long width) =>
        [($"{name}.weight", [width]), ($"{name}.bias", [width])];
}
