using System.Text.RegularExpressions;
using AlignBench.Interop.Kernels;
using AlignBench.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Nn;

/// <summary>
/// Hands a checkpoint's tensors to the layers that ask for them by name, widened to float32, and knows in the
/// end what nobody asked for. Readers made by <see cref="Under"/> share everything but the prefix. Create it,
/// and load with it, outside any <see cref="DisposeScope"/>. Disposing it frees the tensors that it gave out;
/// the source stays open.
/// </summary>
public sealed partial class WeightReader : IDisposable
{
    private readonly Shared _shared;
    private readonly string _prefix;

    /// <param name="source">An open checkpoint, needed only until the model is built.</param>
    /// <param name="device">
    /// Where the tensors shall be; the CPU by default. On the meta device they have shapes and no values:
    /// nothing but headers is read.
    /// </param>
    /// <param name="kernels">
    /// Whether layers run on the CPU's kernels where they can; else all is done by operators.
    /// </param>
    public WeightReader(IWeightSource source, Device? device = null, bool kernels = true)
        : this(new Shared(source, device ?? CPU), "")
    {
        _shared.UsesKernels = kernels && Device.type == DeviceType.CPU && CpuKernels.IsAvailable;
    }

    private WeightReader(Shared shared, string prefix)
    {
        _shared = shared;
        _prefix = prefix;
    }

    /// <summary>Elements of all tensors given out so far.</summary>
    public long Parameters => _shared.Parameters;

    /// <summary>Where the tensors are.</summary>
    public Device Device => _shared.Device;

    /// <summary>Whether layers shall run on the CPU's kernels.</summary>
    public bool UsesKernels => _shared.UsesKernels;

    /// <summary>The same checkpoint, names beginning with <c>name.</c></summary>
    public WeightReader Under(string name) => new(_shared, $"{_prefix}{name}.");

    /// <summary>
    /// <see cref="Under"/> where some tensor's name begins so, else this reader: a wrapper class's prefix.
    /// </summary>
    public WeightReader UnderIfPresent(string name)
    {
        string prefix = $"{_prefix}{name}.";
        if (!_shared.Source.Tensors.Keys.Any(key => key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            return this;
        }

        _shared.Wrapper = prefix;
        return Under(name);
    }

    /// <summary>Whose names the tensors have: of <see cref="Recognize"/>, else Hugging Face's.</summary>
    public string Naming => _shared.Naming;

    /// <summary>The wrapper class's prefix that was found, with its dot; empty if there is none.</summary>
    public string Wrapper => _shared.Wrapper;

    /// <summary>Notes whose names the tensors have, for people to read.</summary>
    public void Recognize(string naming) => _shared.Naming = naming;

    /// <summary>Whether the checkpoint has such a tensor.</summary>
    public bool Has(string name) => _shared.Source.Tensors.ContainsKey(_prefix + name);

    /// <summary>The stored sizes of a tensor; null if there is none of that name.</summary>
    public IReadOnlyList<long>? ShapeOf(string name) =>
        _shared.Source.Tensors.GetValueOrDefault(_prefix + name)?.Shape;

    /// <summary>
    /// From now on the checkpoint has other names; see <see cref="RenamedWeights"/>. To be called on a reader
    /// without prefix, before anything is read.
    /// </summary>
    /// <exception cref="CheckpointException">Two tensors get one name, or one can't be cut.</exception>
    public void Rename(Func<string, IReadOnlyList<string>> newNames) =>
        _shared.Source = new RenamedWeights(_shared.Source, newNames);

    /// <summary>A tensor as float32.</summary>
    /// <exception cref="CheckpointException">
    /// It is missing, of another shape, or not of floating point.
    /// </exception>
    public Tensor Read(string name, params long[] shape) => shape.Length == 0
        ? ReadStacked([name], [], [], [])
        : ReadStacked([name], shape[..1], shape[1..], shape);

    /// <summary>
    /// Several matrices (or biases) below each other as one tensor: their first sizes are
    /// <paramref name="rows"/>, the other sizes <paramref name="rest"/>.
    /// </summary>
    /// <exception cref="CheckpointException">
    /// One is missing, of another shape, or not of floating point.
    /// </exception>
    public Tensor ReadStacked(string[] names, long[] rows, params long[] rest) =>
        ReadStacked(names, rows, rest, [rows.Sum(), .. rest]);

    /// <summary>
    /// A tensor made from one of this reader's, which is freed: a transposed or reordered weight, for
    /// instance.
    /// </summary>
    public Tensor Rearrange(Tensor tensor, Func<Tensor, Tensor> change)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor changed = change(tensor).contiguous().clone().DetachFromDisposeScope();
        _shared.Free(tensor);
        _shared.Owned.Add(changed);
        return changed;
    }

