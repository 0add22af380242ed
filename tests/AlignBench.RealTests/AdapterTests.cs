using System.Text.Json;
using AlignBench.Experiments.Adapters;
using AlignBench.Reports;
using AlignBench.Safetensors;
using Serilog.Core;

namespace AlignBench.RealTests;

/// <summary>The toy study's run with the stored features, first weights and order, down to its final weights.</summary>
public class AdapterTests
{
    [Fact]
    public void Train_OnTheStoredFeatures_EndsInTheReferencesWeightsAndTables()
    {
        string output = Train("float32");

        // Norms of 10 and more move by as many per mille as the losses.
        VerificationResult result = TableVerifier.Verify(
            output, SharedPaths.Of("toy", "expected"), new Tolerance(5e-3, 5e-3), []);
        Assert.All(result.Tables, table => Assert.Empty(table.Differences));
        Assert.Equal(4, result.Tables.Count);
        // Measured there, float32 against float64: 4e-6 and 1.4e-4.
        AssertWeights(output, "linear", 1e-4);
        AssertWeights(output, "mlp", 2e-3);
        Directory.Delete(output, recursive: true);
    }

    // Without rounding to speak of, what is left between this run and the reference's float32 tables is how far the
    // reference's float32 run is from its own float64 run: the same to three digits, and so the same float64 run.
    [Theory]
    [InlineData("linear")]
    [InlineData("mlp")]
    public void Train_InFloat64_IsAsFarFromTheReferencesFloat32RunAsItsFloat64RunIs(string adapter)
    {
        string output = Train("float64");
        using JsonDocument stated = JsonDocument.Parse(File.ReadAllBytes(SharedPaths.Of("toy", "expected", "adapters.json")));
        JsonElement drift = stated.RootElement.GetProperty("drift").GetProperty(adapter);
        CsvTable own = CsvTable.Read(Path.Combine(output, "adapters_steps.csv"));
        CsvTable reference = CsvTable.Read(SharedPaths.Of("toy", "expected", "adapters_steps.csv"));

        AssertDrift("max_abs_loss_fp32_minus_fp64", "loss");
        AssertDrift("max_abs_lambda_fp32_minus_fp64", "lambda");
        Directory.Delete(output, recursive: true);

        void AssertDrift(string key, string column)
        {
            double expected = drift.GetProperty(key).GetDouble();
            double largest = Enumerable.Range(0, own.Rows.Count).Where(row => own.Text(row, "adapter") == adapter)
                .Max(row => Math.Abs(own.Number(row, column) - reference.Number(row, column)));
            Assert.Equal(expected, largest, expected * 1e-3);
        }
    }

    /// <returns>Folder of the tables.</returns>
    private static string Train(string precision)
    {
        string folder = Directory.CreateTempSubdirectory("alignbench-").FullName;
        string config = Path.Combine(folder, "study.yaml");
        File.WriteAllText(config, $$"""
            name: stored
            root: {{SharedPaths.Of("toy", "expected")}}
            modalities:
              - { name: image, file: adapters-features.safetensors }
              - { name: text, file: adapters-features.safetensors }
            reference: { file: adapters-features.safetensors }
            training: { direction: symmetric, dropout: 0, epochs: 40, batch: 96, learning_rate: 0.003, warmup_steps: 50, precision: {{precision}} }
            adapters:
              - name: linear
                kind: linear
                settings: { init: adapters-linear.safetensors, order: adapters-linear.safetensors }
              - name: mlp
                kind: mlp_norm_gelu
                settings: { hidden: 64, init: adapters-mlp.safetensors, order: adapters-mlp.safetensors }
            evaluation: { rows: 3200, recall_epochs: ends, k_sweep: [], bootstrap: 0, neighbors_every: 0, map_items: 0 }
            """);
        string output = Path.Combine(folder, "results");

        new AdapterStudyRunner(new AdapterStudyOptions(Path.Combine(folder, "features"), 2, Resume: false, Force: false), Logger.None)
            .Run(AdapterStudyFile.Load(config), output, null, CancellationToken.None);
        return output;
    }

    private static void AssertWeights(string output, string kind, double tolerance)
    {
        using SafetensorsFile expected = SafetensorsFile.Open(SharedPaths.Of("toy", "expected", $"adapters-{kind}.safetensors"));
        using SafetensorsFile actual = SafetensorsFile.Open(Path.Combine(output, "adapters", kind, "adapter.safetensors"));
        string[] names = [.. expected.Tensors.Keys.Where(name => name.StartsWith("final.", StringComparison.Ordinal))];
        Assert.Equal(actual.Tensors.Count, names.Length);
        foreach (string name in names)
        {
            float[] wanted = expected.Read<float>(name);
            float[] got = actual.Read<float>(name["final.".Length..]);
            Assert.All(wanted.Zip(got), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        }
    }
}
