namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Learning rates that change with the step.</summary>
        public static partial class lr_scheduler
        {
            /// <summary>The initial rate times <paramref name="lr_lambda"/>(step), from step 0 on.</summary>
            /// <param name="last_epoch">The step done last; -1 starts anew.</param>
            /// <param name="verbose">No effect here; libraries don't print.</param>
            public static LRScheduler LambdaLR(
                Optimizer optimizer,
                Func<int, double> lr_lambda,
                int last_epoch = -1,
                bool verbose = false) =>
                new LambdaScheduler(optimizer, lr_lambda, last_epoch);

            /// <summary>Sets an optimizer's learning rates, once a step.</summary>
            public abstract class LRScheduler
            {
                private protected LRScheduler(Optimizer optimizer, int last_epoch)
                {
                    Groups = [.. optimizer.ParamGroups];
                    Initial = [.. Groups.Select(group => group.InitialLearningRate)];
                    LastEpoch = last_epoch;
                }

                private protected ILearningRateController[] Groups { get; }

                private protected double[] Initial { get; }

                private protected int LastEpoch { get; private set; }

                public virtual void step() => step(epoch: null);

                /// <param name="epoch">The step to go to; null is the next.</param>
                public virtual void step(int? epoch)
                {
                    LastEpoch = epoch ?? LastEpoch + 1;
                    for (int i = 0; i < Groups.Length; i++)
                    {
                        Groups[i].LearningRate = Rate(Initial[i]);
                    }
                }

                /// <summary>The rates now, by group.</summary>
                public IEnumerable<double> get_last_lr() => Groups.Select(group => group.LearningRate);

                private protected abstract double Rate(double initial);
            }

            private sealed class LambdaScheduler : LRScheduler
            {
                private readonly Func<int, double> _factor;

                public LambdaScheduler(Optimizer optimizer, Func<int, double> factor, int last_epoch)
                    : base(optimizer, last_epoch)
                {
                    _factor = factor;
                    step();
                }

                private protected override double Rate(double initial) => initial * _factor(LastEpoch);
            }
        }
    }
}
