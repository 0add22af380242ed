using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>
/// Chooses the upsampling operator and its arguments as torch::nn::functional::interpolate does
/// (torch/csrc/api/include/torch/nn/functional/upsampling.h).
/// </summary>
internal static class Interpolation
{
    public static torch.Tensor Apply(
        torch.Tensor x,
        long[]? size,
        double[]? factors,
        torch.InterpolationMode mode,
        bool alignCorners,
        bool recompute,
        bool antialias)
    {
        if (size is null == factors is null)
        {
            throw new ExternalException(size is null
                ? "either size or scale_factor should be defined"
                : "only one of size or scale_factor should be defined");
        }

        int spatial = (int)x.ndim - 2;
        size = Spread(size, spatial);
        factors = Spread(factors, spatial);
        if (factors is not null && recompute)
        {
            long[] shape = x.shape;
            size = [.. factors.Select((factor, i) => (long)Math.Floor(shape[i + 2] * factor))];
            factors = null;
        }

        return Call(x, size, factors, mode, spatial, alignCorners, antialias);
    }

    private static torch.Tensor Call(
        torch.Tensor x,
        long[]? size,
        double[]? factors,
        torch.InterpolationMode mode,
        int spatial,
        bool alignCorners,
        bool antialias) => (mode, spatial, antialias) switch
        {
            (torch.InterpolationMode.Nearest, 1, false) =>
                Dispatcher.Call("aten::upsample_nearest1d.vec", x, size, factors),
            (torch.InterpolationMode.Nearest, 2, false) =>
                Dispatcher.Call("aten::upsample_nearest2d.vec", x, size, factors),
            (torch.InterpolationMode.NearestExact, 1, false) =>
                Dispatcher.Call("aten::_upsample_nearest_exact1d.vec", x, size, factors),
            (torch.InterpolationMode.NearestExact, 2, false) =>
                Dispatcher.Call("aten::_upsample_nearest_exact2d.vec", x, size, factors),
            (torch.InterpolationMode.Linear, 1, false) =>
                Dispatcher.Call("aten::upsample_linear1d.vec", x, size, alignCorners, factors),
            (torch.InterpolationMode.Bilinear, 2, false) =>
                Dispatcher.Call("aten::upsample_bilinear2d.vec", x, size, alignCorners, factors),
            (torch.InterpolationMode.Bilinear, 2, true) =>
                Dispatcher.Call("aten::_upsample_bilinear2d_aa.vec", x, size, alignCorners, factors),
            (torch.InterpolationMode.Bicubic, 2, false) =>
                Dispatcher.Call("aten::upsample_bicubic2d.vec", x, size, alignCorners, factors),
            (torch.InterpolationMode.Bicubic, 2, true) =>
                Dispatcher.Call("aten::_upsample_bicubic2d_aa.vec", x, size, alignCorners, factors),
            (torch.InterpolationMode.Area, 2, false) when size is not null =>
                torch.nn.functional.adaptive_avg_pool2d(x, size),
            _ => throw new ExternalException(
                $"no interpolation {mode} over {spatial} dimensions, antialias {antialias}"),
        };

    private static T[]? Spread<T>(T[]? values, int spatial) =>
        values is { Length: 1 } && spatial > 1 ? [.. Enumerable.Repeat(values[0], spatial)] : values;
}
