namespace AlignBench.Models;

/// <summary>The encoders of the reference studies.</summary>
public static class EncoderCatalog
{
    private const int Half = 2;                 // bytes

    private static readonly EncoderFamily s_dinov2 = new(
        "DINOv2",
        "image",
        "Apache-2.0",
        "shorter side to 256, bicubic; middle 224 x 224; ImageNet mean and std");

    private static readonly EncoderFamily s_dinov2Timm = new(
        "DINOv2 in timm's layout", "image", "Apache-2.0", "to 518 x 518, bicubic; ImageNet mean and std");

    private static readonly EncoderFamily s_clip = new(
        "CLIP",
        "both",
        "MIT",
        "shorter side to 224, bicubic; middle 224 x 224; CLIP's mean and std; CLIP's BPE, 77 tokens at most");

    private static readonly EncoderFamily s_resNet = new(
        "ResNet",
        "image",
        "Apache-2.0",
        "shorter side to 256 (timm: 235), bicubic; middle 224 x 224; ImageNet mean and std");

    private static readonly EncoderFamily s_bloom = new(
        "BLOOM", "text", "BigScience RAIL 1.0", "byte-level BPE of 250,680 tokens; no special token is added");

    private static readonly EncoderFamily s_openLlama = new(
        "OpenLLaMA", "text", "Apache-2.0", "SentencePiece BPE of 32,000 tokens; begins with <s>");

    private static readonly EncoderFamily s_distilBert = new(
        "DistilBERT", "text", "Apache-2.0", "WordPiece of 30,522 tokens, lower case; [CLS] ... [SEP], 512 at most");

    private static readonly EncoderFamily s_wav2Vec2 = new(
        "wav2vec 2.0", "audio", "Apache-2.0", "16 kHz, one channel; each sound to mean 0 and variance 1");

    /// <summary>All entries, by family and size.</summary>
    public static IReadOnlyList<EncoderEntry> Entries { get; } =
    [
        Dinov2("small", 22_056_576, 384, 12, "ed25f3a31f01632728cabb09d1542f84ab7b0056"),
        Dinov2("base", 86_580_480, 768, 12, "f9e44c814b77203eaa57a6bdbbd535f21ede1415"),
        Dinov2("large", 304_368_640, 1024, 24, "47b73eefe95e8d44ec3623f8890bd894b6ea2d6c"),
        Dinov2("giant", 1_136_480_768, 1536, 40, "611a9d42f2335e0f921f1e313ad3c1b7178d206d"),
        new()
        {
            HubId = "timm/vit_small_patch14_dinov2.lvd142m",
            Family = s_dinov2Timm,
            ModelType = "vit_small_patch14_dinov2",
            Parameters = 22_056_192,
            Width = 384,
            Depth = 12,
        },
        Clip("base-patch32", 151_277_313, 768, 12, (512, 12), "3d74acf9a28c67741b2f4f2ea7635f0aaf6f0268"),
        Clip("large-patch14", 427_616_513, 1024, 24, (768, 12), "32bd64288804d66eefd0ccbe215aa642df71cc41"),
        ResNet18("microsoft/resnet-18", "resnet"),
        ResNet18("timm/resnet18.a1_in1k", "resnet18"),
        Bloom("560m", 559_214_592, 1024, 24, "ac2ae5fab2ce3f9f40dc79b5ca9f637430d24971"),
        Bloom("1b1", 1_065_314_304, 1536, 24),
        Bloom("1b7", 1_722_408_960, 2048, 24),
        Bloom("3b", 3_002_557_440, 2560, 30),
        Bloom("7b1", 7_069_016_064, 4096, 30),
        OpenLlama("3b", 3_426_473_600, 3200, 26),
        OpenLlama("7b", 6_738_415_616, 4096, 32),
        OpenLlama("13b", 13_015_864_320, 5120, 40, "b6d7fde8392250730d24cc2fcfa3b7e5f9a03ce8"),
        OpenLlama("3b_v2", 3_426_473_600, 3200, 26),
        OpenLlama("7b_v2", 6_738_415_616, 4096, 32),
        new()
        {
            HubId = "distilbert/distilbert-base-uncased",
            Family = s_distilBert,
            ModelType = "distilbert",
            Parameters = 66_985_530,
            Width = 768,
            Depth = 6,
            Revision = "12040accade4e8a0f71eabdb258fecc2e7e948be",
        },
        new()
        {
            HubId = "facebook/wav2vec2-base",
            Family = s_wav2Vec2,
            ModelType = "wav2vec2",
            Parameters = 95_044_608,
            Width = 768,
            Depth = 12,
            Revision = "0b5b8e868dd84f03fd87d01f9c4ff0f080fecfe8",
        },
    ];

    /// <summary>The entry of a name or hub id; null if it is not here.</summary>
    public static EncoderEntry? Find(string name) =>
        Entries.FirstOrDefault(entry => entry.Name == name || entry.HubId == name);

    private static EncoderEntry Dinov2(string size, long parameters, int width, int depth, string revision) => new()
    {
        HubId = $"facebook/dinov2-{size}",
        Family = s_dinov2,
        ModelType = "dinov2",
        Parameters = parameters,
        Width = width,
        Depth = depth,
        Revision = revision,
    };

    private static EncoderEntry Clip(
        string size, long parameters, int width, int depth, (int Width, int Depth) text, string revision) => new()
        {
            HubId = $"openai/clip-vit-{size}",
            Family = s_clip,
            ModelType = "clip",
            Parameters = parameters,
            Width = width,
            Depth = depth,
            Text = text,
            Revision = revision,
        };

    private static EncoderEntry ResNet18(string hubId, string modelType) => new()
    {
        HubId = hubId,
        Family = s_resNet,
        ModelType = modelType,
        Parameters = 11_689_512,
        Width = 512,
        Depth = 4,
    };

    private static EncoderEntry Bloom(
        string size, long parameters, int width, int depth, string revision = EncoderEntry.Main) => new()
        {
            HubId = $"bigscience/bloom-{size}",
            Family = s_bloom,
            ModelType = "bloom",
            Parameters = parameters,
            Width = width,
            Depth = depth,
            BytesPerParameter = Half,
            Revision = revision,
        };

    private static EncoderEntry OpenLlama(
        string size, long parameters, int width, int depth, string revision = EncoderEntry.Main) => new()
        {
            HubId = $"openlm-research/open_llama_{size}",
            Family = s_openLlama,
            ModelType = "llama",
            Parameters = parameters,
            Width = width,
            Depth = depth,
            BytesPerParameter = Half,
            Revision = revision,
        };
}
