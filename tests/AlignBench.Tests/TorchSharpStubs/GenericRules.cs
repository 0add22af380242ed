namespace AlignBench.Tests.TorchSharpStubs;

/// <summary>
/// What TorchSharp asks of type arguments; the lists don't say it, overload resolution depends on it.
/// </summary>
internal static class GenericRules
{
    public static string ForType(string name) => name switch
    {
        "TensorAccessor<T>" or "Storage<T>" => " where T : unmanaged",
        "ParamGroup<TOptions>" => " where TOptions : global::TorchSharp.Modules.OptimizerOptions",
        _ => "",
    };

    /// <summary>For the method "Detach&lt;T1, T2&gt;" of the type "DisposeScope".</summary>
    public static string ForMethod(string type, string name)
    {
        int open = name.IndexOf('<', StringComparison.Ordinal);
        string rule = type switch
        {
            "DisposeScope" => "global::System.IDisposable",
            "Tensor" or "TensorExtensionMethods" => "unmanaged",
            "torch.nn" => "global::TorchSharp.torch.nn.Module",
            _ => "",
        };
        return open < 0 || rule.Length == 0
            ? ""
            : string.Concat(Lists.Split(name[(open + 1)..^1]).Select(parameter =>
                $" where {parameter} : {rule}"));
    }
}
