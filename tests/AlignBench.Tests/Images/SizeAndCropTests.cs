using System.Text.Json;
using AlignBench.Images;

namespace AlignBench.Tests.Images;

public class SizeAndCropTests
{
    private static readonly Dictionary<string, GoldenTensor> s_crops =
        ImageGoldens.Tensors(ImageGoldens.PathOf("center-crop.safetensors"));

    public static TheoryData<string> Crops =>
        [.. ImageGoldens.Json("center-crop.json").EnumerateArray().Select(s => s.Text("key"))];

    [Fact]
    public void ShortestEdge_GoldenRows_TruncateTheLongerSide()
    {
        foreach (JsonElement row in ImageGoldens.Json("size-rule.json").GetProperty("rows").EnumerateArray())
        {
            int[] r = [.. row.EnumerateArray().Select(v => v.GetInt32())];

            Assert.Equal((r[3], r[4]), new ResizeRule.ShortestEdge(r[2]).Apply(r[0], r[1]));
        }
    }

    [Theory]
    [MemberData(nameof(Crops))]
    public void CenterCrop_GoldenCase_EqualsTransformersAndTorchvision(string key)
    {
        int size = int.Parse(key.Split("->")[1], System.Globalization.CultureInfo.InvariantCulture);
        RgbImage image = ImageGoldens.Picture(s_crops, key + ".input");

        RgbImage transformers = new CenterCrop(size, size, CropConvention.Transformers).Apply(image);
        RgbImage torchvision = new CenterCrop(size, size, CropConvention.Torchvision).Apply(image);

        Assert.Equal(s_crops[key + ".transformers"].Bytes, transformers.Pixels);
        Assert.Equal(s_crops[key + ".torchvision"].Bytes, torchvision.Pixels);
    }
}
