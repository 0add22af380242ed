using AlignBench.Adapters.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace AlignBench.Adapters.Fused;

/// <summary>
/// One adapter's training pass in float32: what <see cref="Adapter"/> and autograd compute, written out, in buffers
/// that are made once. Create it outside any <see cref="DisposeScope"/>; call the steps in order, the first one for both
/// halves of a batch, which may run side by side.
/// </summary>
internal sealed class FusedAdapter : IDisposable
{
    private readonly AdapterShape _shape;
    private readonly Tensor _features;                      // [n, d]
    private readonly Generator _dropout;
    private readonly Dictionary<string, Tensor> _values = [];
    private readonly Dictionary<string, Tensor> _gradients = [];
    private readonly List<Tensor> _owned = [];
    private readonly float[] _inverse;                      // [B] of LayerNorm
    private readonly Tensor _x;                             // [B, d]
    private readonly Tensor _first;                         // [B, h] the norm's input, normalised
    private readonly Tensor _inner;                         // [B, h] the gradient on its way
    private readonly Tensor _hidden;                        // [B, h] what the last linear map takes
    private readonly Tensor _slope;                         // [B, h] derivative of GELU
    private readonly Tensor _mask;                          // [B, h] of dropout

    /// <param name="name">Prefix of its parameters.</param>
    /// <param name="shape">Its layers.</param>
    /// <param name="arena">Has the parameters; their gradients are written there.</param>
    /// <param name="features">[n, d] float32, a row an item.</param>
    /// <param name="dropout">Draws the hidden units left out.</param>
    /// <param name="most">Most rows of a batch.</param>
    public FusedAdapter(string name, AdapterShape shape, ParameterArena arena, Tensor features, Generator dropout, int most)
    {
        _shape = shape;
        _features = features;
        _dropout = dropout;
        foreach (ParameterSpec spec in shape.Parameters)
        {
            _values.Add(spec.Name, Keep(arena[$"{name}.{spec.Name}"].detach()));
            _gradients.Add(spec.Name, Keep(arena[$"{name}.{spec.Name}"].grad!.alias()));
        }

        int hidden = shape.Kind == AdapterKind.Linear ? 0 : shape.Hidden;
        _x = Keep(zeros([most, shape.Inputs], ScalarType.Float32));
        _first = Keep(zeros([most, hidden], ScalarType.Float32));
        _inner = Keep(zeros([most, hidden], ScalarType.Float32));
        _hidden = Keep(zeros([most, hidden], ScalarType.Float32));
        _slope = Keep(zeros([most, hidden], ScalarType.Float32));
        _mask = Keep(zeros([most, hidden], ScalarType.Float32));
        Output = Keep(zeros([most, shape.Outputs], ScalarType.Float32));
        _inverse = new float[most];
    }

    /// <summary>[most, e], the rows of the batch first; not normalised.</summary>
    public Tensor Output { get; }

    private bool IsLinear => _shape.Kind == AdapterKind.Linear;

    private bool Drops => !IsLinear && _shape.Dropout > 0;

    /// <summary>Step 0: draws what dropout leaves out.</summary>
    /// <param name="n">Rows of the batch.</param>
    public void Draw(int n)
    {
        if (Drops)
        {
            using Tensor mask = _mask.narrow(0, 0, n);
            mask.bernoulli_(1 - _shape.Dropout, _dropout);
        }
    }

    /// <summary>Step 1: a half of the batch's rows, from features to <see cref="Output"/>.</summary>
    /// <param name="items">[B], the batch.</param>
    /// <param name="half">0 or 1.</param>
    public void Forward(ReadOnlySpan<long> items, int half)
    {
        using DisposeScope scope = NewDisposeScope();
        (int start, int count) = PairLoss.Half(items.Length, half);
        ReadOnlySpan<float> all = Lanes.Of(_features);
        Span<float> x = Lanes.Of(_x);
        for (int i = start; i < start + count; i++)
        {
            all.Slice((int)items[i] * _shape.Inputs, _shape.Inputs).CopyTo(Lanes.Row(x, i, _shape.Inputs));
        }

        if (IsLinear)
        {
            Linear(_x, Output, "", start, count);
            return;
        }

        bool isNormFirst = _shape.Kind == AdapterKind.MlpNormGelu;
        Linear(_x, _first, "fc1.", start, count);
        Span<float> firsts = Lanes.Of(_first);
        Span<float> hiddens = Lanes.Of(_hidden);
        Span<float> slopes = Lanes.Of(_slope);
        ReadOnlySpan<float> mask = Lanes.Of(_mask);
        ReadOnlySpan<float> weight = Lanes.Of(_values["norm.weight"]);
        ReadOnlySpan<float> bias = Lanes.Of(_values["norm.bias"]);
        for (int i = start; i < start + count; i++)
        {
            Span<float> first = Lanes.Row(firsts, i, _shape.Hidden);
            Span<float> hidden = Lanes.Row(hiddens, i, _shape.Hidden);
            Span<float> slope = Lanes.Row(slopes, i, _shape.Hidden);
            if (!isNormFirst)
            {
                Activation.Gelu(first, slope, _shape.Gelu);
            }

            _inverse[i] = Normalization.Layer(first, hidden, weight, bias, (float)_shape.NormEpsilon);
            if (isNormFirst)
            {
                Activation.Gelu(hidden, slope, _shape.Gelu);
            }

            Drop(hidden, mask, i);
        }

        Linear(_hidden, Output, "fc2.", start, count);
    }

