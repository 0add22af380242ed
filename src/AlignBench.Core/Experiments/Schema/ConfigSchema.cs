using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AlignBench.Experiments.Adapters;

namespace AlignBench.Experiments.Schema;

/// <summary>
/// JSON Schema (draft 2020-12) of the experiment files, so that an editor completes their keys and words and marks
/// mistakes as they are typed.
/// </summary>
public static class ConfigSchema
{
    private static readonly JsonSerializerOptions s_yaml = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly JsonSerializerOptions s_indented = new(s_yaml)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The files of <c>alignbench run</c>.</summary>
    public static string OfStudy() => Of<StudyConfig>("A file of 'alignbench run'");

    /// <summary>The files of <c>alignbench train-adapters</c>.</summary>
    public static string OfAdapterStudy() => Of<AdapterStudyConfig>("A file of 'alignbench train-adapters'");

    private static string Of<T>(string title)
    {
        JsonSchemaExporterOptions exporter = new()
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = Describe,
        };
        JsonObject schema = (JsonObject)s_yaml.GetJsonSchemaAsNode(typeof(T), exporter);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", title);
        return schema.ToJsonString(s_indented) + "\n";
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is not JsonObject schema || context.PropertyInfo?.AttributeProvider is not PropertyInfo property)
        {
            return node;
        }

        if (MemberSummaries.Of(property) is { } summary)
        {
            schema.Insert(0, "description", summary);
        }

        if (ConfigWords.Of(property) is { } words)
        {
            // Where there is a list of words, the words are the items'.
            JsonObject place = schema["items"] as JsonObject ?? schema;
            place["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]);
        }

        if (ConfigWords.MayLookLikeAnotherType(property))
        {
            schema.Remove("type");
            schema.Remove("enum");
        }

        return schema;
    }
}
