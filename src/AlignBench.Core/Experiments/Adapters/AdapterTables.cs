using AlignBench.Reports;

namespace AlignBench.Experiments.Adapters;

/// <summary>Writes an adapter study's tables: tidy, one observation a row, numbers round-trip exact.</summary>
internal static class AdapterTables
{
    private const string Frozen = "frozen";

    public static void Write(
        string output,
        EvaluationSettings settings,
        AlignmentMeasurement[] frozen,
        IReadOnlyList<AdapterResult> results,
        IReadOnlyList<Data.SkippedRow> skipped)
    {
        WriteNumbers(Path.Combine(output, "adapters_steps.csv"), AdapterRun.StepColumns, results, result => result.Steps);
        WriteNumbers(Path.Combine(output, "adapters_epochs.csv"), AdapterRun.EpochColumns, results, result => result.Epochs);
        WriteAlignment(Path.Combine(output, "adapters_alignment.csv"), settings, frozen, results);
        WriteLambda(Path.Combine(output, "adapters_lambda.csv"), settings, results);
        WriteControls(Path.Combine(output, "adapters_controls.csv"), settings, results);
        CsvTable.Write(
            Path.Combine(output, "embedding_map.csv"),
            ["adapter", .. EmbeddingMap.Columns, "seed"],
            from result in results
            from row in result.Map
            select (object?[])[result.Adapter, .. EmbeddingMap.Cells(row), result.Seed]);
        if (results.Any(result => result.Modalities.Count > 0))
        {
            CsvTable.Write(
                Path.Combine(output, "adapters_modalities.csv"),
                ModalityScore.Columns,
                from result in results
                from row in result.Modalities
                select row.Score.Cells(result.Adapter, row.When, result.Seed));
        }

        CsvTable.Write(
            Path.Combine(output, "skipped.csv"),
            ["source", "reason"],
            skipped.Select(row => (object?[])[row.Source, row.Reason]));
    }

    /// <summary><c>adapters_zero_shot.csv</c>, if the study has such a task.</summary>
    public static void WriteZeroShot(
        string output, EvaluationSettings settings, ZeroShotData? task, IReadOnlyList<AdapterResult> results)
    {
        if (task is null)
        {
            return;
        }

        CsvTable.Write(
            Path.Combine(output, "adapters_zero_shot.csv"),
            ZeroShotScore.Columns,
            [
                .. new ZeroShotMeter(task, settings.Lambda!.Value).MeasureFrozen().Select(score => score.Cells(Frozen, "-", null)),
                .. from result in results
                   from row in result.ZeroShot
                   select row.Score.Cells(result.Adapter, row.When, result.Seed),
            ]);
    }

    /// <summary>Each adapter's measurements: before training, then after it.</summary>
    public static IEnumerable<(AdapterResult Result, string When, AlignmentMeasurement Measured)> Measurements(
        IEnumerable<AdapterResult> results) =>
        from result in results
        from stage in ((string When, AlignmentMeasurement[] Measured)[])[("before", result.Before), ("after", result.After)]
        from measured in stage.Measured
        select (result, stage.When, measured);

    private static void WriteNumbers(
        string path,
        IReadOnlyList<string> columns,
        IReadOnlyList<AdapterResult> results,
        Func<AdapterResult, IReadOnlyList<double[]>> rows) => CsvTable.Write(
            path,
            ["adapter", .. columns, "seed"],
            from result in results
            from row in rows(result)
            select (object?[])[result.Adapter, .. row.Zip(columns, Cell), result.Seed]);

    // Epoch and step are counts; what was not measured is an empty cell.
    private static object? Cell(double value, string column) =>
        double.IsNaN(value) ? null : column is "epoch" or "step" ? (object)(long)value : value;

    private static void WriteAlignment(
        string path, EvaluationSettings settings, AlignmentMeasurement[] frozen, IReadOnlyList<AdapterResult> results) => CsvTable.Write(
            path,
            [
                "adapter", "rows", "when", "image_reference", "text_reference", "multimodal_reference", "h1", "h2", "image_text",
                "learned_lambda", "multimodal_reference_learned", "h1_learned", "h2_learned", "seed", "chance",
            ],
            [
                .. frozen.Select(measured => AlignmentRow(settings, Frozen, "-", measured, null)),
                .. Measurements(results).Select(row =>
                    AlignmentRow(settings, row.Result.Adapter, row.When, row.Measured, row.Result.Seed)),
            ]);

    private static object?[] AlignmentRow(
        EvaluationSettings settings, string adapter, string when, AlignmentMeasurement measured, long? seed)
    {
        int k = settings.K!.Value;
        AlignmentShare image = measured.Of(AlignmentMeter.MainKernel, k, AlignmentMeter.Image);
        AlignmentShare text = measured.Of(AlignmentMeter.MainKernel, k, AlignmentMeter.Text);
        AlignmentShare? both = Blend(settings.Lambda);
        AlignmentShare? learned = Blend(measured.Learned);
        return
        [
            adapter, measured.Rows, when, image.Score, text.Score,
            both?.Score, Hypothesis.H1(image, text, both), Hypothesis.H2(image, text, both),
            measured.Of(AlignmentMeter.MainKernel, k, AlignmentMeter.ImageText).Score,
            measured.Learned, learned?.Score, Hypothesis.H1(image, text, learned), Hypothesis.H2(image, text, learned),
            seed, k / (measured.Items - 1.0),
        ];

        AlignmentShare? Blend(double? lambda) => seed is null || lambda is not double given
            ? null
            : measured.Of(AlignmentMeter.MainKernel, k, AlignmentMeter.Multimodal, given);
    }

    private static void WriteLambda(string path, EvaluationSettings settings, IReadOnlyList<AdapterResult> results) => CsvTable.Write(
        path,
        ["adapter", "rows", "when", "lambda", "multimodal_reference", "seed"],
        from row in Measurements(results)
        from lambda in settings.LambdaSweep!
        let share = row.Measured.Of(AlignmentMeter.MainKernel, settings.K!.Value, AlignmentMeter.Multimodal, lambda)
        select (object?[])[row.Result.Adapter, row.Measured.Rows, row.When, lambda, share.Score, row.Result.Seed]);

    // The text itself first, then what stands in its place.
    private static void WriteControls(string path, EvaluationSettings settings, IReadOnlyList<AdapterResult> results) => CsvTable.Write(
        path,
        ["adapter", "rows", "when", "second", "lambda", "multimodal_reference", "image_reference", "difference", "seed"],
        from row in Measurements(results)
        let k = settings.K!.Value
        let image = row.Measured.Of(AlignmentMeter.MainKernel, k, AlignmentMeter.Image)
        from control in ((string Second, string What)[])
            [(AlignmentMeter.Text, AlignmentMeter.Multimodal), .. BlendControls.Names.Select(name => (name, name))]
        let share = row.Measured.Of(AlignmentMeter.MainKernel, k, control.What, settings.Lambda!.Value)
        select (object?[])
        [
            row.Result.Adapter, row.Measured.Rows, row.When, control.Second, settings.Lambda, share.Score, image.Score,
            share.Score - image.Score, row.Result.Seed,
        ]);
}
