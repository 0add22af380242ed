using System.Text;
using System.Text.Json;
using AlignBench.Safetensors;

namespace AlignBench.Tests.Safetensors;

public class SafetensorsFileTests
{
    private static readonly string s_folder = TestPaths.Golden("text", "formats", "g_broken");

    public static TheoryData<string> BrokenFiles()
    {
        using JsonDocument expectations = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(s_folder, "expectations.json")));
        return
        [
            .. expectations.RootElement.EnumerateObject()
                .Select(file => file.Name)
                .Where(
                    name =>
                        name.EndsWith(".safetensors", StringComparison.Ordinal)
                            && !name.StartsWith("ok", StringComparison.Ordinal)),
        ];
    }

    [Theory]
    [MemberData(nameof(BrokenFiles))]
    public void Open_BrokenFile_IsRefusedByName(string name)
    {
        string path = Path.Combine(s_folder, name);

        CheckpointException e = Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(path));

        Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Theory]
    [InlineData("overlapping_offsets", "tensor b", "overlap")]
    [InlineData("hole_between_tensors", "tensor b", "gap")]
    [InlineData("offset_size_disagrees_with_shape", "tensor a", "takes 32 bytes, data_offsets give 24")]
    [InlineData("unknown_dtype", "tensor a", "F33")]
    [InlineData("duplicate_key", "tensor a", "twice")]
    [InlineData("missing_dtype_field", "tensor a", "dtype")]
    [InlineData("shape_product_overflows", "tensor a", "overflows")]
    [InlineData("trailing_bytes", "tensors take 40 bytes", "has ")]
    public void Open_BrokenTensor_IsNamedWithWhatIsWrong(string name, string where, string what)
    {
        CheckpointException e = Assert.Throws<CheckpointException>(
            () => SafetensorsFile.Open(Path.Combine(s_folder, $"{name}.safetensors")));

        Assert.Contains(where, e.Message, StringComparison.Ordinal);
        Assert.Contains(what, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ok.safetensors")]
    [InlineData("ok_padded_header_and_metadata.safetensors")]
    [InlineData("ok_header_order_differs_from_data_order.safetensors")]
    public void Read_GoodFile_HoldsTheExpectedValues(string name)
    {
        using SafetensorsFile expected = SafetensorsFile.Open(
            Path.Combine(s_folder, "ok_expected.safetensors"));
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(s_folder, name));

        Assert.Equal(["a", "b"], file.Tensors.Keys.Order());
        Assert.Equal([2, 3], file.Tensors["a"].Shape);
        Assert.Equal([4], file.Tensors["b"].Shape);
        Assert.Equal(expected.Read<float>("a"), file.Read<float>("a"));
        Assert.Equal(expected.Read<float>("b"), file.Read<float>("b"));
    }

    [Fact]
    public void Read_ScalarAndEmptyTensor_KeepTheirShapes()
    {
        using SafetensorsFile file = SafetensorsFile.Open(
            Path.Combine(s_folder, "ok_scalar_and_empty.safetensors"));

        Assert.Empty(file.Tensors["s"].Shape);
        Assert.Single(file.Read<float>("s"));
        Assert.Equal([0, 3], file.Tensors["e"].Shape);
        Assert.Empty(file.Read<float>("e"));
    }

    [Fact]
    public void Read_AnotherType_SaysWhatIsThere()
    {
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(s_folder, "ok.safetensors"));

        CheckpointException e = Assert.Throws<CheckpointException>(() => file.Read<long>("a"));

        Assert.Contains(
            "tensor a: expected elements of Int64, got F32 [2, 3]", e.Message, StringComparison.Ordinal);
        Assert.Throws<CheckpointException>(() => file.Read<float>("c"));
    }

    [Fact]
    public void Open_GitLfsPointer_SaysSo()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write(
            "model.safetensors", "version https://git-lfs.github.com/spec/v1\nsize 12\n");

        CheckpointException e = Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(path));

        Assert.Contains("Git LFS pointer", e.Message, StringComparison.Ordinal);
    }

    // Refused or read, never another exception and never more memory than the file has bytes.
    [Fact]
    public void Open_AnyByteChanged_IsReadOrRefused()
    {
        using TemporaryFolder folder = new();
        byte[] good = File.ReadAllBytes(Path.Combine(s_folder, "ok_padded_header_and_metadata.safetensors"));
        string path = Path.Combine(folder.Root, "mutant.safetensors");
        Random random = new(1);
        for (int i = 0; i < 600; i++)
        {
            byte[] mutant = [.. good];
            mutant[i % good.Length] = (byte)random.Next(256);
            File.WriteAllBytes(path, mutant);
            try
            {
                using SafetensorsFile file = SafetensorsFile.Open(path);
                Assert.All(file.Tensors.Values, tensor => Assert.True(tensor.Length < good.Length));
            }
            catch (CheckpointException e)
            {
                Assert.Contains("mutant.safetensors", e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[true],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,4]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":7,"shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":[0,4]}""")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"__metadata__":{"x":1},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"__metadata__":"x","a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    public void Open_HeaderAgainstTheRules_IsRefused(string header)
    {
        using TemporaryFolder folder = new();
        byte[] json = Encoding.UTF8.GetBytes(header);
        string path = Path.Combine(folder.Root, "x.safetensors");
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)json.Length), .. json, 0, 0, 0, 0]);

        Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(path));
    }
}
