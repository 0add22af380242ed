using System.Globalization;

namespace AlignBench.Tokenizers;

/// <summary>
/// Decomposition, composition and combining classes of Unicode 9.0 (UAX #15); Hangul is computed.
/// </summary>
internal static class NormalizationTables
{
    private const int SyllableBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TrailBase = 0x11A7;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Trails = 28;
    private const int Syllables = Leads * Vowels * Trails;

    private static readonly Dictionary<int, int[]> s_canonical = [];
    private static readonly Dictionary<int, int[]> s_compatible = [];
    private static readonly Dictionary<(int, int), int> s_compositions = [];
    private static readonly Dictionary<int, byte> s_classes = [];

    static NormalizationTables()
    {
        foreach (string[] words in Resource.Lines("unicode-normalization.txt")
            .Select(line => line.Split(' ')))
        {
            switch (words[0])
            {
                case "d":
                    s_canonical[Hexadecimal.Parse(words[1])] = [.. words.Skip(2).Select(Hexadecimal.Parse)];
                    break;
                case "k":
                    s_compatible[Hexadecimal.Parse(words[1])] = [.. words.Skip(2).Select(Hexadecimal.Parse)];
                    break;
                case "c":
                    s_compositions[(Hexadecimal.Parse(words[1]), Hexadecimal.Parse(words[2]))] =
                        Hexadecimal.Parse(words[3]);
                    break;
                default:
                    ReadClass(words);
                    break;
            }
        }
    }

    /// <summary>Canonical combining class; 0 for a starter.</summary>
    public static byte ClassOf(int codePoint) => s_classes.GetValueOrDefault(codePoint);

    /// <summary>Appends the full decomposition of a code point.</summary>
    /// <param name="codePoint">The code point.</param>
    /// <param name="compatible">NFKD's, else NFD's.</param>
    /// <param name="parts">Gets at least one code point.</param>
    public static void Decompose(int codePoint, bool compatible, List<int> parts)
    {
        if (codePoint is >= SyllableBase and < SyllableBase + Syllables)
        {
            int index = codePoint - SyllableBase;
            parts.Add(LeadBase + (index / (Vowels * Trails)));
            parts.Add(VowelBase + (index / Trails % Vowels));
            if (index % Trails > 0)
            {
                parts.Add(TrailBase + (index % Trails));
            }
        }
        else if ((compatible && s_compatible.TryGetValue(codePoint, out int[]? decomposed))
            || s_canonical.TryGetValue(codePoint, out decomposed))
        {
            parts.AddRange(decomposed);
        }
        else
        {
            parts.Add(codePoint);
        }
    }

    /// <summary>What two neighbours compose to, or -1.</summary>
    public static int Compose(int first, int second)
    {
        bool isLead =
            first is >= LeadBase and < LeadBase + Leads && second is >= VowelBase and < VowelBase + Vowels;
        if (isLead)
        {
            return SyllableBase + ((((first - LeadBase) * Vowels) + second - VowelBase) * Trails);
        }

        bool isOpen = first is >= SyllableBase and < SyllableBase + Syllables
            && (first - SyllableBase) % Trails == 0
            && second is > TrailBase and < TrailBase + Trails;
        return isOpen ? first + second - TrailBase : s_compositions.GetValueOrDefault((first, second), -1);
    }

    private static void ReadClass(string[] words)
    {
        byte combiningClass = byte.Parse(words[1], CultureInfo.InvariantCulture);
        foreach ((int first, int last) in words.Skip(2).Select(Hexadecimal.ParseRange))
        {
            for (int c = first; c <= last; c++)
            {
                s_classes[c] = combiningClass;
            }
        }
    }
}
