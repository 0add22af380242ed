namespace AlignBench.Tests.TorchSharpStubs;

/// <summary>That the package can take the subset's place, shown without the package.</summary>
public class StubCompilationTests
{
    private const string Model = """
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using F = TorchSharp.torch.nn.functional;

        public sealed class Block(Parameter weight, Tensor? bias)
        {
            public Tensor Forward(Tensor x, Tensor? mask = null)
            {
                using DisposeScope scope = torch.NewDisposeScope();
                using IDisposable unrecorded = no_grad();
                Tensor y = F.linear(F.layer_norm(x, [x.size(-1)], eps: 1e-6), weight, bias);
                y = F.gelu(y, GELU.Approximate.tanh) * 0.5 + 1;
                y = y.view(x.shape[0], -1, 4, 8).permute(0, 2, 1, 3);
                y = F.scaled_dot_product_attention(y, y, y, mask).transpose(1, 2).flatten(2);
                Tensor first = y[TensorIndex.Colon, 0];
                (Tensor values, Tensor indices) = y.max(-1, keepdim: true);
                y = torch.cat([y, values.to(ScalarType.Float32)], dim: -1);
                y = y.masked_fill(y > 0, double.NegativeInfinity);
                y = F.interpolate(y, size: [3, 3], mode: InterpolationMode.Bicubic);
                return scope.MoveToOuter(y + first.sum());
            }

            public double Step(Tensor logits, Tensor target)
            {
                AdamW optimizer = torch.optim.AdamW([weight], lr: 1e-4, weight_decay: 0.001);
                var schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, step => 1.0 / (step + 1));
                optimizer.zero_grad();
                Tensor loss = F.cross_entropy(logits, target, label_smoothing: 0.05);
                loss.backward();
                torch.nn.utils.clip_grad_norm_([weight], 0.5);
                optimizer.step();
                schedule.step();
                float[] values = loss.data<float>().ToArray();
                Generator random = new(seed: 7);
                Tensor noise = torch.randn([2, 3], generator: random, dtype: float64);
                return loss.item<float>() + noise.ToDouble() + values[0] + loss.ToSingle();
            }
        }
        """;

    [Fact]
    public void Stubs_OfAllThatTheListsName_Compile() =>
        AssertNone(StubCompiler.Stubs.Value.Errors);

    [Fact]
    public void Core_AgainstTheStubs_Compiles()
    {
        string core = Path.Combine(TestPaths.Root, "src", "AlignBench.Core");
        string[] sources =
        [
            .. Directory.EnumerateFiles(core, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText),
        ];

        Assert.NotEmpty(sources);
        AssertNone(StubCompiler.ErrorsOf(sources));
    }

    [Fact]
    public void ModelCode_AgainstTheStubs_Compiles() =>
        AssertNone(StubCompiler.ErrorsOf(Model));

    [Theory]
    [InlineData("x.no_such_method()")]
    [InlineData("torch.nn.functional.embedding(x, x)")]                  // PyTorch has it, TorchSharp doesn't
    [InlineData("x.max(0).values")]                                      // the lists have no tuple names
    [InlineData("x.reshape(new double[] { 1 })")]
    public void Code_BeyondTorchSharp_DoesNotCompile(string expression)
    {
        string source = $$"""
            using TorchSharp;
            public static class Checked { public static object Run(torch.Tensor x) => {{expression}}; }
            """;

        Assert.Single(StubCompiler.ErrorsOf(source));
    }

    // All of them in the message, not the first few.
    private static void AssertNone(IReadOnlyList<string> errors) =>
        Assert.True(errors.Count == 0, string.Join('\n', errors));
}
