using System.Text.RegularExpressions;
using AlignBench.Nn.Weights;

namespace AlignBench.Models.Vision;

/// <summary>
/// OpenAI's (and open_clip's) names of CLIP's weights as transformers'. The two projections keep theirs.
/// </summary>
internal static class ClipNames
{
    private static readonly Regex s_stackedProjection = new(@"^(.*)\.attn\.in_proj_(weight|bias)$");

    private static readonly (string OpenAi, string HuggingFace)[] s_starts =
    [
        ("visual.class_embedding", "vision_model.embeddings.class_embedding"),
        ("visual.conv1.", "vision_model.embeddings.patch_embedding."),
        ("visual.positional_embedding", "vision_model.embeddings.position_embedding.weight"),
        ("visual.ln_pre.", "vision_model.pre_layrnorm."),
        ("visual.ln_post.", "vision_model.post_layernorm."),
        ("visual.transformer.resblocks.", "vision_model.encoder.layers."),
        ("token_embedding.", "text_model.embeddings.token_embedding."),
        ("positional_embedding", "text_model.embeddings.position_embedding.weight"),
        ("ln_final.", "text_model.final_layer_norm."),
        ("transformer.resblocks.", "text_model.encoder.layers."),
    ];

    private static readonly (string OpenAi, string HuggingFace)[] s_layers =
    [
        (".attn.out_proj.", ".self_attn.out_proj."),
        (".ln_1.", ".layer_norm1."),
        (".ln_2.", ".layer_norm2."),
        (".mlp.c_fc.", ".mlp.fc1."),
        (".mlp.c_proj.", ".mlp.fc2."),
    ];

    /// <summary>Whether the checkpoint has OpenAI's names.</summary>
    public static bool AreIn(WeightReader weights) => weights.Has("visual.proj");

    /// <summary>What the parts of a tensor are called in transformers.</summary>
    public static IReadOnlyList<string> ToHuggingFace(string name)
    {
        (string? openAi, string? huggingFace) = s_starts.FirstOrDefault(
            start => name.StartsWith(start.OpenAi, StringComparison.Ordinal));
        name = huggingFace + name[(openAi?.Length ?? 0)..];
        foreach ((string from, string to) in s_layers)
        {
            name = name.Replace(from, to, StringComparison.Ordinal);
        }

        Match stacked = s_stackedProjection.Match(name);
        return stacked.Success
            ? [.. "qkv".Select(part => $"{stacked.Groups[1]}.self_attn.{part}_proj.{stacked.Groups[2]}")]
            : [name];
    }
}
