namespace AlignBench.Adapters.Training;

/// <summary>How the warm-up counts.</summary>
public enum WarmUp
{
    /// <summary>Step t has the share (t + 1) / W: the first one moves already.</summary>
    FromFirstStep,

    /// <summary>Step t has the share t / W, as Hugging Face's get_cosine_schedule_with_warmup: step 0 has rate 0.</summary>
    FromZero,
}

/// <summary>Linear warm-up, then half a cosine towards 0, which the last step does not reach.</summary>
/// <param name="Rate">The highest rate.</param>
/// <param name="WarmUpSteps">W, 0 or more.</param>
/// <param name="Steps">T, all steps.</param>
/// <param name="WarmUp">How the warm-up counts.</param>
public sealed record LearningRateSchedule(double Rate, int WarmUpSteps, int Steps, WarmUp WarmUp = WarmUp.FromFirstStep)
{
    /// <summary>The rate of a step, counted from 0.</summary>
    public double At(int step) => step < WarmUpSteps
        ? Rate * (step + (WarmUp == WarmUp.FromFirstStep ? 1 : 0)) / WarmUpSteps
        : Rate / 2 * (1 + Math.Cos(Math.PI * (step - WarmUpSteps) / (Steps - WarmUpSteps)));
}
