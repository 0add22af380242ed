using System.Text.RegularExpressions;
using AlignBench.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Nn.Weights;

/// <summary>
/// Hands a checkpoint's tensors to the layers that ask for them by name, widened to float32, and knows in the
/// end what nobody asked for. Readers made by <see cref="Under"/> share everything but the prefix. Create it,
/// and load with it, outside any <see cref="DisposeScope"/>. Disposing it frees the tensors that it gave out;
/// the source stays open.
/// </summary>
public sealed partial class WeightReader : IDisposable
{
    private readonly WeightNames _names;
    private readonly OwnedWeights _owned;
    private readonly string _prefix;

    /// <param name="source">
    /// An open checkpoint, needed until the model is built; block by block, as long as the model is used.
    /// </param>
    /// <param name="device">
    /// Where the tensors shall be; the CPU by default. On the meta device they have shapes and no values:
    /// nothing but headers is read.
    /// </param>
    /// <param name="blockByBlock">
    /// The model's large parts are to be read when they are used and not before: see
    /// <see cref="BlockList{T}"/> and <see cref="Embedding"/>.
    /// </param>
    /// <param name="engine">What layers run on.</param>
    /// <exception cref="ConfigException">The engine is not to be had on this machine or device.</exception>
    public WeightReader(
        IWeightSource source,
        Device? device = null,
        bool blockByBlock = false,
        Engine engine = Engine.Kernels)
        : this(new WeightNames(source), new OwnedWeights(), device ?? CPU, "")
    {
        BlockByBlock = blockByBlock;
        Engine = engine;
        ThrowIfNotThere(engine, Device);
    }

    private WeightReader(WeightNames names, OwnedWeights owned, Device device, string prefix)
    {
        _names = names;
        _owned = owned;
        _prefix = prefix;
        Device = device;
    }

    /// <summary>Elements of all tensors given out so far.</summary>
    public long Parameters => _names.Parameters;

    /// <summary>Where the tensors are.</summary>
    public Device Device { get; }

    /// <summary>Whether large parts are to be read when they are used.</summary>
    public bool BlockByBlock { get; private init; }

    /// <summary>The same checkpoint, names beginning with <c>name.</c></summary>
    public WeightReader Under(string name) =>
        new(_names, _owned, Device, $"{_prefix}{name}.")
        {
            BlockByBlock = BlockByBlock,
            Engine = Engine,
        };

    /// <summary>
    /// The same names for a part of the model that goes before the rest does: its tensors are freed with the
    /// reader that is returned. Nothing in it is put off.
    /// </summary>
    /// <param name="device">Instead of <see cref="Device"/>, to check names and shapes alone.</param>
    internal WeightReader ForPart(Device? device = null) =>
        new(_names, new OwnedWeights(), device ?? Device, _prefix) { Engine = Engine };

    /// <summary>Frees it with this reader's tensors.</summary>
    /// <returns><paramref name="part"/>.</returns>
    internal T Own<T>(T part)
        where T : IDisposable
    {
        _owned.Add(part);
        return part;
    }

    /// <summary>
    /// <see cref="Under"/> where some tensor's name begins so, else this reader: a wrapper class's prefix.
    /// </summary>
    public WeightReader UnderIfPresent(string name)
    {
        string prefix = $"{_prefix}{name}.";
        if (!_names.Source.Tensors.Keys.Any(key => key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            return this;
        }

        _names.Wrapper = prefix;
        return Under(name);
    }

    /// <summary>Whose names the tensors have: of <see cref="Recognize"/>, else Hugging Face's.</summary>
    public string Naming => _names.Naming;

    /// <summary>The wrapper class's prefix that was found, with its dot; empty if there is none.</summary>
    public string Wrapper => _names.Wrapper;

    /// <summary>Notes whose names the tensors have, for people to read.</summary>
    public void Recognize(string naming) => _names.Naming = naming;

    /// <summary>Whether the checkpoint has such a tensor.</summary>
    public bool Has(string name) => _names.Source.Tensors.ContainsKey(_prefix + name);

    /// <summary>The stored sizes of a tensor; null if there is none of that name.</summary>
    public IReadOnlyList<long>? ShapeOf(string name) =>
        _names.Source.Tensors.GetValueOrDefault(_prefix + name)?.Shape;

    /// <summary>
    /// From now on the checkpoint has other names; see <see cref="RenamedWeights"/>. To be called on a reader
    /// without prefix, before anything is read.
    /// </summary>
    /// <exception cref="CheckpointException">Two tensors get one name, or one can't be cut.</exception>
    public void Rename(Func<string, IReadOnlyList<string>> newNames) =>
        _names.Source = new RenamedWeights(_names.Source, newNames);

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
        Tensor made = change(tensor);
        Tensor changed = (made.is_contiguous() ? made.clone() : made.contiguous()).DetachFromDisposeScope();
        _owned.Free(tensor);
        _owned.Add(changed);
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
            _names.Leave(regex.IsMatch);
        }
    }

    /// <summary>Call when the whole model is built.</summary>
    /// <exception cref="CheckpointException">
    /// The checkpoint has a tensor that nobody read or ignored.
    /// </exception>
    public void ThrowIfUnread()
    {
        if (_names.Unread.Count > 0)
        {
            StoredTensor first = _names.Source.Tensors[_names.Unread.Order(StringComparer.Ordinal).First()];
            string others = _names.Unread.Count > 1 ? $" (and {_names.Unread.Count - 1} more)" : "";
            throw new CheckpointException(
                $"{first.File}: left-over tensor {first.Name}, {first.Description}{others}: "
                + "the model that config.json describes has no place for it");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _owned.Dispose();

    /// <summary>
    /// A table of which rows are read when they are asked for; it counts as read.
    /// </summary>
    /// <exception cref="CheckpointException">
    /// It is missing, of another shape, or not of floating point.
    /// </exception>
    internal StoredRowTable ReadRows(string name, long rows, long width)
    {
        StoredTensor stored = Find(name, [rows, width]);
        _names.Take([stored]);
        return new StoredRowTable(_names.Source, stored);
    }

    private Tensor ReadStacked(string[] names, long[] rows, long[] rest, long[] shape)
    {
        StoredTensor[] parts =
        [
            .. names.Select((name, i) => Find(name, shape.Length == 0 ? [] : [rows[i], .. rest])),
        ];
        if (Device.type == DeviceType.META)
        {
            return Keep(empty(shape, ScalarType.Float32, Device).DetachFromDisposeScope(), parts);
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
                WeightCopy.ToSingles(_names.Source, part, flat.narrow(0, start, part.Count));
                start += part.Count;
            }
        }
        catch
        {
            whole.Dispose();
            throw;
        }

        return Keep(whole, parts);
    }

    private StoredTensor Find(string name, long[] shape)
    {
        string fullName = _prefix + name;
        if (!_names.Source.Tensors.TryGetValue(fullName, out StoredTensor? tensor))
        {
            throw new CheckpointException(
                $"{string.Join(", ", _names.Source.Files)}: missing tensor {fullName}, "
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

    private Tensor Keep(Tensor tensor, StoredTensor[] parts)
    {
        Tensor kept = tensor;
        if (tensor.device_type != Device.type)
        {
            kept = tensor.to(Device).DetachFromDisposeScope();
            tensor.Dispose();
        }

        _owned.Add(kept);
        _names.Take(parts);
        return kept;
    }
}
