using TorchSharp;

using static TorchSharp.torch;

namespace AlignBench.Tests.Torch;

public class LinalgTests
{
    // ((2, 1), (1, 2)) has the eigenvalues 1 and 3.
    [Fact]
    public void Eigh_OfATwoByTwo_GivesValuesAndVectors()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor matrix = tensor(new double[,] { { 2, 1 }, { 1, 2 } });
        (Tensor values, Tensor vectors) = linalg.eigh(matrix);

        Assert.True(values.allclose(tensor(new double[] { 1, 3 })));
        Assert.True((vectors * values).matmul(vectors.t()).allclose(matrix));
    }

    [Fact]
    public void Decompositions_PutTogether_GiveTheMatrix()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = randn([6, 4], float64, generator: new Generator(1));
        (Tensor u, Tensor s, Tensor vt) = linalg.svd(a, fullMatrices: false);
        Assert.True((u * s).matmul(vt).allclose(a));

        Tensor gram = a.t().matmul(a);
        Tensor factor = linalg.cholesky(gram);
        Assert.True(factor.matmul(factor.t()).allclose(gram));
        Tensor b = randn([4, 2], float64, generator: new Generator(2));
        Assert.True(gram.matmul(linalg.solve(gram, b)).allclose(b, 1e-9, 1e-9));
        Assert.True(linalg.norm(a).allclose(a.square().sum().sqrt()));
        Assert.True(einsum("nd,nd->n", a, a).allclose(a.square().sum(-1)));
    }
}
