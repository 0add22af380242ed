using AlignBench.Safetensors;

namespace AlignBench.Tests.Safetensors;

public class TorchFileTests
{
    private static readonly string s_formats = TestPaths.Golden("text", "formats");

    // All element types, a scalar, an empty tensor, views of any strides, an expanded one, a parameter.
    [Theory]
    [InlineData("b_bin_dtypes_zip")]
    [InlineData("d_legacy_dtypes")]
    public void ReadBytes_EveryTypeAndStride_GivesRowMajorBytes(string format)
    {
        using SafetensorsFile expected = SafetensorsFile.Open(
            Path.Combine(s_formats, format, "expected.safetensors"));
        using TorchFile actual = TorchFile.Open(Path.Combine(s_formats, format, "tensors.bin"));

        Assert.Equal(expected.Tensors.Keys.Order(), actual.Tensors.Keys.Order());
        foreach (StoredTensor tensor in expected.Tensors.Values)
        {
            Assert.Equal(tensor.Description, actual.Tensors[tensor.Name].Description);
            Assert.Equal(Bytes(expected, tensor), Bytes(actual, actual.Tensors[tensor.Name]));
        }
    }

    [Theory]
    [InlineData("b_bin_dtypes_zip", "transposed")]
    [InlineData("b_bin_dtypes_zip", "base")]
    public void ReadBytes_InPieces_GivesTheSameBytes(string format, string name)
    {
        using TorchFile file = TorchFile.Open(Path.Combine(s_formats, format, "tensors.bin"));
        StoredTensor tensor = file.Tensors[name];
        byte[] pieces = new byte[tensor.Length];
        for (int start = 0; start < pieces.Length; start += 8)
        {
            file.ReadBytes(tensor, start, pieces.AsSpan(start, 8));
        }

        Assert.Equal(Bytes(file, tensor), pieces);
    }

    [Theory]
    [InlineData("ok.bin")]
    [InlineData("ok_legacy.bin")]
    public void Open_GoodFile_HoldsTheExpectedValues(string name)
    {
        using SafetensorsFile expected = SafetensorsFile.Open(
            Path.Combine(s_formats, "g_broken", "ok_expected.safetensors"));
        using TorchFile actual = TorchFile.Open(Path.Combine(s_formats, "g_broken", name));

        Assert.Equal(["a", "b"], actual.Tensors.Keys.Order());
        Assert.All(
            expected.Tensors.Values,
            tensor => Assert.Equal(Bytes(expected, tensor), Bytes(actual, actual.Tensors[tensor.Name])));
    }

    [Theory]
    [InlineData("hostile_print.bin", "__builtin__.print, which is not on the list")]
    [InlineData("hostile_print_legacy.bin", "__builtin__.print, which is not on the list")]
    [InlineData("hostile_eval.bin", "__builtin__.eval, which is not on the list")]
    [InlineData("hostile_bare_pickle.bin", "neither a zip file nor its older format")]
    [InlineData("truncated_zip.bin", "no central directory")]
    [InlineData("truncated_legacy.bin", "the file ends after")]
    [InlineData("zip_without_data_pkl.bin", "expected one data.pkl")]
    [InlineData("zip_storage_missing.bin", "storage 1 is missing")]
    [InlineData("zip_storage_too_short.bin", "tensor a: F32 [2, 3]")]
    [InlineData("zip_big_endian.bin", "byte order is big")]
    [InlineData("text.bin", "Git LFS pointer")]
    public void Open_BrokenOrHostileFile_IsRefusedByName(string name, string expected)
    {
        string path = Path.Combine(s_formats, "g_broken", name);

        CheckpointException e = Assert.Throws<CheckpointException>(() => TorchFile.Open(path));

        Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    // Refused or read, never another exception.
    [Theory]
    [InlineData("ok.bin")]
    [InlineData("ok_legacy.bin")]
    public void Open_AnyByteChanged_IsReadOrRefused(string name)
    {
        using TemporaryFolder folder = new();
        byte[] good = File.ReadAllBytes(Path.Combine(s_formats, "g_broken", name));
        string path = Path.Combine(folder.Root, "mutant.bin");
        Random random = new(1);
        for (int i = 0; i < 2000; i++)
        {
            byte[] mutant = [.. good];
            mutant[i % good.Length] = (byte)random.Next(256);
            File.WriteAllBytes(path, i % 5 == 0 ? mutant[..random.Next(good.Length)] : mutant);
            try
            {
                using TorchFile file = TorchFile.Open(path);
                Assert.All(file.Tensors.Values, tensor => Assert.True(tensor.Length <= good.Length));
            }
            catch (CheckpointException e)
            {
                Assert.Contains("mutant.bin", e.Message, StringComparison.Ordinal);
            }
        }
    }

    private static byte[] Bytes(IWeightSource source, StoredTensor tensor)
    {
        byte[] bytes = new byte[tensor.Length];
        source.ReadBytes(tensor, 0, bytes);
        return bytes;
    }
}
