namespace AlignBench.Tests.TorchSharpStubs;

/// <summary>A type of a list: what it is called there, how it is declared, its public members.</summary>
/// <param name="Name">As the list calls it, outer types first.</param>
/// <param name="Declaration">
/// "class TorchSharp.Modules.Linear : torch.nn.Module&lt;Tensor, Tensor&gt;", or empty.
/// </param>
/// <param name="Members">As <see cref="SignatureWriter"/> writes them.</param>
internal sealed record ApiType(string Name, string Declaration, IReadOnlyList<string> Members);

/// <summary>
/// A list of public signatures: "## Type", "= declaration", members, one a line; "# " is a remark.
/// </summary>
internal static class ApiList
{
    /// <summary>TorchSharp 0.107's public signatures, as far as they matter.</summary>
    public static string Signatures { get; } =
        Path.Combine(TestPaths.Root, "tests", "torchsharp-0.107-api.txt");

    /// <summary>Where its types live, and the members of those only mentioned.</summary>
    public static string Types { get; } = Path.Combine(TestPaths.Root, "tests", "torchsharp-0.107-types.txt");

    /// <summary>Both lists as one.</summary>
    public static IReadOnlyDictionary<string, ApiType> ReadAll()
    {
        Dictionary<string, ApiType> all = Read(Types);
        foreach ((string name, ApiType listed) in Read(Signatures))
        {
            ApiType? known = all.GetValueOrDefault(name);
            all[name] = new(name, known?.Declaration ?? "", [.. listed.Members, .. known?.Members ?? []]);
        }

        return all;
    }

    private static Dictionary<string, ApiType> Read(string path)
    {
        Dictionary<string, ApiType> types = [];
        List<string> members = [];
        string name = "";
        foreach (string line in File.ReadLines(path))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                name = line[3..];
                members = [];
                types[name] = new(name, "", members);
            }
            else if (line.StartsWith("= ", StringComparison.Ordinal))
            {
                types[name] = types[name] with { Declaration = line[2..] };
            }
            else if (line.Length > 0 && !line.StartsWith("# ", StringComparison.Ordinal))
            {
                members.Add(line);
            }
        }

        return types;
    }
}