    /// <summary>Step 2: from the gradient of <see cref="Output"/> to that of every parameter.</summary>
    /// <param name="gradient">[B, e].</param>
    public void Backward(Tensor gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        int n = (int)gradient.shape[0];
        Tensor x = _x.narrow(0, 0, n);
        if (IsLinear)
        {
            LinearGradients(gradient, x, "");
            return;
        }

        Tensor inner = _inner.narrow(0, 0, n);
        inner.addmm_(gradient, _values["fc2.weight"], beta: 0);
        HiddenGradients(inner);
        LinearGradients(inner, x, "fc1.");
        LinearGradients(gradient, _hidden.narrow(0, 0, n), "fc2.");
    }

    public void Dispose() => _owned.ForEach(tensor => tensor.Dispose());

    private void Linear(Tensor x, Tensor y, string layer, int start, int count)
    {
        Tensor target = y.narrow(0, start, count);
        if (_shape.Bias)
        {
            ReadOnlySpan<float> bias = Lanes.Of(_values[$"{layer}bias"]);
            Span<float> rows = Lanes.Of(y);
            for (int i = start; i < start + count; i++)
            {
                bias.CopyTo(Lanes.Row(rows, i, bias.Length));
            }
        }

        target.addmm_(x.narrow(0, start, count), _values[$"{layer}weight"].t(), beta: _shape.Bias ? 1 : 0);
    }

    // From the gradient of what the last linear map takes to that of what the first one gives, in place.
    private void HiddenGradients(Tensor inner)
    {
        Span<float> inners = Lanes.Of(inner);
        Span<float> firsts = Lanes.Of(_first);
        Span<float> slopes = Lanes.Of(_slope);
        ReadOnlySpan<float> mask = Lanes.Of(_mask);
        ReadOnlySpan<float> scale = Lanes.Of(_values["norm.weight"]);
        Span<float> weight = Lanes.Of(_gradients["norm.weight"]);
        Span<float> bias = Lanes.Of(_gradients["norm.bias"]);
        weight.Clear();
        bias.Clear();
        bool isNormFirst = _shape.Kind == AdapterKind.MlpNormGelu;
        for (int i = 0; i < inner.shape[0]; i++)
        {
            Span<float> own = Lanes.Row(inners, i, _shape.Hidden);
            Span<float> slope = Lanes.Row(slopes, i, _shape.Hidden);
            Drop(own, mask, i);
            if (isNormFirst)
            {
                Multiply(own, slope);
            }

            Normalization.LayerBackward(own, Lanes.Row(firsts, i, _shape.Hidden), scale, _inverse[i], weight, bias);
            if (!isNormFirst)
            {
                Multiply(own, slope);
            }
        }
    }

    private void LinearGradients(Tensor gradient, Tensor x, string layer)
    {
        _gradients[$"{layer}weight"].addmm_(gradient.t(), x, beta: 0);
        if (_shape.Bias)
        {
            int outputs = (int)gradient.shape[1];
            Span<float> bias = Lanes.Of(_gradients[$"{layer}bias"]);
            bias.Clear();
            Span<float> rows = Lanes.Of(gradient);
            for (int i = 0; i < rows.Length / outputs; i++)
            {
                Lanes.Add(bias, Lanes.Row(rows, i, outputs));
            }
        }
    }

    // Kept units are divided by the share kept, so that the mean stays.
    private void Drop(Span<float> row, ReadOnlySpan<float> masks, int i)
    {
        if (Drops)
        {
            ReadOnlySpan<float> mask = masks.Slice(i * _shape.Hidden, _shape.Hidden);
            float factor = (float)(1 / (1 - _shape.Dropout));
            for (int j = 0; j < row.Length; j += Lanes.Width)
            {
                Lanes.Store(Lanes.Load(row, j) * Lanes.Load(mask, j) * factor, row, j);
            }
        }
    }

    private static void Multiply(Span<float> row, ReadOnlySpan<float> factors)
    {
        for (int j = 0; j < row.Length; j += Lanes.Width)
        {
            Lanes.Store(Lanes.Load(row, j) * Lanes.Load(factors, j), row, j);
        }
    }

    private Tensor Keep(Tensor tensor)
    {
        _owned.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }
}
