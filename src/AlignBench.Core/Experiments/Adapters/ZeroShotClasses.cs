using System.Text.RegularExpressions;

namespace AlignBench.Experiments.Adapters;

/// <summary>The classes of a zero-shot task, in the order of a head's outputs.</summary>
/// <param name="Keys">What the data calls them.</param>
/// <param name="Names">What prompts call them.</param>
internal sealed record ZeroShotClasses(IReadOnlyList<string> Keys, IReadOnlyList<string> Names)
{
    /// <summary>Where a prompt has the name.</summary>
    public const string Blank = "{class}";

    // ImageNet's LOC_synset_mapping.txt: a WordNet id, a blank, names separated by commas.
    private static readonly Regex s_synset = new(@"^(n\d{8}) ([^,]+)");

    public int Count => Keys.Count;

    /// <exception cref="DataException">The file has no lines, an empty one, or a class twice.</exception>
    public static ZeroShotClasses Read(string path)
    {
        List<string> keys = [];
        List<string> names = [];
        foreach (string line in File.ReadLines(path).Select(line => line.Trim()))
        {
            int tab = line.IndexOf('\t', StringComparison.Ordinal);
            Match synset = s_synset.Match(line);
            string key = tab > 0 ? line[..tab].Trim() : synset.Success ? synset.Groups[1].Value : line;
            if (key.Length == 0 || keys.Contains(key))
            {
                throw new DataException(
                    $"{path}, line {keys.Count + 1}: expected a class a line, got "
                    + (key.Length == 0 ? "an empty line" : $"'{key}' for the second time"));
            }

            keys.Add(key);
            names.Add(tab > 0 ? line[(tab + 1)..].Trim() : synset.Success ? synset.Groups[2].Value.Trim() : line);
        }

        return keys.Count > 0 ? new ZeroShotClasses(keys, names) : throw new DataException($"{path}: the file is empty");
    }

    /// <summary>Each class's prompts, class by class.</summary>
    public string[] Fill(IReadOnlyList<string> prompts) =>
        [.. Names.SelectMany(name => prompts.Select(prompt => prompt.Replace(Blank, name, StringComparison.Ordinal)))];
}
