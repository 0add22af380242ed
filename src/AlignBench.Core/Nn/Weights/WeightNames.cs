using AlignBench.Safetensors;

namespace AlignBench.Nn.Weights;

/// <summary>A checkpoint's names, and which of them nobody has asked for: what readers of one checkpoint
/// share.</summary>
internal sealed class WeightNames(IWeightSource source)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _taken = [];
    private IWeightSource _source = source;

    /// <summary>Set to have other names, before anything is read.</summary>
    public IWeightSource Source
    {
        get => _source;
        set
        {
            _source = value;
            Unread = [.. value.Tensors.Keys];
        }
    }

    /// <summary>Neither read nor left aside.</summary>
    public HashSet<string> Unread { get; private set; } = [.. source.Tensors.Keys];

    /// <summary>Elements of what was read, each tensor counted once.</summary>
    public long Parameters { get; private set; }

    /// <summary>Whose they are, in words.</summary>
    public string Naming { get; set; } = "Hugging Face";

    /// <summary>The wrapper class's prefix that was found, with its dot; empty if there is none.</summary>
    public string Wrapper { get; set; } = "";

    /// <summary>Nobody need read these.</summary>
    public void Leave(Predicate<string> isLeft)
    {
        lock (_lock)
        {
            Unread.RemoveWhere(isLeft);
        }
    }

    /// <summary>Notes what was read; any thread may call this.</summary>
    public void Take(IReadOnlyList<StoredTensor> tensors)
    {
        lock (_lock)
        {
            foreach (StoredTensor tensor in tensors.Where(tensor => _taken.Add(tensor.Name)))
            {
                Unread.Remove(tensor.Name);
                Parameters += tensor.Count;
            }
        }
    }
}
