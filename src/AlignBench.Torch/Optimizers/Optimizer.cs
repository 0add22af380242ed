using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Rules that move parameters along their gradients.</summary>
    public static partial class optim
    {
        /// <summary>Moves parameters; the gradients are <see cref="Tensor.grad"/>.</summary>
        public abstract class Optimizer : IDisposable
        {
            private protected Optimizer()
            {
            }

            /// <summary>Groups of parameters, each with its own settings.</summary>
            public virtual IEnumerable<ILearningRateController> ParamGroups => Groups;

            private protected List<ParamGroup> Groups { get; } = [];

            public virtual IEnumerable<Parameter> parameters(
                ) => Groups.SelectMany(group => group.Parameters);

            public virtual void add_param_group(ParamGroup param_group) => Groups.Add(param_group);

            /// <summary>Sets every gradient that is there to zero.</summary>
            public virtual void zero_grad()
            {
                foreach (Parameter parameter in parameters())
                {
                    using Tensor? gradient = parameter.grad;
                    gradient?.zero_();
                }
            }

            /// <summary>One step.</summary>
            /// <param name="closure">Computes the loss and its gradients first; null: they are there.</param>
            /// <returns>The closure's loss, or null.</returns>
            public abstract Tensor step(Func<Tensor>? closure = null);

            public void Dispose()
            {
                Dispose(disposing: true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
            }
        }

        /// <summary>Something with a learning rate.</summary>
        public interface ILearningRateController
        {
            double LearningRate { get; set; }

            /// <summary>Before any schedule.</summary>
            double InitialLearningRate { get; set; }
        }

        /// <summary>Something with decay rates of the first and the second moment.</summary>
        public interface IBetas
        {
            (double, double) Betas { get; set; }
        }
    }
}
