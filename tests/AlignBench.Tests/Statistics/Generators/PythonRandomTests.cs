using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using AlignBench.Statistics.Generators;

namespace AlignBench.Tests.Statistics.Generators;

public class PythonRandomTests
{
    private static readonly JsonElement s_golden = GoldenJson.Load("random", "legacy_and_python.json");

    public static TheoryData<ulong> Seeds => [0, 42, 1099511627777];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Shuffle_IsPythons(ulong seed)
    {
        int[] values = [.. Enumerable.Range(0, 10)];

        new PythonRandom(seed).Shuffle(values.AsSpan());

        Assert.Equal(Golden(seed, "shuffle10").Integers(), values);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Sample_IsPythons(ulong seed)
    {
        foreach ((int n, int size) in ((int, int)[])[(10, 10), (100, 10), (1_000_000, 6), (21, 5), (22, 5), (85, 6), (86, 6)])
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"sample_{n}_{size}");
            Assert.Equal(Golden(seed, name).Integers(), new PythonRandom(seed).Sample(n, size));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void NextBelowAndNextDouble_ArePythons(ulong seed)
    {
        PythonRandom integers = new(seed);
        PythonRandom doubles = new(seed);

        Assert.Equal(
            Golden(seed, "randrange1000_n6").Integers(), Enumerable.Range(0, 6).Select(_ => integers.NextBelow(1000)));
        Assert.Equal(
            [.. Golden(seed, "random5").EnumerateArray().Select(value => value.GetDouble())],
            Enumerable.Range(0, 5).Select(_ => doubles.NextDouble()));
    }

    // CPython 3.11: s = random.Random(seed).sample(range(n), k)
    //               hashlib.sha256(struct.pack("<%di" % k, *s)).hexdigest()[:16]
    // on both sides of the sizes at which sample() changes its way, and with seeds of one word and of two.
    [Theory]
    [InlineData(7, 22, 6, "6a5999ee3004515d")]
    [InlineData(7, 278, 22, "8d9c241866d7d20e")]
    [InlineData(7, 4117, 1000, "bc1839c4baf4fb84")]
    [InlineData(7, 4118, 1000, "c9ebaa0779c1f71d")]
    [InlineData(7, 31014, 1000, "231f910b0d9e6aa2")]
    [InlineData(4294967295, 22, 6, "c5aff9c36344622f")]
    [InlineData(4294967295, 278, 22, "8d3a5dc89afd461f")]
    [InlineData(4294967295, 4117, 1000, "95d6606a143a521d")]
    [InlineData(4294967295, 4118, 1000, "98a76490a3d19227")]
    [InlineData(4294967295, 31014, 1000, "9dccf35202011dc0")]
    [InlineData(1099511627777, 4117, 1000, "a177e12c26722d81")]
    [InlineData(1099511627777, 4118, 1000, "69a0517729378377")]
    [InlineData(1099511627777, 31014, 1000, "0163382765561b15")]
    public void Sample_LargeOnes_ArePythons(ulong seed, int n, int size, string digest)
    {
        int[] sample = new PythonRandom(seed).Sample(n, size);

        Assert.Equal(digest, Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(sample.AsSpan())))[..16]);
    }

    private static JsonElement Golden(ulong seed, string name) =>
        s_golden.GetProperty(string.Create(CultureInfo.InvariantCulture, $"random.Random_{seed}")).GetProperty(name);
}
