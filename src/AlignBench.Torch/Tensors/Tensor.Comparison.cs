namespace TorchSharp;

public static partial class torch
{
    /// <content>Comparisons and logic, element by element; the results are bool tensors.</content>
    public partial class Tensor
    {
        public Tensor eq(Tensor target) => Dispatcher.Call("aten::eq.Tensor", this, target);

        public Tensor eq(Scalar target) => Dispatcher.Call("aten::eq.Scalar", this, target);

        public Tensor ne(Tensor target) => Dispatcher.Call("aten::ne.Tensor", this, target);

        public Tensor ne(Scalar target) => Dispatcher.Call("aten::ne.Scalar", this, target);

        public Tensor lt(Tensor target) => Dispatcher.Call("aten::lt.Tensor", this, target);

        public Tensor lt(Scalar target) => Dispatcher.Call("aten::lt.Scalar", this, target);

        public Tensor le(Tensor target) => Dispatcher.Call("aten::le.Tensor", this, target);

        public Tensor le(Scalar target) => Dispatcher.Call("aten::le.Scalar", this, target);

        public Tensor gt(Tensor target) => Dispatcher.Call("aten::gt.Tensor", this, target);

        public Tensor gt(Scalar target) => Dispatcher.Call("aten::gt.Scalar", this, target);

        public Tensor ge(Tensor target) => Dispatcher.Call("aten::ge.Tensor", this, target);

        public Tensor ge(Scalar target) => Dispatcher.Call("aten::ge.Scalar", this, target);

        public Tensor maximum(Tensor other) => Dispatcher.Call("aten::maximum", this, other);

        public Tensor minimum(Tensor other) => Dispatcher.Call("aten::minimum", this, other);

        public Tensor isnan() => Dispatcher.Call("aten::isnan", this);

        public Tensor isinf() => Dispatcher.Call("aten::isinf", this);

        public Tensor isfinite() => Dispatcher.Call("aten::isfinite", this);

        public Tensor logical_not() => Dispatcher.Call("aten::logical_not", this);

        public Tensor logical_and(Tensor other) => Dispatcher.Call("aten::logical_and", this, other);

        public Tensor logical_or(Tensor other) => Dispatcher.Call("aten::logical_or", this, other);

        public Tensor logical_xor(Tensor other) => Dispatcher.Call("aten::logical_xor", this, other);

        public Tensor bitwise_and(Tensor other) => Dispatcher.Call("aten::bitwise_and.Tensor", this, other);

        public Tensor bitwise_or(Tensor other) => Dispatcher.Call("aten::bitwise_or.Tensor", this, other);

        public Tensor bitwise_xor(Tensor other) => Dispatcher.Call("aten::bitwise_xor.Tensor", this, other);

        public Tensor bitwise_not() => Dispatcher.Call("aten::bitwise_not", this);

        /// <summary>
        /// These values where <paramref name="condition"/> holds, else <paramref name="y"/>'s.
        /// </summary>
        public Tensor where(Tensor condition, Tensor y) =>
            Dispatcher.Call("aten::where.self", condition, this, y);

        public Tensor isclose(
            Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            Dispatcher.Call("aten::isclose", this, other, rtol, atol, nanEqual);

        public bool allclose(
            Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Dispatcher.CallValue("aten::allclose", this, target, rtol, atol, equal_nan).Integer != 0;

        public bool is_nonzero() => Dispatcher.CallValue("aten::is_nonzero", this).Integer != 0;
    }
}
