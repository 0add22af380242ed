namespace TorchSharp.Modules;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv:1711.05101, Algorithm 2), as PyTorch
/// writes it: the decay is lr * weight_decay, epsilon is added to the corrected root.
/// </summary>
public class AdamW : OptimizerHelper, torch.optim.IBetas
{
    private readonly Options _defaults;
    private readonly Dictionary<Parameter, State> _states = new(ReferenceEqualityComparer.Instance);

    public AdamW(
        IEnumerable<Parameter> parameters,
        double lr = 0.001,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double eps = 1e-8,
        double weight_decay = 0,
        bool amsgrad = false,
        bool maximize = false)
        : this(
            [new ParamGroup { Parameters = parameters }],
            lr,
            beta1,
            beta2,
            eps,
            weight_decay,
            amsgrad,
            maximize)
    {
    }

    /// <param name="lr">0 or more.</param>
    /// <param name="beta1">Decay of the mean of the gradients, in [0, 1).</param>
    /// <param name="beta2">Decay of the mean of their squares, in [0, 1).</param>
    /// <param name="amsgrad">Divides by the largest mean of squares so far.</param>
    /// <param name="maximize">Goes up, not down.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public AdamW(
        IEnumerable<ParamGroup> parameters,
        double lr = 0.001,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double eps = 1e-8,
        double weight_decay = 0,
        bool amsgrad = false,
        bool maximize = false)
    {
        ThrowUnless(lr >= 0, "learning rate", lr);
        ThrowUnless(eps >= 0, "ε", eps);
        ThrowUnless(beta1 is >= 0 and < 1, "beta1", beta1);
        ThrowUnless(beta2 is >= 0 and < 1, "beta2", beta2);
        ThrowUnless(weight_decay >= 0, "weight_decay value", weight_decay);
        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            beta1 = beta1,
            beta2 = beta2,
            eps = eps,
            weight_decay = weight_decay,
            amsgrad = amsgrad,
            maximize = maximize,
        };
        foreach (ParamGroup group in parameters)
        {
            add_param_group(group);
        }
    }

    public (double, double) Betas
    {
        get => (_defaults.beta1!.Value, _defaults.beta2!.Value);
        set => (_defaults.beta1, _defaults.beta2) = value;
    }

    public override void add_param_group(Modules.ParamGroup param_group)
    {
        ArgumentNullException.ThrowIfNull(param_group);
        param_group.Options ??= new Options();
        Options options = (Options)param_group.Options;
        options.LearningRate ??= _defaults.LearningRate;
        options.beta1 ??= _defaults.beta1;
        options.beta2 ??= _defaults.beta2;
        options.eps ??= _defaults.eps;
        options.weight_decay ??= _defaults.weight_decay;
        options.amsgrad ??= _defaults.amsgrad;
        options.maximize ??= _defaults.maximize;
        options.InitialLearningRate = options.LearningRate!.Value;

        param_group.Parameters = [.. param_group.Parameters];
        base.add_param_group(param_group);
        foreach (Parameter parameter in param_group.Parameters)
        {
            _states[parameter] = new State(parameter, options.amsgrad!.Value);
        }
    }

    public override torch.Tensor step(Func<torch.Tensor>? closure = null) => Step(closure, () =>
    {
        foreach (Modules.ParamGroup group in Groups)
        {
            foreach (Parameter parameter in group.Parameters)
            {
                torch.Tensor? gradient = parameter.grad;
                if (gradient is not null)
                {
                    Update(parameter, gradient, (Options)group.Options);
                }
            }
        }
    });

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        foreach (State state in _states.Values)
        {
            state.Dispose();
        }
    }

    private void Update(Parameter parameter, torch.Tensor gradient, Options options)
    {
        double lr = options.LearningRate!.Value;
        double beta1 = options.beta1!.Value;
        double beta2 = options.beta2!.Value;
        State state = _states[parameter];
        gradient = options.maximize!.Value ? -gradient : gradient;

        state.Step++;
        parameter.mul_(1 - (lr * options.weight_decay!.Value));
        state.Mean.mul_(beta1).add_(gradient, 1 - beta1);
        state.MeanOfSquares.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
        torch.Tensor squares = state.MeanOfSquares;
        if (options.amsgrad!.Value)
        {
            squares = state.LargestMean!.copy_(state.LargestMean.maximum(squares));
        }

        double correction1 = 1 - Math.Pow(beta1, state.Step);
        double correction2 = 1 - Math.Pow(beta2, state.Step);
        torch.Tensor root = squares.sqrt().div_(Math.Sqrt(correction2)).add_(options.eps!.Value);
        parameter.addcdiv_(state.Mean, root, -lr / correction1);
    }

    private static void ThrowUnless(bool holds, string what, double value)
    {
        if (!holds)
        {
            throw new ArgumentException($"Invalid {what}: {value}");
        }
    }

    /// <summary>Settings; null takes the optimizer's default.</summary>
    public class Options : OptimizerOptions
    {
        public double? beta1;
        public double? beta2;
        public double? weight_decay;
        public double? eps;
        public bool? amsgrad;
        public bool? maximize;
    }

    /// <summary>Parameters with settings of their own.</summary>
    public class ParamGroup : ParamGroup<Options>, torch.optim.IBetas
    {
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options)
            : base(parameters, options)
        {
        }

        public ParamGroup(
            IEnumerable<Parameter> parameters,
            double lr = 0.001,
            double beta1 = 0.9,
            double beta2 = 0.999,
            double eps = 1e-8,
            double weight_decay = 0,
            bool amsgrad = false,
            bool maximize = false)
            : this(parameters, new Options
            {
                LearningRate = lr,
                beta1 = beta1,
                beta2 = beta2,
                eps = eps,
                weight_decay = weight_decay,
                amsgrad = amsgrad,
                maximize = maximize,
            })
        {
        }

        public (double, double) Betas
        {
            get => (Options.beta1!.Value, Options.beta2!.Value);
            set => (Options.beta1, Options.beta2) = value;
        }
    }

    // One parameter's moments; they outlive every scope.
    private sealed class State(Parameter parameter, bool amsgrad) : IDisposable
    {
        public long Step { get; set; }

        public torch.Tensor Mean { get; } = Zeros(parameter);

        public torch.Tensor MeanOfSquares { get; } = Zeros(parameter);

        public torch.Tensor? LargestMean { get; } = amsgrad ? Zeros(parameter) : null;

        public void Dispose()
        {
            Mean.Dispose();
            MeanOfSquares.Dispose();
            LargestMean?.Dispose();
        }

        private static torch.Tensor Zeros(Parameter like) => torch.zeros_like(like).DetachFromDisposeScope();
    }
}
