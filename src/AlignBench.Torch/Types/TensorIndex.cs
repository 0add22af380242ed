namespace TorchSharp;

public static partial class torch
{
    /// <summary>One place of an index expression, as between Python's brackets.</summary>
    public struct TensorIndex
    {
        /// <summary>Every leading dimension that the other places leave.</summary>
        public static TensorIndex Ellipsis = new() { Place = Kind.Ellipsis };

        /// <summary>A new dimension of size 1.</summary>
        public static TensorIndex None = new() { Place = Kind.NewAxis };

        /// <summary>The same as <see cref="None"/>.</summary>
        public static TensorIndex Null = new() { Place = Kind.NewAxis };

        /// <summary>The whole dimension.</summary>
        public static TensorIndex Colon = Slice();

        internal enum Kind
        {
            Single,
            NewAxis,
            Ellipsis,
            Bool,
            Tensor,
            Slice,
        }

        internal Kind Place { get; private init; }

        /// <summary>A slice's start, a single index, or a truth value.</summary>
        internal long? Start { get; private init; }

        internal long? Stop { get; private init; }

        internal long? Step { get; private init; }

        internal Tensor? Indices { get; private init; }

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(Index index) => Single(Signed(index));

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { Place = Kind.Slice, Start = start, Stop = stop, Step = step };

        public static TensorIndex Slice((int? start, int? end) range) => Slice((long?)range.start, range.end);

        public static TensorIndex Slice(Range range) =>
            Slice(Signed(range.Start), range.End is { IsFromEnd: true, Value: 0 } ? null : Signed(range.End));

        public static TensorIndex Bool(bool value) => new() { Place = Kind.Bool, Start = value ? 1 : 0 };

        public static TensorIndex Single(long? index) => new() { Place = Kind.Single, Start = index };

        /// <summary>Rows by their numbers (int64), or by a mask (bool).</summary>
        public static TensorIndex Tensor(Tensor tensor) => new() { Place = Kind.Tensor, Indices = tensor };

        private static long Signed(Index index) => index.IsFromEnd ? -index.Value : index.Value;
    }
}
