using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace AlignBench.Fuzz;

/// <summary>What a bad disk, a cut connection or a hostile hand makes of a file.</summary>
public static partial class Damage
{
    private static readonly ulong[] s_lengths = [0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 1UL << 40, long.MaxValue, ulong.MaxValue];

    private static readonly string[] s_values =
    [
        "-1", "0", "1e400", "999999999999999999999", "2147483647", "2147483648", "0.5", "null", "true", "[]", "{}",
        "\"x\"", "\"\"", "NaN", "[1,[2,[3]]]", "[[[[[[[[[[]]]]]]]]]]", "\"\\ud800\"", "*a", "&a [*a]", "!!int x",
    ];

    /// <summary>One damage: flipped bits, a cut, a huge number, bytes lost, doubled, zeroed or replaced.</summary>
    /// <param name="original">Left as it is; not empty.</param>
    /// <param name="random">Seeded, so that a failure can be repeated.</param>
    public static byte[] Of(byte[] original, Random random)
    {
        byte[] damaged = (byte[])original.Clone();
        // Headers are at the front, directories of archives at the end.
        int place = random.Next(3) switch
        {
            0 => random.Next(Math.Min(damaged.Length, 512)),
            1 => damaged.Length - 1 - random.Next(Math.Min(damaged.Length, 512)),
            _ => random.Next(damaged.Length),
        };
        int length = Math.Min(random.Next(1, 64), damaged.Length - place);
        switch (random.Next(7))
        {
            case 0:
                return damaged[..place];
            case 1:
                return [.. damaged[..place], .. damaged[(place + length)..]];
            case 2:
                return [.. damaged[..(place + length)], .. damaged[place..]];
            case 3:
                damaged.AsSpan(place, length).Clear();
                return damaged;
            case 4:
                random.NextBytes(damaged.AsSpan(place, length));
                return damaged;
            case 5:
                byte[] number = new byte[sizeof(ulong)];
                BinaryPrimitives.WriteUInt64LittleEndian(number, s_lengths[random.Next(s_lengths.Length)]);
                number.AsSpan(0, Math.Min(random.Next(2) == 0 ? 4 : 8, damaged.Length - place)).CopyTo(damaged.AsSpan(place));
                return damaged;
            default:
                damaged[place] ^= (byte)(1 << random.Next(8));
                return damaged;
        }
    }

    /// <summary>One damage that leaves a text file readable: a value replaced, or a line lost or doubled.</summary>
    public static byte[] OfText(byte[] original, Random random)
    {
        string text = Encoding.UTF8.GetString(original);
        MatchCollection values = Value().Matches(text);
        if (random.Next(2) == 0 && values.Count > 0)
        {
            Match value = values[random.Next(values.Count)];
            string other = s_values[random.Next(s_values.Length)];
            return Encoding.UTF8.GetBytes(text[..value.Index] + other + text[(value.Index + value.Length)..]);
        }

        List<string> lines = [.. text.Split('\n')];
        int line = random.Next(lines.Count);
        if (random.Next(2) == 0)
        {
            lines.RemoveAt(line);
        }
        else
        {
            lines.Insert(random.Next(lines.Count), lines[line]);
        }

        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    [GeneratedRegex("-?\\b\\d+(\\.\\d+)?([eE][-+]?\\d+)?\\b|\\btrue\\b|\\bfalse\\b|\\bnull\\b|\"[^\"\n]{0,40}\"|(?<=: )[A-Za-z_/.]+")]
    private static partial Regex Value();
}
