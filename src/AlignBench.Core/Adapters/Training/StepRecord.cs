namespace AlignBench.Adapters.Training;

/// <summary>What one training step saw.</summary>
/// <param name="Rate">Learning rate.</param>
/// <param name="Loss">Before the step.</param>
/// <param name="GradientNorm">Of all parameters together, before clipping.</param>
/// <param name="LambdaLoss">Of what learns lambda, before the step; null: nothing does.</param>
/// <param name="Lambda">After the step; null: nothing learns it.</param>
public readonly record struct StepRecord(
    double Rate, double Loss, double GradientNorm, double? LambdaLoss, double? Lambda);
