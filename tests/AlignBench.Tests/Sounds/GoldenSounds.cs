using AlignBench.Safetensors;

namespace AlignBench.Tests.Sounds;

/// <summary>The sounds of wav2vec 2.0's goldens, each without its padding.</summary>
internal static class GoldenSounds
{
    public static readonly string Folder = TestPaths.Golden("text", "models", "wav2vec2_layer_stable");

    /// <param name="name"><c>raw</c>, or <c>input_values</c>: what transformers makes of it.</param>
    public static float[][] Read(string name)
    {
        using SafetensorsFile golden = SafetensorsFile.Open(Path.Combine(Folder, "golden.safetensors"));
        float[] padded = golden.Read<float>(name);
        byte[] mask = golden.Read<byte>("attention_mask");
        int width = (int)golden.Tensors[name].Shape[1];
        return
        [
            .. padded.Chunk(width).Zip(mask.Chunk(width), (row, real) => row[..real.Sum(sample => sample)]),
        ];
    }
}
