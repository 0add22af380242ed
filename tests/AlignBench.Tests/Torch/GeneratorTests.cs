using TorchSharp;

using static TorchSharp.torch;

namespace AlignBench.Tests.Torch;

public class GeneratorTests
{
    [Fact]
    public void Generators_OfOneSeed_GiveOneSequence()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator a = new(42);
        using Generator b = new(42);
        using Generator other = new(43);
        Tensor first = randn([5], generator: a);

        Assert.True(first.Equals(randn([5], generator: b)));
        Assert.False(first.Equals(randn([5], generator: other)));
        Assert.False(first.Equals(randn([5], generator: a)));
        Assert.Equal(42, a.initial_seed());
        Assert.True(randperm(10, generator: a).Equals(randperm(10, generator: b).sort().Item1) is false);
    }

    // torch.manual_seed(0); torch.rand(3), which PyTorch documents and never changed on the CPU.
    [Fact]
    public void Rand_OfSeedZero_GivesPyTorchsNumbers()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new(0);

        float[] values = rand([3], generator: generator).data<float>().ToArray();
        Assert.Equal(0.4963f, values[0], 1e-4);
        Assert.Equal(0.7682f, values[1], 1e-4);
        Assert.Equal(0.0885f, values[2], 1e-4);
    }

    [Fact]
    public void State_SetBack_RepeatsTheSequence()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new(1);
        randn([3], generator: generator);
        Tensor state = generator.get_state();
        Tensor expected = rand([4], generator: generator);

        generator.set_state(state);
        Assert.True(rand([4], generator: generator).Equals(expected));
        generator.manual_seed(1);
        generator.set_state(state);
        Assert.True(rand([4], generator: generator).Equals(expected));
    }

    [Fact]
    public void Randperm_IsAPermutation_RandintStaysInItsRange()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new(5);

        Assert.True(randperm(50, generator: generator).sort().Item1.Equals(arange(50)));
        Tensor integers = randint(3, 6, [1000], generator: generator);
        Assert.Equal(3, integers.min().item<long>());
        Assert.Equal(5, integers.max().item<long>());
    }
}
