namespace TorchSharp;

public static partial class torch
{
    /// <summary>Seeds the default generators of all devices.</summary>
    public static Generator manual_seed(long seed)
    {
        TorchNative.Check(TorchNative.ManualSeed((ulong)seed));
        return Generator.Default;
    }

    /// <summary>
    /// A source of random numbers (on the CPU: Mersenne Twister 19937) with a state of its own.
    /// </summary>
    public class Generator : IDisposable
    {
        /// <param name="seed">Where the sequence starts.</param>
        /// <param name="device">Where its numbers are made; the CPU for null.</param>
        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            TorchNative.Check(TorchNative.GeneratorNew(
                (int)this.device.type, this.device.index, seed, out GeneratorHandle handle));
            NativeHandle = handle;
        }

        private Generator(GeneratorHandle handle)
        {
            device = CPU;
            NativeHandle = handle;
        }

        /// <summary>The process's generator: the one operators use when they are given none.</summary>
        public static Generator Default
        {
            get
            {
                TorchNative.Check(TorchNative.GeneratorDefault(out GeneratorHandle handle));
                return new Generator(handle);
            }
        }

        public Device device { get; private set; }

        internal GeneratorHandle NativeHandle { get; }

        public Generator manual_seed(long seed)
        {
            TorchNative.Check(TorchNative.GeneratorSetSeed(NativeHandle, (ulong)seed));
            return this;
        }

        /// <summary>Seeds from the clock; returns the seed.</summary>
        public long seed()
        {
            long seed = DateTime.UtcNow.Ticks;
            manual_seed(seed);
            return seed;
        }

        /// <summary>The seed last given.</summary>
        public long initial_seed()
        {
            TorchNative.Check(TorchNative.GeneratorSeed(NativeHandle, out ulong seed));
            return (long)seed;
        }

        /// <summary>[bytes] uint8.</summary>
        public Tensor get_state()
        {
            TorchNative.Check(TorchNative.GeneratorState(NativeHandle, out TensorHandle state));
            return new Tensor(state);
        }

        /// <param name="value">What <see cref="get_state"/> gave.</param>
        public void set_state(Tensor value) =>
            TorchNative.Check(TorchNative.GeneratorSetState(NativeHandle, value.LiveHandle));

        public void Dispose()
        {
            NativeHandle.Dispose();
            GC.SuppressFinalize(this);
        }
    }

    /// <summary>The default generator.</summary>
    public static class random
    {
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        public static long initial_seed()
        {
            using Generator generator = Generator.Default;
            return generator.initial_seed();
        }

        public static Tensor get_rng_state()
        {
            using Generator generator = Generator.Default;
            return generator.get_state();
        }

        public static void set_rng_state(Tensor new_state)
        {
            using Generator generator = Generator.Default;
            generator.set_state(new_state);
        }
    }

    public static long initial_seed() => random.initial_seed();

    public static Tensor get_rng_state() => random.get_rng_state();

    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);
}
