namespace AlignBench.Statistics;

/// <summary>A confidence interval; infinite or NaN ends mean what the maker of the interval says.</summary>
public readonly record struct Interval(double Low, double High);
