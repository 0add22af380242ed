namespace TorchSharp;

public static partial class torch
{
    /// <content>Functions of each element by itself; a trailing underscore works in place.</content>
    public partial class Tensor
    {
        /// <summary>|x|</summary>
        public Tensor abs() => Dispatcher.Call("aten::abs", this);

        public Tensor abs_() => Dispatcher.CallInPlace("aten::abs_", this);

        public Tensor neg() => Dispatcher.Call("aten::neg", this);

        public Tensor neg_() => Dispatcher.CallInPlace("aten::neg_", this);

        public Tensor exp() => Dispatcher.Call("aten::exp", this);

        public Tensor exp_() => Dispatcher.CallInPlace("aten::exp_", this);

        public Tensor exp2() => Dispatcher.Call("aten::exp2", this);

        public Tensor exp2_() => Dispatcher.CallInPlace("aten::exp2_", this);

        public Tensor expm1() => Dispatcher.Call("aten::expm1", this);

        public Tensor expm1_() => Dispatcher.CallInPlace("aten::expm1_", this);

        public Tensor log() => Dispatcher.Call("aten::log", this);

        public Tensor log_() => Dispatcher.CallInPlace("aten::log_", this);

        public Tensor log2() => Dispatcher.Call("aten::log2", this);

        public Tensor log2_() => Dispatcher.CallInPlace("aten::log2_", this);

        public Tensor log10() => Dispatcher.Call("aten::log10", this);

        public Tensor log10_() => Dispatcher.CallInPlace("aten::log10_", this);

        public Tensor log1p() => Dispatcher.Call("aten::log1p", this);

        public Tensor log1p_() => Dispatcher.CallInPlace("aten::log1p_", this);

        public Tensor sqrt() => Dispatcher.Call("aten::sqrt", this);

        public Tensor sqrt_() => Dispatcher.CallInPlace("aten::sqrt_", this);

        /// <summary>1 / sqrt(x)</summary>
        public Tensor rsqrt() => Dispatcher.Call("aten::rsqrt", this);

        public Tensor rsqrt_() => Dispatcher.CallInPlace("aten::rsqrt_", this);

        public Tensor square() => Dispatcher.Call("aten::square", this);

        public Tensor reciprocal() => Dispatcher.Call("aten::reciprocal", this);

        public Tensor reciprocal_() => Dispatcher.CallInPlace("aten::reciprocal_", this);

        public Tensor sign() => Dispatcher.Call("aten::sign", this);

        public Tensor sign_() => Dispatcher.CallInPlace("aten::sign_", this);

        public Tensor floor() => Dispatcher.Call("aten::floor", this);

        public Tensor floor_() => Dispatcher.CallInPlace("aten::floor_", this);

        public Tensor ceil() => Dispatcher.Call("aten::ceil", this);

        public Tensor ceil_() => Dispatcher.CallInPlace("aten::ceil_", this);

        public Tensor trunc() => Dispatcher.Call("aten::trunc", this);

        public Tensor trunc_() => Dispatcher.CallInPlace("aten::trunc_", this);

        public Tensor frac() => Dispatcher.Call("aten::frac", this);

        public Tensor frac_() => Dispatcher.CallInPlace("aten::frac_", this);

        public Tensor sin() => Dispatcher.Call("aten::sin", this);

        public Tensor sin_() => Dispatcher.CallInPlace("aten::sin_", this);

        public Tensor cos() => Dispatcher.Call("aten::cos", this);

        public Tensor cos_() => Dispatcher.CallInPlace("aten::cos_", this);

        public Tensor tan() => Dispatcher.Call("aten::tan", this);

        public Tensor tan_() => Dispatcher.CallInPlace("aten::tan_", this);

        public Tensor asin() => Dispatcher.Call("aten::asin", this);

        public Tensor asin_() => Dispatcher.CallInPlace("aten::asin_", this);

        public Tensor acos() => Dispatcher.Call("aten::acos", this);

        public Tensor acos_() => Dispatcher.CallInPlace("aten::acos_", this);

        public Tensor atan() => Dispatcher.Call("aten::atan", this);

        public Tensor atan_() => Dispatcher.CallInPlace("aten::atan_", this);

        public Tensor sinh() => Dispatcher.Call("aten::sinh", this);

