namespace TorchSharp;

/// <summary>
/// Python's index expressions: numbers, slices, new axes and the ellipsis become views; what is left, index
/// tensors by dimension, goes to the operator. As in PyTorch's python_variable_indexing.cpp.
/// </summary>
internal static class IndexPlan
{
    /// <param name="self">The tensor between whose brackets the places stand; not changed, not freed.</param>
    /// <param name="places">At most one of them an ellipsis.</param>
    /// <param name="finish">
    /// Gets the view and the index tensors by its leading dimensions (null: all of it), or none.
    /// </param>
    public static torch.Tensor Apply(
        torch.Tensor self,
        torch.TensorIndex[] places,
        Func<torch.Tensor, torch.Tensor?[], torch.Tensor> finish)
    {
        List<torch.Tensor> owned = [];
        torch.Tensor view = self;
        List<torch.Tensor?> tensors = [];
        long dim = 0;

        void Step(torch.Tensor next)
        {
            owned.Add(next);
            view = next;
        }

        torch.Tensor result = null!;
        try
        {
            foreach (torch.TensorIndex place in places)
            {
                switch (place.Place)
                {
                    case torch.TensorIndex.Kind.Single:
                        Step(view.select(dim, place.Start!.Value));
                        break;
                    case torch.TensorIndex.Kind.NewAxis:
                        Step(view.unsqueeze(dim));
                        dim++;
                        break;
                    case torch.TensorIndex.Kind.Slice:
                        if (place is not { Start: null, Stop: null, Step: null })
                        {
                            Step(Slice(view, dim, place));
                        }

                        dim++;
                        break;
                    case torch.TensorIndex.Kind.Ellipsis:
                        dim += self.ndim - places.Sum(Consumed);
                        break;
                    case torch.TensorIndex.Kind.Bool:
                        Step(view.unsqueeze(dim));
                        torch.Tensor chosen = torch.full(
                            [1], place.Start == 1, torch.ScalarType.Bool, view.device);
                        owned.Add(chosen);
                        Put(tensors, dim, chosen);
                        dim++;
                        break;
                    default:
                        foreach (torch.Tensor numbers in Numbers(place.Indices!, owned))
                        {
                            Put(tensors, dim, numbers);
                            dim++;
                        }

                        break;
                }
            }

            return result = finish(view, [.. tensors]);
        }
        finally
        {
            foreach (torch.Tensor step in owned)
            {
                if (!ReferenceEquals(step, result))
                {
                    step.Dispose();
                }
            }
        }
    }

    // Dimensions of the indexed tensor that a place takes.
    private static long Consumed(torch.TensorIndex place) => place.Place switch
    {
        torch.TensorIndex.Kind.Slice => 1,
        torch.TensorIndex.Kind.Single => 1,
        torch.TensorIndex.Kind.Tensor when place.Indices!.dtype == torch.ScalarType.Bool =>
            place.Indices.ndim,
        torch.TensorIndex.Kind.Tensor => 1,
        _ => 0,
    };

    // A mask of k dimensions stands for k tensors of numbers.
    private static torch.Tensor[] Numbers(torch.Tensor indices, List<torch.Tensor> owned)
    {
        if (indices.dtype != torch.ScalarType.Bool)
        {
            return [indices];
        }

        torch.Tensor places = indices.nonzero();        // [true values, k]
        owned.Add(places);
        torch.Tensor[] numbers = places.unbind(1);
        owned.AddRange(numbers);
        return numbers;
    }

    private static torch.Tensor Slice(torch.Tensor view, long dim, torch.TensorIndex place) =>
        view.Slice(dim, place.Start, place.Stop, place.Step ?? 1);

    private static void Put(List<torch.Tensor?> tensors, long dim, torch.Tensor indices)
    {
        while (tensors.Count < dim)
        {
            tensors.Add(null);
        }

        tensors.Add(indices);
    }
}
