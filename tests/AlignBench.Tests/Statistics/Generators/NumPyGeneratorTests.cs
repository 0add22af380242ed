using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using AlignBench.Statistics.Generators;

namespace AlignBench.Tests.Statistics.Generators;

public class NumPyGeneratorTests
{
    private static readonly JsonElement s_golden = GoldenJson.Load("random", "numpy_generator.json");

    public static TheoryData<string> Seeds => [.. s_golden.EnumerateObject()
        .Where(member => member.Value.ValueKind == JsonValueKind.Object).Select(member => member.Name)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void SeedSequence_SpreadsTheSeedAsNumPyDoes(string seed) => Assert.Equal(
        UInt64s(seed, "seed_sequence_u64x4"),
        NumPySeedSequence.GenerateState(ulong.Parse(seed, CultureInfo.InvariantCulture), 4));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Bits_AreThoseOfPcg64(string seed)
    {
        NumPyGenerator random = Seeded(seed);

        Assert.Equal(UInt64s(seed, "raw_u64_first4"), Enumerable.Range(0, 4).Select(_ => random.NextUInt64()));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void NextDouble_IsRandom(string seed)
    {
        NumPyGenerator random = Seeded(seed);

        Assert.Equal(
            s_golden.GetProperty(seed).Numbers("random5"), Enumerable.Range(0, 5).Select(_ => random.NextDouble()));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Permutation_IsNumPys(string seed)
    {
        Assert.Equal(Integers(seed, "permutation10"), Seeded(seed).Permutation(10));
        Assert.Equal(Integers(seed, "permutation100"), Seeded(seed).Permutation(100));

        int[] long12800 = Seeded(seed).Permutation(12800);
        Assert.Equal(Integers(seed, "permutation12800_first20"), long12800[..20]);
        Assert.Equal(s_golden.GetProperty(seed).GetProperty("permutation12800_sha256_i64").GetString(), Sha256(long12800));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Choice_WithoutReplacement_IsNumPys(string seed)
    {
        Assert.Equal(Integers(seed, "choice_noreplace_100_10"), Seeded(seed).Choice(100, 10));
        Assert.Equal(Integers(seed, "choice_noreplace_20_20"), Seeded(seed).Choice(20, 20));
        Assert.Equal(Integers(seed, "choice_noreplace_20000_50"), Seeded(seed).Choice(20_000, 50));
        Assert.Equal(
            Integers(seed, "choice_noreplace_20000_500_first20"), Seeded(seed).Choice(20_000, 500)[..20]);
    }

    // The high half of an output waits for the next 32 bits, while doubles pass it by: integers(10), random(),
    // integers(10) twice, random(). Below 10 NumPy takes the high word of bits times 10.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void NextUInt32_HighHalfIsKeptAcrossDoubles(string seed)
    {
        NumPyGenerator random = Seeded(seed);

        double[] mixed = [Digit(), random.NextDouble(), Digit(), Digit(), random.NextDouble()];

        Assert.Equal(s_golden.GetProperty(seed).Numbers("mixed"), mixed);

        double Digit() => (ulong)random.NextUInt32() * 10 >> 32;
    }

    [Fact]
    public void Permutation_IsWhatTheDatasetsLibraryShufflesTo() => Assert.Equal(
        GoldenJson.Load("random", "legacy_and_python.json").GetProperty("datasets_shuffle_seed42_n20").Integers(),
        new NumPyGenerator(42).Permutation(20));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Permutation_OfNoneOrOne_DrawsNothing(int n)
    {
        NumPyGenerator random = new(5);

        Assert.Equal(Enumerable.Range(0, n), random.Permutation(n));
        Assert.Equal(new NumPyGenerator(5).NextUInt64(), random.NextUInt64());
    }

    private static NumPyGenerator Seeded(string seed) => new(ulong.Parse(seed, CultureInfo.InvariantCulture));

    private static int[] Integers(string seed, string name) => s_golden.GetProperty(seed).GetProperty(name).Integers();

    private static ulong[] UInt64s(string seed, string name) =>
    [
        .. s_golden.GetProperty(seed).GetProperty(name).EnumerateArray()
            .Select(word => ulong.Parse(word.GetString()!, CultureInfo.InvariantCulture)),
    ];

    private static string Sha256(int[] values)
    {
        long[] wide = [.. values.Select(value => (long)value)];
        return Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(wide.AsSpan())));
    }
}
