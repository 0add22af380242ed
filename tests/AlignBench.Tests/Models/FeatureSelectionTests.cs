using AlignBench.Models;

namespace AlignBench.Tests.Models;

public class FeatureSelectionTests
{
    [Theory]
    [InlineData("penultimate_cls", -2, Pooling.Cls, false)]
    [InlineData("penultimate_mean_norm", -2, Pooling.Mean, true)]
    [InlineData("penultimate_last_token", -2, Pooling.LastToken, false)]
    [InlineData("last_cls_norm", -1, Pooling.Cls, true)]
    [InlineData("last_patch_mean", -1, Pooling.PatchMean, false)]
    [InlineData("last_last_token", -1, Pooling.LastToken, false)]
    [InlineData("layer0_mean", 0, Pooling.Mean, false)]
    [InlineData("layer13_cls", 13, Pooling.Cls, false)]
    public void Parse_CanonicalName_IsReadAndWrittenBack(string name, int layer, Pooling pooling, bool norm)
    {
        FeatureSelection selection = FeatureSelection.Parse(name);

        Assert.Equal(new FeatureSelection(layer, pooling, norm), selection);
        Assert.Equal(name, selection.Name);
    }

    [Theory]
    [InlineData("last_token", "last_last_token")]
    [InlineData("mean_patch", "last_patch_mean_norm")]
    [InlineData("penultimate_stage_mean", "penultimate_mean")]
    [InlineData("pooled", "pooled")]
    [InlineData("embeds", "embeds")]
    public void Parse_ShortName_MeansTheLongOne(string name, string canonical)
    {
        Assert.Equal(canonical, FeatureSelection.Parse(name).Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("cls")]
    [InlineData("cls_last")]
    [InlineData("layer_mean")]
    [InlineData("layer-1_mean")]
    [InlineData("layer+1_mean")]
    [InlineData("last_cls_norm_norm")]
    [InlineData("Last_cls")]
    public void Parse_AnythingElse_IsRefused(string name)
    {
        Assert.Throws<ConfigException>(() => FeatureSelection.Parse(name));
    }

    // Of 3 blocks: hidden states 0, 1, 2, 3.
    [Fact]
    public void LayerIn_ThreeBlocks_CountsLikeHiddenStates()
    {
        Assert.Equal(3, FeatureSelection.Parse("last_mean").LayerIn(3));
        Assert.Equal(2, FeatureSelection.Parse("penultimate_mean").LayerIn(3));
        Assert.Equal(0, FeatureSelection.Parse("layer0_mean").LayerIn(3));
        Assert.Throws<ConfigException>(() => FeatureSelection.Parse("layer4_mean").LayerIn(3));
    }
}
