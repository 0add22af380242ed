namespace TorchSharp.Modules;

/// <summary>Optimizers whose step is a rule for each group of parameters.</summary>
public abstract class OptimizerHelper : torch.optim.Optimizer
{
    // Without recording, in a scope of its own; the closure's loss goes to the caller's.
    private protected static torch.Tensor Step(Func<torch.Tensor>? closure, Action update)
    {
        torch.Tensor? loss = null;
        if (closure is not null)
        {
            using IDisposable recording = torch.enable_grad();
            loss = closure();
        }

        using IDisposable unrecorded = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        update();
        return loss!;
    }
}
