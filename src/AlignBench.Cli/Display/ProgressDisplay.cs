namespace AlignBench.Cli.Display;

/// <summary>
/// Shows how far the stages of a run are, and lines of the log without tearing either. Any thread may call.
/// </summary>
internal abstract class ProgressDisplay : IProgress<StageProgress>
{
    public abstract void Report(StageProgress value);

    public abstract void WriteLine(string line);
}