    /// <summary>
    /// Leaves tensors aside: names under this reader's prefix, <c>*</c> standing for any text.
    /// </summary>
    public void Ignore(params string[] patterns)
    {
        foreach (string pattern in patterns)
        {
            Regex regex = new(
                $"^{Regex.Escape(_prefix + pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$");
            _shared.Unread.RemoveWhere(regex.IsMatch);
        }
    }

    /// <summary>Call when the whole model is built.</summary>
    /// <exception cref="CheckpointException">
    /// The checkpoint has a tensor that nobody read or ignored.
    /// </exception>
    public void ThrowIfUnread()
    {
        if (_shared.Unread.Count > 0)
        {
            StoredTensor first = _shared.Source.Tensors[_shared.Unread.Order(StringComparer.Ordinal).First()];
            string others = _shared.Unread.Count > 1 ? $" (and {_shared.Unread.Count - 1} more)" : "";
            throw new CheckpointException(
                $"{first.File}: left-over tensor {first.Name}, {first.Description}{others}: "
                + "the model that config.json describes has no place for it");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _shared.Dispose();

    private Tensor ReadStacked(string[] names, long[] rows, long[] rest, long[] shape)
    {
        StoredTensor[] parts =
        [
            .. names.Select((name, i) => Find(name, shape.Length == 0 ? [] : [rows[i], .. rest])),
        ];
        if (Device.type == DeviceType.META)
        {
            return _shared.Keep(empty(shape, ScalarType.Float32, Device).DetachFromDisposeScope(), parts);
        }

        Tensor whole = empty(shape, ScalarType.Float32, CPU).DetachFromDisposeScope();
        try
        {
            using IDisposable noGrad = no_grad();
            using DisposeScope scope = NewDisposeScope();
            using Tensor flat = whole.view(-1);
            long start = 0;
            foreach (StoredTensor part in parts)
            {
                WeightCopy.ToSingles(_shared.Source, part, flat.narrow(0, start, part.Count));
                start += part.Count;
            }
        }
        catch
        {
            whole.Dispose();
            throw;
        }

        return _shared.Keep(whole, parts);
    }

    private StoredTensor Find(string name, long[] shape)
    {
        string fullName = _prefix + name;
        if (!_shared.Source.Tensors.TryGetValue(fullName, out StoredTensor? tensor))
        {
            throw new CheckpointException(
                $"{string.Join(", ", _shared.Source.Files)}: missing tensor {fullName}, "
                + $"expected with shape {StoredTensor.ShapeText(shape)}");
        }

        if (!tensor.Shape.SequenceEqual(shape))
        {
            throw new CheckpointException(
                $"{tensor.File}: tensor {fullName}: expected shape {StoredTensor.ShapeText(shape)}, "
                + $"got {StoredTensor.ShapeText(tensor.Shape)}");
        }

        return tensor;
    }

    private sealed class Shared(IWeightSource source, Device device) : IDisposable
    {
        private IWeightSource _source = source;

        public IWeightSource Source
        {
            get => _source;
            set
            {
                _source = value;
                Unread = [.. value.Tensors.Keys];
            }
        }

        public Device Device => device;

        public HashSet<string> Unread { get; private set; } = [.. source.Tensors.Keys];

        /// <summary>By reference: Tensor's own Equals compares values.</summary>
        public HashSet<Tensor> Owned { get; } = new(ReferenceEqualityComparer.Instance);

        public List<IDisposable> Packed { get; } = [];

        public bool UsesKernels { get; set; }

        public long Parameters { get; private set; }

        public string Naming { get; set; } = "Hugging Face";

        public string Wrapper { get; set; } = "";

        public Tensor Keep(Tensor tensor, StoredTensor[] parts)
        {
            Tensor kept = tensor;
            if (tensor.device_type != device.type)
            {
                kept = tensor.to(device).DetachFromDisposeScope();
                tensor.Dispose();
            }

            Owned.Add(kept);
            Unread.ExceptWith(parts.Select(part => part.Name));
            Parameters += parts.Sum(part => part.Count);
            return kept;
        }

        public void Free(Tensor tensor)
        {
            Owned.Remove(tensor);
            tensor.Dispose();
        }

        public void Dispose()
        {
            Packed.ForEach(packed => packed.Dispose());
            Packed.Clear();
            foreach (Tensor tensor in Owned)
            {
                tensor.Dispose();
            }

            Owned.Clear();
        }
    }
}
