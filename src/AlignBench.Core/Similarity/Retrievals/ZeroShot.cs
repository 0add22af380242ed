using AlignBench.Features;

namespace AlignBench.Similarity.Retrievals;

/// <summary>How the embeddings of a class's prompts become the one vector that stands for the class.</summary>
public enum PromptEnsemble
{
    /// <summary>Each a unit vector, their mean, a unit vector again (CLIP, arXiv:2103.00020, section 3.1.4).</summary>
    UnitMean,

    /// <summary>The mean of the embeddings as they are, then a unit vector: longer ones weigh more.</summary>
    RawMean,

    /// <summary>The first prompt's unit vector alone.</summary>
    First,
}

/// <summary>
/// Classification by the names of the classes: an image belongs to the class whose prompts its embedding is nearest
/// to (Radford et al. 2021, arXiv:2103.00020).
/// </summary>
public static class ZeroShot
{
    /// <summary>The vectors that stand for the classes.</summary>
    /// <param name="prompts">[c * p, d], p prompts a class, class by class.</param>
    /// <param name="classes">c.</param>
    /// <param name="ensemble">How a class's prompts are put together.</param>
    /// <returns>[c, d], unit vectors.</returns>
    /// <exception cref="ArgumentException">The rows are not a multiple of the classes.</exception>
    public static FeatureMatrix ClassVectors(
        FeatureMatrix prompts, int classes, PromptEnsemble ensemble = PromptEnsemble.UnitMean)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        if (classes < 1 || prompts.Rows % classes != 0)
        {
            throw new ArgumentException($"expected as many prompts for each of {classes} classes, got {prompts.Rows}", nameof(prompts));
        }

        FeatureMatrix taken = ensemble == PromptEnsemble.RawMean ? prompts : RowTransforms.Unit(prompts);
        int perClass = prompts.Rows / classes;
        int counted = ensemble == PromptEnsemble.First ? 1 : perClass;
        double[] sums = new double[classes * prompts.Columns];
        for (int c = 0; c < classes; c++)
        {
            for (int p = 0; p < counted; p++)
            {
                ReadOnlySpan<double> prompt = taken.Row((c * perClass) + p);
                for (int j = 0; j < prompt.Length; j++)
                {
                    sums[(c * prompt.Length) + j] += prompt[j];
                }
            }
        }

        return RowTransforms.Unit(new FeatureMatrix(classes, prompts.Columns, sums));
    }

    /// <summary>The cosine of each image with each class.</summary>
    /// <param name="images">[n, d], of any length.</param>
    /// <param name="classVectors">[c, d], unit vectors.</param>
    public static ClassScores Classify(FeatureMatrix images, FeatureMatrix classVectors) =>
        ClassScores.Linear(RowTransforms.Unit(images), classVectors, bias: null);
}
