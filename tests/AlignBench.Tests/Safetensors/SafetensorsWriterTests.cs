using System.Text;
using AlignBench.Safetensors;

namespace AlignBench.Tests.Safetensors;

public sealed class SafetensorsWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File1 => Path.Combine(_folder.Root, "x.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_RowByRowInAnyOrderOfTensors_ReadsBackEqual()
    {
        double[] wide = [1.5, double.NaN, -0.0, double.PositiveInfinity, 1e-320, 6];
        using (SafetensorsWriter writer = new(
            File1,
            [
                new("bytes", StoredType.U8, 3),
                new("wide", StoredType.F64, 3, 2),
                new("ids", StoredType.I64, 2),
                new("s", StoredType.F32),
            ],
            new Dictionary<string, string> { ["model"] = "tiny", ["é"] = "ü \"x\"" }))
        {
            writer.Write<double>("wide", wide.AsSpan(0, 2));
            writer.Write<byte>("bytes", [7, 8]);
            writer.Write<double>("wide", wide.AsSpan(2, 2));
            writer.Write<long>("ids", [-1, long.MaxValue]);
            writer.Write<byte>("bytes", [9]);
            writer.Write<double>("wide", wide.AsSpan(4, 2));
            writer.Write<float>("s", [0.1f]);
            writer.Commit();
        }

        using SafetensorsFile file = SafetensorsFile.Open(File1);
        Assert.Equal(wide, file.Read<double>("wide"));
        Assert.Equal([3, 2], file.Tensors["wide"].Shape);
        Assert.Equal([-1, long.MaxValue], file.Read<long>("ids"));
        Assert.Equal([7, 8, 9], file.Read<byte>("bytes"));
        Assert.Equal([0.1f], file.Read<float>("s"));
        Assert.Equal("tiny", file.Metadata["model"]);
        Assert.Equal("ü \"x\"", file.Metadata["é"]);
        Assert.All(file.Tensors.Values, tensor => Assert.Equal(0, tensor.Offset % tensor.Type.Width()));
        double[] row = new double[2];
        file.Read<double>("wide", start: 4, row);
        Assert.Equal(wide[4..], row);
    }

    // 8 bytes of length, 54 of header padded with spaces to 56, then 1f = 0x3f800000.
    [Fact]
    public void Write_OneNumber_GivesTheBytesOfTheFormat()
    {
        using (SafetensorsWriter writer = new(File1, [new("a", StoredType.F32, 1)]))
        {
            writer.Write<float>("a", [1f]);
            writer.Commit();
        }

        byte[] bytes = File.ReadAllBytes(File1);
        string header = """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}  """;
        Assert.Equal(56, header.Length);
        Assert.Equal(
            [.. BitConverter.GetBytes(56L), .. Encoding.ASCII.GetBytes(header), 0, 0, 0x80, 0x3f], bytes);
    }

    [Fact]
    public void Dispose_WithoutCommit_LeavesTheOldFileAndNothingElse()
    {
        File.WriteAllText(File1, "old");
        using (SafetensorsWriter writer = new(File1, [new("a", StoredType.F32, 2)]))
        {
            writer.Write<float>("a", [1]);
            Assert.Throws<InvalidOperationException>(writer.Commit);
        }

        Assert.Equal("old", File.ReadAllText(File1));
        Assert.Single(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void Write_WhatDoesNotFit_IsRefused()
    {
        using SafetensorsWriter writer = new(File1, [new("a", StoredType.F32, 2)]);

        Assert.Throws<ArgumentException>(() => writer.Write<double>("a", [1]));
        Assert.Throws<ArgumentException>(() => writer.Write<float>("a", [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => writer.Write<float>("b", [1]));
    }
}
