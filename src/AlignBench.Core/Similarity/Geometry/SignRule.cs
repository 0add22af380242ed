namespace AlignBench.Similarity.Geometry;

/// <summary>Settles the sign of an eigenvector: its first entry of largest |value| is positive.</summary>
internal static class SignRule
{
    public static void Apply(Span<double> vector)
    {
        int largest = 0;
        for (int i = 1; i < vector.Length; i++)
        {
            largest = Math.Abs(vector[i]) > Math.Abs(vector[largest]) ? i : largest;
        }

        if (vector.Length == 0 || vector[largest] >= 0.0)
        {
            return;
        }

        foreach (ref double value in vector)
        {
            value = -value;
        }
    }
}
