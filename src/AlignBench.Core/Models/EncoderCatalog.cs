namespace AlignBench.Models;

/// <summary>A published encoder.</summary>
/// <param name="Name">Short name, unique here.</param>
/// <param name="HubId">Its place on the Hugging Face hub.</param>
/// <param name="ModelType">Of its config.json; see <see cref="EncoderLoader.ModelTypes"/>.</param>
/// <param name="Modality">What it encodes.</param>
/// <param name="Parameters">As published: a language model's head is included where its weights are its own.</param>
/// <param name="Width">D.</param>
/// <param name="Depth">L, blocks.</param>
/// <param name="Licence">Of the weights; SPDX where there is an identifier.</param>
public sealed record EncoderEntry(
    string Name, string HubId, string ModelType, string Modality, long Parameters, int Width, int Depth, string Licence);

/// <summary>The encoders of the reference studies.</summary>
public static class EncoderCatalog
{
    private const string Images = "image";
    private const string Texts = "text";
    private const string Apache = "Apache-2.0";
    private const string Rail = "BigScience RAIL 1.0";

    /// <summary>All entries, by family and size.</summary>
    public static IReadOnlyList<EncoderEntry> Entries { get; } =
    [
        new("dinov2-small", "facebook/dinov2-small", "dinov2", Images, 22_056_576, 384, 12, Apache),
        new("dinov2-base", "facebook/dinov2-base", "dinov2", Images, 86_580_480, 768, 12, Apache),
        new("dinov2-large", "facebook/dinov2-large", "dinov2", Images, 304_368_640, 1024, 24, Apache),
        new("dinov2-giant", "facebook/dinov2-giant", "dinov2", Images, 1_136_480_768, 1536, 40, Apache),
        new("bloom-560m", "bigscience/bloom-560m", "bloom", Texts, 559_214_592, 1024, 24, Rail),
        new("bloom-1b1", "bigscience/bloom-1b1", "bloom", Texts, 1_065_314_304, 1536, 24, Rail),
        new("bloom-1b7", "bigscience/bloom-1b7", "bloom", Texts, 1_722_408_960, 2048, 24, Rail),
        new("bloom-3b", "bigscience/bloom-3b", "bloom", Texts, 3_002_557_440, 2560, 30, Rail),
        new("bloom-7b1", "bigscience/bloom-7b1", "bloom", Texts, 7_069_016_064, 4096, 30, Rail),
        new("open_llama_3b", "openlm-research/open_llama_3b", "llama", Texts, 3_426_473_600, 3200, 26, Apache),
        new("open_llama_7b", "openlm-research/open_llama_7b", "llama", Texts, 6_738_415_616, 4096, 32, Apache),
        new("open_llama_13b", "openlm-research/open_llama_13b", "llama", Texts, 13_015_864_320, 5120, 40, Apache),
        new("open_llama_3b_v2", "openlm-research/open_llama_3b_v2", "llama", Texts, 3_426_473_600, 3200, 26, Apache),
        new("open_llama_7b_v2", "openlm-research/open_llama_7b_v2", "llama", Texts, 6_738_415_616, 4096, 32, Apache),
    ];

    /// <summary>The entry of a name or hub id; null if it is not here.</summary>
    public static EncoderEntry? Find(string name) =>
        Entries.FirstOrDefault(entry => entry.Name == name || entry.HubId == name);
}
