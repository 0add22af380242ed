using System.Diagnostics;
using AlignBench.Data;
using AlignBench.Features;
using AlignBench.Images;
using AlignBench.Models;
using Serilog.Core;
using TorchSharp;

namespace AlignBench.Benchmarks;

/// <summary>
/// How much of an image encoder's bare forward rate is left from stored bytes to stored features: processor seconds an
/// image of the one by those of the other, on the same threads in the same process, turn by turn.
/// </summary>
internal static class PipelineWork
{
    private const int Rounds = 3;

    /// <returns>Images a second of processor time: bare forward passes, and the whole way. The best of three each.</returns>
    public static (double Forward, double Extract) Measure(string model, string selection, string data, int threads)
    {
        ModelSource source = ModelSource.Find(model, Environment.CurrentDirectory);
        double forward = 0;
        double extract = 0;
        for (int round = 0; round < Rounds; round++)
        {
            forward = Math.Max(forward, Forward(source, selection, threads));
            extract = Math.Max(extract, Extract(source, selection, data, threads));
        }

        return (forward, extract);
    }

    private static double Forward(ModelSource source, string selection, int threads)
    {
        const int imagesPerThread = 40;
        torch.set_num_threads(1);
        using LoadedEncoder loaded = EncoderLoader.Load(source.Folder);
        FeatureSelection[] selections = [FeatureSelection.Parse(selection)];
        int side = ImageProcessor.FromFile(Path.Combine(source.Folder, "preprocessor_config.json")).Height;
        using torch.Tensor image = torch.randn(1, 3, side, side);
        Pass();                                             // a first pass allocates
        TimeSpan start = Spent();
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
        {
            for (int i = 0; i < imagesPerThread; i++)
            {
                Pass();
            }
        });
        return threads * imagesPerThread / (Spent() - start).TotalSeconds;

        void Pass()
        {
            using IDisposable inference = torch.no_grad();
            using DisposeScope scope = torch.NewDisposeScope();
            GC.KeepAlive(loaded.Image!.Encode(image, selections));
        }
    }

    private static double Extract(ModelSource source, string selection, string data, int threads)
    {
        string folder = Directory.CreateTempSubdirectory("alignbench-pipeline").FullName;
        try
        {
            int images = 0;
            TimeSpan start = Spent();
            Progress last = new(progress => images = (int)progress.Done);
            DatasetExtraction.Run(
                source.Folder,
                new DatasetSource { Format = "image-folder", Path = data },
                new ExtractOptions([selection], null, 0, folder, threads),
                last,
                Logger.None,
                CancellationToken.None);
            return images / (Spent() - start).TotalSeconds;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static TimeSpan Spent()
    {
        using Process process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private sealed class Progress(Action<StageProgress> report) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => report(value);
    }
}
