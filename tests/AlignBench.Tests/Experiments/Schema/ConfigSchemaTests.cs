using System.Text.Json.Nodes;
using AlignBench.Experiments;
using AlignBench.Experiments.Schema;

namespace AlignBench.Tests.Experiments.Schema;

public class ConfigSchemaTests
{
    [Fact]
    public void OfStudy_Keys_AreThoseOfTheReader()
    {
        JsonObject schema = JsonNode.Parse(ConfigSchema.OfStudy())!.AsObject();

        string[] keys = [.. KeysIn(schema).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal([.. StudyKeys.All.Order(StringComparer.Ordinal)], keys);
    }

    [Fact]
    public void OfStudy_Required_AreThoseThatTheReaderMisses()
    {
        JsonNode schema = JsonNode.Parse(ConfigSchema.OfStudy())!;

        Assert.Equal(["name", "vision", "language", "experiments"], Words(schema["required"]));
        Assert.Equal(["name", "kind", "data"], Words(schema["properties"]!["experiments"]!["items"]!["required"]));
        Assert.False((bool)schema["additionalProperties"]!);
    }

    [Theory]
    [InlineData("folds", "plain", "grouped", "both")]
    [InlineData("layers", "none", "all")]
    public void OfStudy_Words_AreListed(string key, params string[] words)
    {
        JsonNode schema = JsonNode.Parse(ConfigSchema.OfStudy())!;

        Assert.Equal(words, Words(schema["properties"]![key]!["enum"]));
    }

    [Fact]
    public void OfStudy_EveryKeyOfTheStudy_IsDescribed()
    {
        JsonObject properties = JsonNode.Parse(ConfigSchema.OfStudy())!["properties"]!.AsObject();

        string[] plain = [.. properties.Where(p => p.Value!["description"] is null).Select(p => p.Key)];
        Assert.Equal(["experiments"], plain);
        Assert.Equal("Whether confounds.csv is made: other reasons for an effect.", (string?)properties["confounds"]!["description"]);
    }

    [Fact]
    public void OfAdapterStudy_ListsOfWords_SayItForEachItem()
    {
        JsonNode schema = JsonNode.Parse(ConfigSchema.OfAdapterStudy())!;

        JsonNode rows = schema["properties"]!["evaluation"]!["properties"]!["row_sets"]!;
        Assert.Equal(["train", "validation", "all"], Words(rows["items"]!["enum"]));
        JsonNode settings = schema["properties"]!["training"]!["properties"]!;
        Assert.Null(settings["pairs"]!["type"]);                  // true is a truth to an editor
        Assert.Equal(["erf", "tanh"], Words(settings["gelu"]!["enum"]));
    }

    // A record used twice is described once, and referred to elsewhere.
    private static IEnumerable<string> KeysIn(JsonNode? node) => node switch
    {
        JsonObject schema => (schema["properties"] is JsonObject properties ? properties.Select(p => p.Key) : [])
            .Concat(schema.SelectMany(member => KeysIn(member.Value))),
        JsonArray list => list.SelectMany(KeysIn),
        _ => [],
    };

    private static string[] Words(JsonNode? list) => [.. list!.AsArray().Select(word => (string)word!)];
}
