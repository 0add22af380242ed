using AlignBench.Fuzz;
using AlignBench.Models;
using AlignBench.Safetensors;
using AlignBench.Tests.Models;

namespace AlignBench.Tests.Safetensors;

/// <summary>
/// A thousand damaged variants of a weight file of each kind: bits flipped, cut, bytes lost, doubled or
/// replaced, huge numbers. Each is read or refused with the file's name, never with another exception, and
/// takes little memory.
/// </summary>
public class DamagedWeightsTests
{
    private const int Variants = 1000;

    /// <summary>Of managed memory for one file of 30 KB at most; what a header claims must not be
    /// allocated.</summary>
    private const long MostBytes = 16 << 20;

    private static readonly string s_formats = TestPaths.Golden("text", "formats");

    [Theory]
    [InlineData("a0_one_file", "model.safetensors")]
    [InlineData("e_bf16", "model.safetensors")]
    [InlineData("a_sharded_safetensors", "model-00002-of-00003.safetensors")]
    [InlineData("a_sharded_safetensors", "model.safetensors.index.json")]
    [InlineData("b_bin_zip", "pytorch_model.bin")]
    [InlineData("b_bin_nested_checkpoint", "checkpoint.pth")]
    [InlineData("c_sharded_bin", "pytorch_model-00002-of-00003.bin")]
    [InlineData("c_sharded_bin", "pytorch_model.bin.index.json")]
    [InlineData("d_legacy_bin", "pytorch_model.bin")]
    public void Load_DamagedFile_IsReadOrRefused(string format, string file)
    {
        using ModelFolder folder = ModelFolder.CopyOf(Path.Combine(s_formats, format));
        Each(folder.Path, file, () => EncoderLoader.Load(folder.Path).Dispose());
    }

    // Every element type in one file, views and expanded tensors.
    [Theory]
    [InlineData("b_bin_dtypes_zip")]
    [InlineData("d_legacy_dtypes")]
    public void ReadBytes_DamagedFileOfEveryType_IsReadOrRefused(string format)
    {
        using TemporaryFolder folder = new();
        File.Copy(Path.Combine(s_formats, format, "tensors.bin"), folder.File("tensors.bin"));
        Each(folder.Root, "tensors.bin", () =>
        {
            using TorchFile source = TorchFile.Open(folder.File("tensors.bin"));
            byte[] bytes = new byte[4096];
            foreach (StoredTensor tensor in source.Tensors.Values)
            {
                source.ReadBytes(tensor, 0, bytes.AsSpan(0, (int)Math.Min(bytes.Length, tensor.Length)));
            }
        });
    }

    private static void Each(string folder, string file, Action use)
    {
        string path = Path.Combine(folder, file);
        byte[] original = File.ReadAllBytes(path);
        bool isText = file.EndsWith(".json", StringComparison.Ordinal);
        Random random = new(20250301);
        for (int i = 0; i < Variants; i++)
        {
            byte[] damaged = isText && i % 2 == 0
                ? Damage.OfText(original, random)
                : Damage.Of(original, random);
            File.WriteAllBytes(path, damaged);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                use();
            }
            catch (CheckpointException e)
            {
                Assert.Contains(folder, e.Message, StringComparison.Ordinal);
            }
            catch (Exception e)
            {
                Assert.Fail($"{file}, variant {i}: {e}");
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        }
    }
}
