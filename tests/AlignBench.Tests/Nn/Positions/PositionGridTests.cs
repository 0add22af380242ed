using AlignBench.Nn.Positions;
using AlignBench.Tests.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Tests.Nn.Positions;

public class PositionGridTests
{
    [Theory]
    [InlineData("37x37_to_16x16", 37, 16, 16)]
    [InlineData("37x37_to_20x15", 37, 20, 15)]
    [InlineData("16x16_to_37x37", 16, 37, 37)]
    public void For_GoldenGrids_GivesEachConvention(string name, int side, int rows, int columns)
    {
        using DisposeScope scope = NewDisposeScope();
        using GoldenFile golden = new(TestPaths.Golden("vision", "posembed", $"{name}.safetensors"));
        Tensor trained = golden.Read("position_embeddings");

        Check("size_bicubic", GridResampling.Bicubic);
        Check("size_bicubic_antialias", GridResampling.BicubicAntialias);
        Check("scale_factor_offset", GridResampling.BicubicOffset);

        // 5e-5 is the goldens' own tolerance: torch computes the kernel in float32.
        void Check(string convention, GridResampling resampling) => GoldenFile.AssertClose(
            golden.Read($"out.{convention}"),
            new PositionGrid(trained, side, resampling).For(rows, columns),
            5e-5,
            convention);
    }

    [Theory]
    [InlineData(GridResampling.Bicubic)]
    [InlineData(GridResampling.BicubicAntialias)]
    public void Create_SameNumberOfSamples_IsTheIdentity(GridResampling resampling)
    {
        float[] matrix = ResamplingMatrix.Create(5, 5, resampling);

        Assert.All(Enumerable.Range(0, 25), i => Assert.Equal(i % 6 == 0 ? 1 : 0, matrix[i], 1e-7f));
    }

    [Theory]
    [InlineData(GridResampling.Bicubic)]
    [InlineData(GridResampling.BicubicAntialias)]
    [InlineData(GridResampling.BicubicOffset)]
    public void Create_AnySizes_KeepsAConstant(GridResampling resampling)
    {
        foreach ((int from, int to) in new[] { (7, 3), (3, 7), (37, 16), (1, 4), (4, 1) })
        {
            float[] matrix = ResamplingMatrix.Create(from, to, resampling);

            Assert.All(matrix.Chunk(from), row => Assert.Equal(1, row.Sum(), 1e-6f));
        }
    }
}