        public Tensor sinh_() => Dispatcher.CallInPlace("aten::sinh_", this);

        public Tensor cosh() => Dispatcher.Call("aten::cosh", this);

        public Tensor cosh_() => Dispatcher.CallInPlace("aten::cosh_", this);

        public Tensor erf() => Dispatcher.Call("aten::erf", this);

        public Tensor erf_() => Dispatcher.CallInPlace("aten::erf_", this);

        public Tensor erfc() => Dispatcher.Call("aten::erfc", this);

        public Tensor erfc_() => Dispatcher.CallInPlace("aten::erfc_", this);

        public Tensor erfinv() => Dispatcher.Call("aten::erfinv", this);

        public Tensor sigmoid() => Dispatcher.Call("aten::sigmoid", this);

        public Tensor sigmoid_() => Dispatcher.CallInPlace("aten::sigmoid_", this);

        public Tensor tanh() => Dispatcher.Call("aten::tanh", this);

        public Tensor tanh_() => Dispatcher.CallInPlace("aten::tanh_", this);

        public Tensor relu() => Dispatcher.Call("aten::relu", this);

        public Tensor relu_() => Dispatcher.CallInPlace("aten::relu_", this);

        public Tensor silu() => Dispatcher.Call("aten::silu", this);

        public Tensor silu_() => Dispatcher.CallInPlace("aten::silu_", this);

        public Tensor lgamma() => Dispatcher.Call("aten::lgamma", this);

        public Tensor digamma() => Dispatcher.Call("aten::digamma", this);

        public Tensor negative() => neg();

        public Tensor absolute() => abs();

        public Tensor round(long decimals = 0) => Dispatcher.Call("aten::round.decimals", this, decimals);

        public Tensor pow(Scalar exponent) => Dispatcher.Call("aten::pow.Tensor_Scalar", this, exponent);

        public Tensor pow(Tensor exponent) => Dispatcher.Call("aten::pow.Tensor_Tensor", this, exponent);

        public Tensor pow_(Scalar exponent) => Dispatcher.CallInPlace("aten::pow_.Scalar", this, exponent);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) =>
            Dispatcher.Call("aten::clamp", this, min, max);

        public Tensor clamp(Tensor? min = null, Tensor? max = null) =>
            Dispatcher.Call("aten::clamp.Tensor", this, min, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) =>
            Dispatcher.CallInPlace("aten::clamp_", this, min, max);

        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

        public Tensor clamp_min(Scalar min) => Dispatcher.Call("aten::clamp_min", this, min);

        public Tensor clamp_min_(Scalar min) => Dispatcher.CallInPlace("aten::clamp_min_", this, min);

        public Tensor clamp_max(Scalar max) => Dispatcher.Call("aten::clamp_max", this, max);

        public Tensor clamp_max_(Scalar max) => Dispatcher.CallInPlace("aten::clamp_max_", this, max);

        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) =>
            Dispatcher.Call("aten::nan_to_num", this, nan, posinf, neginf);

        /// <summary>x Phi(x), exactly.</summary>
        public Tensor gelu() => gelu(Modules.GELU.Approximate.none);

        /// <summary>Exactly, or with the tanh approximation that GPT-2 and BLOOM use.</summary>
        public Tensor gelu(Modules.GELU.Approximate approximate) =>
            Dispatcher.Call("aten::gelu", this, approximate.ToString());

        public Tensor softmax(long dim, ScalarType? dtype = null) =>
            Dispatcher.Call("aten::softmax.int", this, dim, dtype);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) =>
            Dispatcher.Call("aten::log_softmax.int", this, dim, dtype);

        public Tensor softplus(double beta = 1, double threshold = 20) =>
            Dispatcher.Call("aten::softplus", this, beta, threshold);

        public Tensor leaky_relu(Scalar negative_slope) =>
            Dispatcher.Call("aten::leaky_relu", this, negative_slope);

        public Tensor fill_(Scalar value) => Dispatcher.CallInPlace("aten::fill_.Scalar", this, value);

        public Tensor zero_() => Dispatcher.CallInPlace("aten::zero_", this);

        public Tensor copy_(Tensor source, bool nonBlocking = false) =>
            Dispatcher.CallInPlace("aten::copy_", this, source, nonBlocking);
    }
}
