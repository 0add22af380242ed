using System.Text.Json;
using System.Text.Json.Nodes;
using AlignBench.Reports.Templates;

namespace AlignBench.Reports.Plots;

/// <summary>Vega-Lite specifications: a template with a plot's words and data in it.</summary>
internal static class PlotSpec
{
    private const int FigureWidth = 460;

    /// <summary>For the page, where the plot takes the width that there is and the page gives the theme.</summary>
    public static JsonObject Create(Plot plot)
    {
        Dictionary<string, JsonNode?> values = new(plot.Parameters)
        {
            ["description"] = plot.Description,
        };
        JsonObject spec = JsonNode.Parse(TemplateFile.Read(plot.Template))!.AsObject();
        Fill(spec, values);
        JsonObject datasets = [];
        foreach ((string name, IReadOnlyList<JsonObject> rows) in plot.Data)
        {
            datasets[name] = new JsonArray([.. rows.Select(row => row.DeepClone())]);
        }

        spec["datasets"] = datasets;
        return spec;
    }

    /// <summary>For a file of its own: light, with its title, and of a width that suits a column of text.</summary>
    public static JsonObject CreateFigure(Plot plot)
    {
        JsonObject spec = Create(plot);
        spec["width"] = FigureWidth;
        spec["background"] = "#ffffff";
        spec["title"] = new JsonObject { ["text"] = plot.Title, ["anchor"] = "start" };
        JsonObject config = Theme["light"]!.DeepClone().AsObject();
        config["axisX"] = NoLabelLimit();           // there is room, and without a screen Vega only guesses lengths
        config["axisY"] = NoLabelLimit();
        spec["config"] = config;
        return spec;
    }

    /// <summary>Vega-Lite configs by name: light and dark.</summary>
    public static JsonObject Theme => JsonNode.Parse(TemplateFile.Read("theme.json"))!.AsObject();

    private static JsonObject NoLabelLimit() => new() { ["labelLimit"] = 0 };

    private static void Fill(JsonNode? node, Dictionary<string, JsonNode?> values)
    {
        if (node is JsonObject members)
        {
            foreach (string key in members.Select(member => member.Key).ToArray())
            {
                if (TryValue(members[key], values, out JsonNode? value))
                {
                    members[key] = value;
                }
                else
                {
                    Fill(members[key], values);
                }
            }
        }
        else if (node is JsonArray items)
        {
            foreach (JsonNode? item in items)
            {
                Fill(item, values);
            }
        }
    }

    private static bool TryValue(JsonNode? node, Dictionary<string, JsonNode?> values, out JsonNode? value)
    {
        value = null;
        if (node?.GetValueKind() != JsonValueKind.String || node.GetValue<string>() is not ['{', '{', .., '}', '}'] text)
        {
            return false;
        }

        value = values[text[2..^2]]?.DeepClone();
        return true;
    }
}
