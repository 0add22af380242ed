using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <content>Resampling.</content>
        public static partial class functional
        {
            /// <summary>[B, C, ...] to another size of the last dimensions.</summary>
            /// <param name="size">The new size, or null if factors are given.</param>
            /// <param name="scale_factor">
            /// Factors; the sampling points follow the factors themselves, unless they are recomputed from
            /// the sizes.
            /// </param>
            /// <param name="align_corners">Corner pixels' centres meet; else corners do.</param>
            /// <param name="antialias">Widens the filter when shrinking (bilinear and bicubic).</param>
            /// <exception cref="ExternalException">
            /// Not exactly one of size and factors, or no such operator.
            /// </exception>
            public static Tensor interpolate(
                Tensor x,
                long[]? size = null,
                double[]? scale_factor = null,
                InterpolationMode mode = InterpolationMode.Nearest,
                bool? align_corners = null,
                bool recompute_scale_factor = false,
                bool antialias = false) => Interpolation.Apply(
                    x, size, scale_factor, mode, align_corners ?? false, recompute_scale_factor, antialias);
        }
    }
}
