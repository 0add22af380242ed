using System.Globalization;
using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace AlignBench.Data.Files;

/// <summary>The shards that a file, a folder or a pattern stands for.</summary>
internal static class ShardList
{
    private static readonly Regex s_numberedName = new(@"^(?<stem>.*)-(?<number>\d+)-of-(?<count>\d+)(?<end>\.[^/]*)$", RegexOptions.Singleline);

    /// <summary>Finds them, in the order of their names (ordinal).</summary>
    /// <param name="path">
    /// Absolute: a file, a folder, or a pattern with *, ? and <see cref="BracePattern"/> in any part.
    /// </param>
    /// <param name="extension">Of the shards in a folder, with the dot.</param>
    /// <exception cref="DataException">There is none, or the names promise one that is not there.</exception>
    public static IReadOnlyList<string> Find(string path, string extension)
    {
        string full = Path.GetFullPath(path);
        if (File.Exists(full))
        {
            return [full];
        }

        List<string> files = Directory.Exists(full) ? FilesIn(full, $"*{extension}") : Expand(full);
        if (files.Count == 0)
        {
            throw new DataException(Directory.Exists(full)
                ? $"{full}: no file in this folder ends in {extension}"
                : $"{full}: no such file, folder or match");
        }

        files.Sort(StringComparer.Ordinal);
        ThrowIfOneIsMissing(files);
        return files;
    }

    private static List<string> Expand(string pattern)
    {
        HashSet<string> files = [];
        foreach (string path in BracePattern.Expand(pattern))
        {
            List<string> matches = Match(path);
            if (matches.Count == 0 && path != pattern)
            {
                throw new DataException($"{path}: missing; {pattern} asks for it");
            }

            files.UnionWith(matches);
        }

        return [.. files];
    }

    private static List<string> Match(string pattern)
    {
        List<string> places = [Path.GetPathRoot(pattern)!];
        string[] parts = pattern.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < parts.Length; i++)
        {
            bool last = i == parts.Length - 1;
            string part = parts[i];
            places = [.. places.SelectMany(place => last ? FilesIn(place, part) : FoldersIn(place, part))];
        }

        return places;
    }

    private static List<string> FilesIn(string folder, string pattern) =>
        [.. Directory.EnumerateFiles(folder).Where(file => Matches(file, pattern))];

    private static IEnumerable<string> FoldersIn(string folder, string pattern)
    {
        if (pattern.AsSpan().IndexOfAny('*', '?') < 0)
        {
            string child = Path.Combine(folder, pattern);
            return Directory.Exists(child) ? [child] : [];
        }

        return Directory.EnumerateDirectories(folder).Where(child => Matches(child, pattern));
    }

    // A hidden file is meant only by a pattern that names its dot.
    private static bool Matches(string path, string pattern)
    {
        string name = Path.GetFileName(path);
        return (name[0] != '.' || pattern[0] == '.')
            && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
    }

    private static void ThrowIfOneIsMissing(IReadOnlyList<string> files)
    {
        foreach (string file in files)
        {
            Match name = s_numberedName.Match(file);
            string promised = name.Groups["count"].Value;
            if (!int.TryParse(promised, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
            {
                continue;
            }

            int digits = name.Groups["number"].Length;
            for (int i = 0; i < count; i++)
            {
                string number = i.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
                string sibling = $"{name.Groups["stem"]}-{number}-of-{promised}{name.Groups["end"]}";
                if (!File.Exists(sibling))
                {
                    throw new DataException($"{sibling}: missing; the names promise {count} shards");
                }
            }
        }
    }

    // Hugging Face's names: train-00000-of-00003.parquet
}
