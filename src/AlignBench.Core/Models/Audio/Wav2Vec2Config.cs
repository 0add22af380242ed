namespace AlignBench.Models.Audio;

/// <summary>
/// The shape of a wav2vec 2.0 encoder, as in its config.json; defaults are those of transformers.
/// </summary>
public sealed record Wav2Vec2Config
{
    /// <summary>D.</summary>
    public required int Width { get; init; }

    /// <summary>L.</summary>
    public required int Depth { get; init; }

    /// <summary>H.</summary>
    public required int Heads { get; init; }

    /// <summary>Channels between the two layers of the feed-forward.</summary>
    public required int Hidden { get; init; }

    /// <summary>Channels of each convolution over the samples.</summary>
    public required int[] ConvolutionWidths { get; init; }

    /// <summary>Samples that each convolution sees.</summary>
    public required int[] Kernels { get; init; }

    /// <summary>Steps of each convolution.</summary>
    public required int[] Strides { get; init; }

    public bool ConvolutionBias { get; init; }

    /// <summary>
    /// Each convolution is followed by a layer norm; else only the first by a group norm over time.
    /// </summary>
    public bool NormsEveryConvolution { get; init; }

    public string ConvolutionActivation { get; init; } = "gelu";

    /// <summary>Frames that the positional convolution sees.</summary>
    public int PositionKernel { get; init; } = 128;

    public int PositionGroups { get; init; } = 16;

    public string Activation { get; init; } = "gelu";

    public double LayerNormEpsilon { get; init; } = 1e-5;

    /// <summary>
    /// Norms before attention and feed-forward, and one at the end (the large models), not after.
    /// </summary>
    public bool NormsFirst { get; init; }

    /// <summary>From a config.json of model_type wav2vec2.</summary>
    /// <exception cref="CheckpointException">
    /// A key is unknown, or a value one that is not supported.
    /// </exception>
    public static Wav2Vec2Config From(ConfigReader config)
    {
        AcceptTraining(config);
        config.Require("add_adapter", "false");
        config.Require("use_weighted_layer_sum", "false");
        string norm = config.Text("feat_extract_norm", "group");
        if (norm is not ("group" or "layer"))
        {
            throw config.Unsupported("feat_extract_norm", $"expected group or layer, got {norm}");
        }

        Wav2Vec2Config read = new()
        {
            Width = config.CountOrNull("hidden_size") ?? 768,
            Depth = config.CountOrNull("num_hidden_layers") ?? 12,
            Heads = config.CountOrNull("num_attention_heads") ?? 12,
            Hidden = config.CountOrNull("intermediate_size") ?? 3072,
            ConvolutionWidths = config.Counts("conv_dim") ?? [512, 512, 512, 512, 512, 512, 512],
            Kernels = config.Counts("conv_kernel") ?? [10, 3, 3, 3, 3, 2, 2],
            Strides = config.Counts("conv_stride") ?? [5, 2, 2, 2, 2, 2, 2],
            ConvolutionBias = config.Flag("conv_bias", false),
            NormsEveryConvolution = norm == "layer",
            ConvolutionActivation = config.Activation("feat_extract_activation", "gelu"),
            PositionKernel = config.CountOrNull("num_conv_pos_embeddings") ?? 128,
            PositionGroups = config.CountOrNull("num_conv_pos_embedding_groups") ?? 16,
            Activation = config.Activation("hidden_act", "gelu"),
            LayerNormEpsilon = config.Number("layer_norm_eps", 1e-5),
            NormsFirst = config.Flag("do_stable_layer_norm", false),
        };
        config.ThrowIfUnread();
        return read.Kernels.Length == read.ConvolutionWidths.Length
            && read.Strides.Length == read.Kernels.Length
            ? read
            : throw config.Unsupported("conv_dim", "conv_dim, conv_kernel and conv_stride differ in length");
    }

    /// <summary>Dropout, masking, quantiser, losses and heads.</summary>
    private static void AcceptTraining(ConfigReader config) => config.Accept(
        "activation_dropout", "adapter_attn_dim", "adapter_kernel_size", "adapter_stride",
        "apply_spec_augment",
        "attention_dropout", "classifier_proj_size", "codevector_dim", "contrastive_logits_temperature",
        "ctc_loss_reduction", "ctc_zero_infinity", "diversity_loss_weight", "feat_proj_dropout",
        "feat_extract_dropout", "feat_quantizer_dropout", "final_dropout", "freeze_feat_extract_train",
        "hidden_dropout", "hidden_dropout_prob", "layerdrop", "mask_channel_length", "mask_channel_min_space",
        "mask_channel_other", "mask_channel_prob", "mask_channel_selection", "mask_feature_length",
        "mask_feature_min_masks", "mask_feature_prob", "mask_time_length", "mask_time_min_masks",
        "mask_time_min_space", "mask_time_other", "mask_time_prob", "mask_time_selection",
        "no_mask_channel_overlap",
        "no_mask_time_overlap", "num_adapter_layers", "num_codevector_groups", "num_codevectors_per_group",
        "num_feat_extract_layers", "num_negatives", "output_hidden_size", "proj_codevector_dim",
        "tdnn_dilation",
        "tdnn_dim", "tdnn_kernel", "vocab_size", "xvector_output_dim");
}
