using System.Globalization;

using AlignBench.Interop;

using TorchSharp;

using static TorchSharp.torch;

using F = TorchSharp.torch.nn.functional;

namespace AlignBench.Tests.Torch;

// Alone: what other tests allocate meanwhile would count, too.
[CollectionDefinition("Memory", DisableParallelization = true)]
public class Alone;

[Collection("Memory")]
public class MemoryTests
{
    // A leak of one activation (64 x 64 floats) a pass would be 160 MB in the end.
    [Fact]
    public void ForwardPasses_TenThousandInScopes_KeepMemoryFlat()
    {
        using DisposeScope outer = NewDisposeScope();
        using Generator random = new(0);
        Tensor x = randn([64, 64], generator: random);
        Tensor weight = randn([64, 64], generator: random);
        Tensor bias = zeros(64);

        Run(2000);
        long before = ResidentKilobytes();
        Run(10_000);
        long grown = ResidentKilobytes() - before;

        Assert.True(grown < 60_000, $"{grown} kB grown in 10,000 passes");
        Assert.Equal(3, outer.DisposablesCount);

        void Run(int passes)
        {
            for (int i = 0; i < passes; i++)
            {
                using DisposeScope scope = NewDisposeScope();
                using IDisposable unrecorded = inference_mode();
                Tensor y = F.gelu(F.linear(F.layer_norm(x, [64]), weight, bias)) + x;
                Tensor[] halves = y.chunk(2, dim: -1);
                torch.cat(halves, dim: -1)[TensorIndex.Colon, TensorIndex.Slice(0, 8)].softmax(-1).sum();
            }
        }
    }

    [Fact]
    public void Workers_OnFourThreads_GetTheSameNumbers()
    {
        using Generator random = new(0);
        using Tensor x = randn([32, 32], generator: random);
        float[][] results = new float[8][];

        Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor y = x;
            for (int step = 0; step < 50; step++)
            {
                y = y.matmul(x).tanh();
            }

            results[i] = y.data<float>().ToArray();
        });

        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    [Fact]
    public void Threads_Set_AreWhatIsRead()
    {
        int before = get_num_threads();
        set_num_threads(2);
        Assert.Equal(2, get_num_threads());
        set_num_threads(before);
        Assert.Equal(before, get_num_threads());
    }

    [Fact]
    public void NativeRuntime_SaysWhatIsInForce()
    {
        _ = get_num_threads();

        Assert.True(NativeRuntime.Settings.ContainsKey("OMP_NUM_THREADS"));
        Assert.Equal(
            NativeRuntime.CpuFeatures.Contains("avx512bw"),
            NativeRuntime.Settings.ContainsKey("OPENBLAS_CORETYPE"));
        Assert.Throws<ArgumentOutOfRangeException>(() => NativeRuntime.Configure(0));
        Assert.Matches(@"^\d+\.\d+\.\d+", __version__);
    }

    private static long ResidentKilobytes()
    {
        string line = File.ReadLines("/proc/self/status").First(text =>
            text.StartsWith("VmRSS:", StringComparison.Ordinal));
        string kilobytes = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return long.Parse(kilobytes, CultureInfo.InvariantCulture);
    }
}
