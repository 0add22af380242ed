using System.Buffers.Binary;

namespace AlignBench.Tests;

/// <summary>What a bad disk, a cut connection or a hostile hand makes of a file.</summary>
internal static class Damage
{
    private static readonly ulong[] s_lengths = [0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 1UL << 40, long.MaxValue, ulong.MaxValue];

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
}
