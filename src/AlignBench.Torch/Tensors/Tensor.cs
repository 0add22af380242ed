using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// An n-dimensional array of libtorch. Failures of its operators are <see cref="ExternalException"/>s
    /// with libtorch's own words; a tensor used after it was freed is an
    /// <see cref="InvalidOperationException"/>.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private TensorHandle _handle;

        internal Tensor(TensorHandle handle)
            : this(handle, DisposeScopeStack.Current)
        {
        }

        /// <param name="handle">Owned by the new tensor.</param>
        /// <param name="scope">The scope that frees it, or null.</param>
        internal Tensor(TensorHandle handle, DisposeScope? scope)
        {
            _handle = handle;
            scope?.Add(this);
        }

        /// <summary>A name to tell it by; nothing reads it.</summary>
        public string name { get; set; } = null!;

        /// <summary>True once it was freed.</summary>
        public bool IsInvalid => _handle.IsClosed || _handle.IsInvalid;

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <exception cref="InvalidOperationException">The tensor was freed.</exception>
        internal TensorHandle LiveHandle => IsInvalid
            ? throw new InvalidOperationException("Tensor invalid -- empty handle.")
            : _handle;

        /// <summary>A second tensor object over the same native tensor, to be freed by itself.</summary>
        public Tensor alias()
        {
            TorchNative.Check(TorchNative.TensorAlias(LiveHandle, out TensorHandle alias));
            return new Tensor(alias);
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) =>
            MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is null)
            {
                other?.Attach(this);
            }
            else
            {
                OwningDisposeScope.MoveToOther(other, this);
            }

            return this;
        }

        /// <summary>
        /// From now on it lives until it is disposed of by hand, or the garbage collector finds it.
        /// </summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        /// <summary>The same object; for element-wise comparison see <see cref="eq(Tensor)"/>.</summary>
        public override bool Equals(object? obj) => obj is Tensor tensor && Equals(tensor);

        /// <summary>True if shapes and all values are equal.</summary>
        public bool Equals(Tensor target) => Dispatcher.CallValue("aten::equal", this, target).Integer != 0;

        public override int GetHashCode() => base.GetHashCode();

        public void Dispose()
        {
            Dispose(disposing: true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (disposing && !_handle.IsClosed)
            {
                OwningDisposeScope?.MarkAsDisposed(this);
                _handle.Dispose();
            }
        }

        /// <summary>Hands the native tensor over and leaves this object freed.</summary>
        internal TensorHandle MoveHandle()
        {
            TensorHandle moved = LiveHandle;
            _handle = new TensorHandle();
            return moved;
        }
    }
}
