namespace TorchSharp;

public static partial class torch
{
    /// <content>Sums, products, quotients; shapes broadcast.</content>
    public partial class Tensor
    {
        public Tensor add(Tensor target) => add(target, 1);

        public Tensor add(Scalar scalar) => Dispatcher.Call("aten::add.Scalar", this, scalar);

        public Tensor add_(Tensor target) => add_(target, 1);

        public Tensor add_(Scalar scalar) => Dispatcher.CallInPlace("aten::add_.Scalar", this, scalar);

        public Tensor sub(Tensor target) => Dispatcher.Call("aten::sub.Tensor", this, target);

        public Tensor sub(Scalar target) => Dispatcher.Call("aten::sub.Scalar", this, target);

        public Tensor sub_(Tensor target) => Dispatcher.CallInPlace("aten::sub_.Tensor", this, target);

        public Tensor sub_(Scalar target) => Dispatcher.CallInPlace("aten::sub_.Scalar", this, target);

        public Tensor mul(Tensor target) => Dispatcher.Call("aten::mul.Tensor", this, target);

        public Tensor mul(Scalar target) => Dispatcher.Call("aten::mul.Scalar", this, target);

        public Tensor mul_(Tensor target) => Dispatcher.CallInPlace("aten::mul_.Tensor", this, target);

        public Tensor mul_(Scalar target) => Dispatcher.CallInPlace("aten::mul_.Scalar", this, target);

        /// <summary>This + alpha * target.</summary>
        public Tensor add(Tensor target, Scalar alpha) =>
            Dispatcher.Call("aten::add.Tensor", this, target, alpha);

        /// <summary>This + alpha * target.</summary>
        public Tensor add_(Tensor target, Scalar alpha) =>
            Dispatcher.CallInPlace("aten::add_.Tensor", this, target, alpha);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Dispatcher.Call("aten::div.Tensor_mode", this, target, Name(rounding_mode));

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Dispatcher.Call("aten::div.Scalar_mode", this, target, Name(rounding_mode));

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Dispatcher.CallInPlace("aten::div_.Tensor_mode", this, target, Name(rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Dispatcher.CallInPlace("aten::div_.Scalar_mode", this, target, Name(rounding_mode));

        /// <summary>The remainder with the divisor's sign.</summary>
        public Tensor remainder(Tensor target) => Dispatcher.Call("aten::remainder.Tensor", this, target);

        public Tensor remainder(Scalar scalar) => Dispatcher.Call("aten::remainder.Scalar", this, scalar);

        public Tensor floor_divide(Tensor other) => div(other, RoundingMode.floor);

        public Tensor floor_divide(Scalar other) => div(other, RoundingMode.floor);

        /// <summary>This + value * tensor1 * tensor2.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Dispatcher.Call("aten::addcmul", this, tensor1, tensor2, value);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Dispatcher.CallInPlace("aten::addcmul_", this, tensor1, tensor2, value);

        /// <summary>This + value * tensor1 / tensor2.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Dispatcher.Call("aten::addcdiv", this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Dispatcher.CallInPlace("aten::addcdiv_", this, tensor1, tensor2, value);

        /// <summary>This + weight * (end - this).</summary>
        public Tensor lerp(Tensor end, Tensor weight) =>
            Dispatcher.Call("aten::lerp.Tensor", this, end, weight);

        private static string? Name(RoundingMode mode) => mode == RoundingMode.None ? null : mode.ToString();
    }
}
