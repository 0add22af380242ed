namespace AlignBench.Experiments;

/// <summary>
/// What Simeon 2024 ("Towards the Platonic Representation via Multimodal Contrastive Alignment") states of its
/// training; what it leaves open has a value of ours and is named as such in <c>choices.csv</c>.
/// </summary>
internal static class BlogPreset
{
    public static AdapterPreset Preset { get; } = new("blog", "Simeon 2024")
    {
        Training = Training,
        Evaluation = new EvaluationSettings
        {
            Rows = 12800,
            TrainShare = 0.75,
            Split = "sequential",
            SplitSeed = 0,
            K = 10,
            KSweep = [5, 20, 50],
            Lambda = 0.5,
            LambdaSweep = [.. Enumerable.Range(0, 11).Select(i => i / 10.0)],
            Kernels = ["cosine", "inner_product"],
            RowSets = ["train", "validation", "all"],
            RecallEpochs = "all",
            NeighborsEvery = 10,
            Bootstrap = 1000,
            MapItems = 200,
            MapEpochs = [1, 10],
            KeepCheckpoints = false,
        },
        Sides = new Dictionary<string, SideConfig>
        {
            ["image"] = new() { Features = "pooled", ImageProcessor = "squash224_bilinear" },
            ["text"] = new() { Features = "last_mean", MaxTokens = 64 },
            ["reference"] = new() { Features = "last_cls_norm", ImageProcessor = "own" },
        },
        Ours = new Dictionary<string, string>
        {
            ["split"] = "sequential or random is not stated",
            ["split_seed"] = "of a random split and of the bootstrap",
            ["k"] = "the mutual-kNN of the source has no k; 10 is that of Huh et al. 2024",
            ["k_sweep"] = "to see how the answer depends on k",
            ["lambda"] = "the bars' lambda is not stated; both this and the learned one are given",
            ["lambda_sweep"] = "",
            ["kernels"] = "the source defines kernels by inner product, its code's mutual-kNN is on unit vectors: both are given",
            ["row_sets"] = "the rows that the bars are computed on are not stated",
            ["recall_epochs"] = "",
            ["neighbors_every"] = "",
            ["bootstrap"] = "",
            ["map_items"] = "",
            ["map_epochs"] = "",
            ["keep_checkpoints"] = "",
            ["width"] = "the adapters' width is not stated: the reference's, so that one kernel needs no other width",
            ["hidden"] = "the MLP's width is not stated: that of the shared space",
            ["bias"] = "PyTorch's default",
            ["gelu"] = "PyTorch's default",
            ["objective"] = "",
            ["learn_temperature"] = "",
            ["normalize"] = "not in the printed loss; a temperature of .02 needs unit vectors",
            ["pairs"] = "",
            ["last_batch"] = "9,600 rows are 37.5 batches of 256",
            ["warmup_steps"] = "the warm-up's length is not stated: two epochs",
            ["warmup_from"] = "",
            ["decay"] = "PyTorch's AdamW decays every parameter that it is given",
            ["beta1"] = "PyTorch's default",
            ["beta2"] = "PyTorch's default",
            ["epsilon"] = "PyTorch's default",
            ["learn_lambda"] = "lambda is learnable by a loss that is not stated, the printed one gives it no gradient; "
                + "blend: half of L(h, f) + L(h, g), h = lambda f + (1 - lambda) g",
            ["precision"] = "",
            ["seeds"] = "",
            ["kind"] = "two orders of an MLP's layers occur; the adapter's kind names one",
            ["image.features"] = "ResNet-18's global mean, 512 numbers as stated",
            ["image.image_processor"] = "224 x 224 is stated, filter and normalisation are not",
            ["text.features"] = "DistilBERT's pooling is not stated",
            ["reference.features"] = "DINOv2-small's class token has 384 numbers; the 768 stated are class token and mean patch together",
            ["reference.image_processor"] = "DINOv2's own preparation; the source states none",
        },
    };

    private static AdapterSettings Training(string kind) => new()
    {
        Width = 0,
        Hidden = 0,
        Bias = true,
        Gelu = "erf",
        Dropout = 0.1,
        Objective = "infonce",
        Temperature = 0.02,
        LearnTemperature = false,
        Direction = "image_to_text",
        Normalize = "l2",
        LabelSmoothing = 0.05,
        Captions = 1,
        Pairs = "true",
        Epochs = 100,
        Batch = 256,
        LastBatch = "drop",
        LearningRate = 1e-4,
        WarmupSteps = 74,
        WarmupFrom = "first_step",
        WeightDecay = kind == "linear" ? 0.001 : 0.005,
        Decay = "all",
        Beta1 = 0.9,
        Beta2 = 0.999,
        Epsilon = 1e-8,
        GradientClip = 0.5,
        LearnLambda = "blend",
        Precision = "float32",
    };
}
