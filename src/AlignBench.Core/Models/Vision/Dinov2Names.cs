using System.Text.RegularExpressions;
using AlignBench.Nn.Weights;

namespace AlignBench.Models.Vision;

/// <summary>Whose names a DINOv2 checkpoint has.</summary>
internal enum Dinov2Naming
{
    HuggingFace,

    /// <summary>facebookresearch/dinov2.</summary>
    Original,

    Timm,
}

/// <summary>The original's and timm's names of DINOv2's weights as transformers'.</summary>
internal static class Dinov2Names
{
    private static readonly string[] s_fused = ["query", "key", "value"];

    private static readonly Regex s_blockTensor = new(@"^blocks\.(\d+)\.(.*)$");

    private static readonly (string Other, string HuggingFace)[] s_names =
    [
        ("cls_token", "embeddings.cls_token"),
        ("mask_token", "embeddings.mask_token"),
        ("register_tokens", "embeddings.register_tokens"),
        ("reg_token", "embeddings.register_tokens"),
        ("pos_embed", "embeddings.position_embeddings"),
    ];

    /// <summary>Whose names these are.</summary>
    public static Dinov2Naming Of(WeightReader weights) =>
        (weights.Has("pos_embed"), weights.Has("mask_token")) switch
        {
            (true, true) => Dinov2Naming.Original,
            (true, false) => Dinov2Naming.Timm,
            _ => Dinov2Naming.HuggingFace,
        };

    /// <summary>What the parts of a tensor are called in transformers.</summary>
    /// <param name="name">Its name in the file.</param>
    /// <param name="swiGlu">timm calls the two layers of both kinds of feed-forward fc1 and fc2.</param>
    public static IReadOnlyList<string> ToHuggingFace(string name, bool swiGlu)
    {
        foreach ((string other, string huggingFace) in s_names)
        {
            if (name == other)
            {
                return [huggingFace];
            }
        }

        Match block = s_blockTensor.Match(name);
        if (!block.Success)
        {
            return
            [
                Rename(
                    name,
                    "patch_embed.proj.", "embeddings.patch_embeddings.projection.",
                    "norm.", "layernorm."),
            ];
        }

        string start = $"encoder.layer.{block.Groups[1]}.";
        string rest = block.Groups[2].Value;
        if (rest.StartsWith("attn.qkv.", StringComparison.Ordinal))
        {
            string kind = rest["attn.qkv.".Length..];
            return [.. s_fused.Select(part => $"{start}attention.attention.{part}.{kind}")];
        }

        rest = Rename(
            rest,
            "attn.proj.", "attention.output.dense.",
            "ls1.gamma", "layer_scale1.lambda1",
            "ls2.gamma", "layer_scale2.lambda1",
            "mlp.w12.", "mlp.weights_in.",
            "mlp.w3.", "mlp.weights_out.");
        if (swiGlu)
        {
            rest = Rename(rest, "mlp.fc1.", "mlp.weights_in.", "mlp.fc2.", "mlp.weights_out.");
        }

        return [start + rest];
    }

    private static string Rename(string name, params ReadOnlySpan<string> pairs)
    {
        for (int i = 0; i < pairs.Length; i += 2)
        {
            if (name.StartsWith(pairs[i], StringComparison.Ordinal))
            {
                return pairs[i + 1] + name[pairs[i].Length..];
            }
        }

        return name;
    }
}
