namespace TorchSharp;

/// <summary>Each thread's scopes, innermost first.</summary>
internal static class DisposeScopeStack
{
    [ThreadStatic]
    private static DisposeScope? t_current;

    public static DisposeScope? Current => t_current;

    public static DisposeScope Push() => t_current = new DisposeScope(t_current);

    /// <summary>
    /// Takes a scope out of the chain, wherever in it; an outer one may end before an inner one.
    /// </summary>
    public static void Remove(DisposeScope ended)
    {
        if (t_current == ended)
        {
            t_current = ended.Outer;
            return;
        }

        for (DisposeScope? scope = t_current; scope is not null; scope = scope.Outer)
        {
            if (scope.Outer == ended)
            {
                scope.Outer = ended.Outer;
                return;
            }
        }
    }
}
