namespace TorchSharp;

public static partial class torch
{
    /// <summary>Integers from 0 up to, but without, <paramref name="high"/>; int64.</summary>
    public static Tensor randint(
        long high,
        long[] size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null,
        string[]? names = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator, names);

    /// <summary>
    /// Integers from <paramref name="low"/> up to, but without, <paramref name="high"/>; int64.
    /// </summary>
    public static Tensor randint(
        long low,
        long high,
        long[] size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null,
        string[]? names = null) => Made(
            Dispatcher.Call(
                "aten::randint.low_generator",
                low,
                high,
                size,
                generator,
                dtype ?? ScalarType.Int64,
                default,
                InitializeDevice(device)),
            requires_grad,
            names);

    /// <summary>0 to n - 1 in random order; int64.</summary>
    public static Tensor randperm(
        long n,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null) => Made(
            Dispatcher.Call(
                "aten::randperm.generator",
                n,
                generator,
                dtype ?? ScalarType.Int64,
                default,
                InitializeDevice(device)),
            requires_grad);

    public static Tensor rand_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Made(Dispatcher.Call("aten::rand_like", input, dtype, default, device), requires_grad);

    public static Tensor randn_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Made(Dispatcher.Call("aten::randn_like", input, dtype, default, device), requires_grad);

    /// <summary>Row numbers drawn with the probabilities of <paramref name="input"/>.</summary>
    public static Tensor multinomial(
        Tensor input, long num_samples, bool replacement = false, Generator? generator = null) =>
        Dispatcher.Call("aten::multinomial", input, num_samples, replacement, generator);

    /// <summary>1 with the probabilities of <paramref name="input"/>, else 0.</summary>
    public static Tensor bernoulli(Tensor input, Generator? generator = null) =>
        Dispatcher.Call("aten::bernoulli", input, generator);

    /// <content>Random values in place.</content>
    public partial class Tensor
    {
        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            Dispatcher.CallInPlace("aten::uniform_", this, from, to, generator);

        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) =>
            Dispatcher.CallInPlace("aten::normal_", this, mean, std, generator);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) =>
            Dispatcher.CallInPlace("aten::bernoulli_.float", this, p, generator);
    }
}
