using AlignBench.Tests.TorchSharpStubs;

using TorchSharp;

namespace AlignBench.Tests.Torch;

public class PublicSurfaceTests
{
    [Fact]
    public void PublicMembers_OfTheSubset_AreThoseOfTorchSharp()
    {
        IReadOnlyDictionary<string, ApiType> listed = ApiList.ReadAll();

        List<string> own = [];
        int members = 0;
        foreach (Type type in typeof(torch).Assembly.GetExportedTypes())
        {
            string name = SignatureWriter.Name(type);
            IReadOnlyList<string> known = listed.TryGetValue(name, out ApiType? there) ? there.Members : [];
            if (there is null)
            {
                own.Add($"## {name}");
            }

            foreach (string member in SignatureWriter.Members(type))
            {
                members++;
                if (!known.Contains(member))
                {
                    own.Add($"[{name}] {member}");
                }
            }
        }

        Assert.Empty(own);
        Assert.True(members > 500, $"only {members} members were looked at");
    }

    [Fact]
    public void PublicTypes_OfTheSubset_LiveWhereTorchSharpsDo()
    {
        IReadOnlyDictionary<string, ApiType> listed = ApiList.ReadAll();

        foreach (Type type in typeof(torch).Assembly.GetExportedTypes())
        {
            string declaration = listed[SignatureWriter.Name(type)].Declaration;
            string full = type.FullName!.Split('`')[0].Replace('+', '.');
            Assert.Contains($" {full}", declaration.Split(" : ")[0], StringComparison.Ordinal);
        }
    }
}
