using AlignBench.Tokenizers;

namespace AlignBench.Tests.Tokenizers;

public class PairMergerTests
{
    [Theory]
    [InlineData(1, 30)]         // by scanning
    [InlineData(2, 48)]
    [InlineData(3, 49)]         // by heap
    [InlineData(4, 400)]
    public void Merge_RandomWords_AsTheSlowWay(int seed, int length)
    {
        Random random = new(seed);
        for (int round = 0; round < 60; round++)
        {
            Dictionary<(int, int), (int Rank, int Merged)> rules = RandomRules(random);
            MergeTable table = new(rules.Count);
            foreach (((int left, int right), (int rank, int merged)) in rules)
            {
                table.Add(left, right, rank, merged);
            }

            int[] word = [.. Enumerable.Range(0, length).Select(_ => random.Next(-1, 4))];
            SymbolBuffer symbols = new();
            for (int i = 0; i < word.Length; i++)
            {
                symbols.Add(word[i], i + 1);
            }

            PairMerger.Merge(symbols, table);

            (int Id, int End)[] expected = MergeSlowly(word, rules);
            Assert.Equal(expected.Select(symbol => symbol.Id), symbols.Ids[..symbols.Count].ToArray());
            Assert.Equal(expected.Select(symbol => symbol.End), symbols.Ends[..symbols.Count].ToArray());
        }
    }

    [Fact]
    public void Merge_EqualRanks_LeftmostFirst()
    {
        // Symbols a a a with a+a -> b: the left pair merges, so b a, not a b.
        MergeTable table = new(1);
        table.Add(0, 0, rank: 0, merged: 1);
        SymbolBuffer symbols = new();
        for (int i = 0; i < 3; i++)
        {
            symbols.Add(0, i + 1);
        }

        PairMerger.Merge(symbols, table);

        Assert.Equal([1, 0], symbols.Ids[..symbols.Count].ToArray());
        Assert.Equal([2, 3], symbols.Ends[..symbols.Count].ToArray());
    }

    // Symbols 0-3 and what they merge to; ranks may be equal, as SentencePiece's scores may.
    private static Dictionary<(int, int), (int, int)> RandomRules(Random random)
    {
        Dictionary<(int, int), (int, int)> rules = [];
        for (int merged = 4; merged < 24; merged++)
        {
            rules.TryAdd((random.Next(merged), random.Next(merged)), (random.Next(12), merged));
        }

        return rules;
    }

    private static (int Id, int End)[] MergeSlowly(
        int[] word, Dictionary<(int, int), (int Rank, int Merged)> rules)
    {
        List<(int Id, int End)> symbols = [.. word.Select((id, i) => (id, i + 1))];
        while (true)
        {
            int best = -1;
            for (int i = 0; i + 1 < symbols.Count; i++)
            {
                bool merges =
                    rules.TryGetValue((symbols[i].Id, symbols[i + 1].Id), out (int Rank, int Merged) rule);
                if (merges && (best < 0 || rule.Rank < rules[(symbols[best].Id, symbols[best + 1].Id)].Rank))
                {
                    best = i;
                }
            }

            if (best < 0)
            {
                return [.. symbols];
            }

            symbols[best] = (rules[(symbols[best].Id, symbols[best + 1].Id)].Merged, symbols[best + 1].End);
            symbols.RemoveAt(best + 1);
        }
    }
}
