namespace AlignBench.Models;

/// <summary>A published encoder.</summary>
/// <param name="Name">Short name, unique here.</param>
/// <param name="HubId">Its place on the Hugging Face hub.</param>
/// <param name="ModelType">Of its config.json; see <see cref="EncoderLoader.ModelTypes"/>.</param>
/// <param name="Modality">What it encodes.</param>
/// <param name="Parameters">
/// As published: a language model's head is included where its weights are its own.
/// </param>
/// <param name="Width">D.</param>
/// <param name="Depth">L, blocks.</param>
/// <param name="Licence">Of the weights; SPDX where there is an identifier.</param>
public sealed record EncoderEntry(
    string Name,
    string HubId,
    string ModelType,
    string Modality,
    long Parameters,
    int Width,
    int Depth,
    string Licence);

/// <summary>The encoders of the reference studies.</summary>
public static class EncoderCatalog
{
    /// <summary>All entries, by family and size.</summary>
    public static IReadOnlyList<EncoderEntry> Entries { get; } =
    [
        Dinov2("dinov2-small", 22_056_576, 384, 12),
        Dinov2("dinov2-base", 86_580_480, 768, 12),
        Dinov2("dinov2-large", 304_368_640, 1024, 24),
        Dinov2("dinov2-giant", 1_136_480_768, 1536, 40),
        Bloom("bloom-560m", 559_214_592, 1024, 24),
        Bloom("bloom-1b1", 1_065_314_304, 1536, 24),
        Bloom("bloom-1b7", 1_722_408_960, 2048, 24),
        Bloom("bloom-3b", 3_002_557_440, 2560, 30),
        Bloom("bloom-7b1", 7_069_016_064, 4096, 30),
        OpenLlama("open_llama_3b", 3_426_473_600, 3200, 26),
        OpenLlama("open_llama_7b", 6_738_415_616, 4096, 32),
        OpenLlama("open_llama_13b", 13_015_864_320, 5120, 40),
        OpenLlama("open_llama_3b_v2", 3_426_473_600, 3200, 26),
        OpenLlama("open_llama_7b_v2", 6_738_415_616, 4096, 32),
    ];

    /// <summary>The entry of a name or hub id; null if it is not here.</summary>
    public static EncoderEntry? Find(string name) =>
        Entries.FirstOrDefault(entry => entry.Name == name || entry.HubId == name);

    private static EncoderEntry Dinov2(string name, long parameters, int width, int depth) =>
        new(name, $"facebook/{name}", "dinov2", "image", parameters, width, depth, "Apache-2.0");

    private static EncoderEntry Bloom(string name, long parameters, int width, int depth) =>
        new(name, $"bigscience/{name}", "bloom", "text", parameters, width, depth, "BigScience RAIL 1.0");

    private static EncoderEntry OpenLlama(string name, long parameters, int width, int depth) =>
        new(name, $"openlm-research/{name}", "llama", "text", parameters, width, depth, "Apache-2.0");
}
