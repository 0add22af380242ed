using AlignBench.Reports.Html;
using AlignBench.Reports.Plots;
using AlignBench.Reports.Runs;

namespace AlignBench.Tests.Reports;

public sealed class AdapterPlotTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Alignment_TwoSeeds_AreAMeanWithADotEach()
    {
        WriteAlignment();

        IReadOnlyList<Plot> plots = AlignmentPlot.Kind.Plots(RunFolder.Read(_folder.Root));

        Plot plot = Assert.Single(plots, plot => plot.IsMain);
        Assert.Equal("linear, validation rows", plot.Title);
        Assert.Equal(
            ["frozen image 0.3", "frozen text 0.1", "before image 0.2", "before text 0.1", "before both 0.15", "after image 0.3", "after text 0.2", "after both 0.4"],
            plot.Data["scores"].Select(row => FormattableString.Invariant($"{row["when"]} {row["embedding"]} {Math.Round((double)row["score"]!, 6)}")));
        Assert.Equal(14, plot.Data["seeds"].Count);
        Assert.Contains("after: image 0.3000, text 0.2000, both 0.4000; H1 holds in 2, H2 in 1 of 2.", plot.Description, StringComparison.Ordinal);
        Assert.Equal("linear, train rows", Assert.Single(plots, plot => !plot.IsMain).Title);
    }

    [Fact]
    public void Page_OfAnAdapterStudy_SaysWhatCameOut()
    {
        WriteAlignment();

        string page = ReportPage.Create(new ReportInput(RunFolder.Read(_folder.Root), [], []));

        Assert.Contains("image 0.2000 → 0.3000; text 0.1000 → 0.2000; both 0.1500 → 0.4000", page, StringComparison.Ordinal);
        Assert.Contains("H1 holds after training, H2 does not", page, StringComparison.Ordinal);
        Assert.Contains("in 1 of 2 seeds after", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_CellsWithoutANumber_AreNoPoints()
    {
        _folder.Write("adapters_epochs.csv", """
            adapter,epoch,train_loss,validation_infonce,validation_image_to_text_r1,lambda,seed
            linear,0,,5.5,0.1,0.5,0
            linear,1,4.5,5.0,,0.4,0
            linear,2,3.5,4.0,0.3,0.3,0

            """);

        IReadOnlyList<Plot> plots = TrainingPlot.Kind.Plots(RunFolder.Read(_folder.Root));

        Assert.Equal(["training-loss-linear", "training-recall-linear", "training-lambda-linear"], plots.Select(plot => plot.Id));
        Assert.Equal("training-loss-linear", Assert.Single(plots, plot => plot.IsMain).Id);
        Assert.Equal(5, plots[0].Data["curve"].Count);
        Assert.Equal(2, plots[1].Data["curve"].Count);
        Assert.Equal("training: 4.5000 at epoch 1, 3.5000 at epoch 2. validation: 5.5000 at epoch 0, 4.0000 at epoch 2.", plots[0].Description);
    }

    [Fact]
    public void Lambda_Curve_NamesItsEndsAndItsHighest()
    {
        _folder.Write("adapters_lambda.csv", """
            adapter,rows,when,lambda,multimodal_reference,seed
            mlp,all,after,0.0,0.1,0
            mlp,all,after,0.5,0.4,0
            mlp,all,after,1.0,0.2,0

            """);

        Plot plot = Assert.Single(LambdaPlot.Kind.Plots(RunFolder.Read(_folder.Root)));

        Assert.True(plot.IsMain);
        Assert.Equal("after training: 0.1000 at 0, 0.2000 at 1, highest 0.4000 at 0.5.", plot.Description);
    }

    [Fact]
    public void Map_FirstAndLastEpoch_HaveTheReferenceBoth()
    {
        _folder.Write("embedding_map.csv", """
            adapter,epoch,item,space,method,x,y,seed
            linear,0,a,image,pca,0.1,0.2,0
            linear,0,a,reference,pca,0.3,0.4,0
            linear,1,a,image,pca,0.5,0.6,0
            linear,2,a,multimodal,pca,0.7,0.8,0
            linear,2,a,multimodal,mds,0.7,0.8,0
            linear,2,a,multimodal,pca,9.0,9.0,1

            """);

        IReadOnlyList<Plot> plots = EmbeddingMapPlot.Kind.Plots(RunFolder.Read(_folder.Root));

        Assert.Equal(["map-linear-pca-0", "map-linear-pca-2", "map-linear-mds-2"], plots.Select(plot => plot.Id));
        Assert.Equal(["reference", "both"], plots[1].Data["rows"].Select(row => (string?)row["space"]));
        Assert.Equal([true, true, false], plots.Select(plot => plot.IsMain));
    }

    [Fact]
    public void Layers_Map_NamesTheBestPairOfLayers()
    {
        _folder.Write("layers.csv", """
            experiment,folding,condition,vision,language,direction,vision_layer,language_layer,score
            words,plain,high,dino,bloom,language_to_vision,0,0,0.1
            words,plain,high,dino,bloom,language_to_vision,1,0,0.3
            words,plain,low,dino,bloom,language_to_vision,0,0,NaN

            """);

        IReadOnlyList<Plot> plots = LayerPlot.Kind.Plots(RunFolder.Read(_folder.Root));

        Assert.Equal(2, plots.Count);
        Assert.Equal("2 pairs of layers, r from 0.1000 to 0.3000; highest at layer 1 of dino and 0 of bloom.", plots[0].Description);
        Assert.True(plots[0].IsMain);
        Assert.Null(plots[1].Data["scores"][0]["score"]);
        Assert.All(plots, plot => Assert.DoesNotContain("{{", PlotSpec.Create(plot).ToJsonString(), StringComparison.Ordinal));
    }

    private void WriteAlignment() => _folder.Write("adapters_alignment.csv", """
        adapter,rows,when,image_reference,text_reference,multimodal_reference,h1,h2,chance
        frozen,validation,-,0.3,0.1,,,,0.01
        linear,train,after,0.5,0.4,0.6,True,True,0.01
        linear,validation,before,0.1,0.1,0.1,False,False,0.01
        linear,validation,before,0.3,0.1,0.2,True,False,0.01
        linear,validation,after,0.2,0.1,0.3,True,True,0.01
        linear,validation,after,0.4,0.3,0.5,True,False,0.01

        """);
}
