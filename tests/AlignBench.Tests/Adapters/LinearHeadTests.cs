using AlignBench.Adapters;
using AlignBench.Features;

namespace AlignBench.Tests.Adapters;

/// <summary>
/// torch.save's files in DINOv2's layout: class c has weight 1 on feature c (and 2 on feature 384 + c in the wide one),
/// bias 0, the last of the five .5.
/// </summary>
public class LinearHeadTests
{
    [Theory]
    [InlineData(384)]
    [InlineData(768)]
    public void Read_EitherWidth_ClassifiesAsWorkedOutByHand(int width)
    {
        LinearHead head = LinearHead.Read(TestPaths.Golden("adapters", "heads", $"dinov2_vits14_linear_head_{width}.pth"));
        double[] values = new double[3 * width];
        values[2] = 1;                          // class token of item 0: class 2, by 1 to .5
        values[width + 1] = 0.25;               // of item 1: class 4's bias is more
        values[(2 * width) + 3] = 0.2;
        values[(3 * width) - 384 + 3] += width == 768 ? 0.2 : 0.4;      // its mean patch counts twice: .6

        int[] predicted = head.Classify(new FeatureMatrix(3, width, values)).Predictions();

        Assert.Equal((5, width), (head.Classes, head.Width));
        Assert.Equal([2, 4, 3], predicted);
    }

    [Fact]
    public void Classify_FeaturesOfAnotherWidth_IsRefused()
    {
        LinearHead head = LinearHead.Read(TestPaths.Golden("adapters", "heads", "dinov2_vits14_linear_head_384.pth"));

        ArgumentException thrown = Assert.Throws<ArgumentException>(() => head.Classify(new FeatureMatrix(1, 2, [0, 1])));

        Assert.Contains("the items have 2 features, the classes 384", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileWithoutABias_SaysWhatIsThere()
    {
        CheckpointException thrown = Assert.Throws<CheckpointException>(
            () => LinearHead.Read(TestPaths.Golden("adapters", "blocks.safetensors")));

        Assert.Contains("expected one tensor 'weight' of 2 dimensions", thrown.Message, StringComparison.Ordinal);
    }
}
