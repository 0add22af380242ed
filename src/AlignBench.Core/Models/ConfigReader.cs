using System.Text.Json;
using AlignBench.Nn;

namespace AlignBench.Models;

/// <summary>
/// Reads a model's config.json key by key and knows in the end which keys nobody asked for: such a key may
/// change numbers, so it is refused. JSON's null counts as absent, as in transformers.
/// </summary>
public sealed class ConfigReader
{
    /// <summary>
    /// Keys that any configuration may have and that do not change a forward pass without gradient.
    /// </summary>
    private static readonly string[] s_harmless =
    [
        "_attn_implementation_autoset", "_commit_hash", "_name_or_path", "architectures",
        "attn_implementation", "auto_map", "bad_words_ids", "begin_suppress_tokens", "bos_token_id",
        "chunk_size_feed_forward", "classifier_dropout", "cross_attention_hidden_size",
        "decoder_start_token_id", "diversity_penalty", "do_sample", "dtype", "early_stopping",
        "encoder_no_repeat_ngram_size", "eos_token_id", "exponential_decay_length_penalty", "finetuning_task",
        "forced_bos_token_id", "forced_eos_token_id", "gradient_checkpointing", "id2label",
        "initializer_range", "is_composition", "is_encoder_decoder", "label2id", "language", "length_penalty",
        "max_length", "min_length", "n_special", "name_or_path", "no_repeat_ngram_size", "num_beam_groups",
        "num_beams", "num_labels", "num_return_sequences", "output_attentions", "output_hidden_states",
        "output_past", "output_scores", "pad_token_id", "predict_special_tokens", "prefix", "problem_type",
        "remove_invalid_values", "repetition_penalty", "return_dict", "return_dict_in_generate",
        "sep_token_id", "suppress_tokens", "task_specific_params", "temperature", "tf_legacy_loss",
        "tie_encoder_decoder", "tie_weights_", "tie_word_embeddings", "tokenizer_class", "top_k", "top_p",
        "torch_dtype", "torchscript", "transformers.js_config", "transformers_version", "typical_p",
        "unk_token_id", "use_bfloat16", "use_cache",
    ];

    /// <summary>Far above any model's; a damaged file must not ask for all the memory.</summary>
    private const int LargestCount = 1 << 24;

    private readonly Dictionary<string, JsonElement> _values;
    private readonly string _place;
    private readonly HashSet<string> _read = ["model_type", .. s_harmless];

    private ConfigReader(Dictionary<string, JsonElement> values, string file, string place)
    {
        _values = values;
        File = file;
        _place = place;
    }

    /// <summary>Path of the file.</summary>
    public string File { get; }

    /// <summary>
    /// <c>model_type</c>; where there is none timm's <c>architecture</c> without its tag
    /// (<c>resnet18.a1_in1k</c>); empty if there is neither.
    /// </summary>
    public string ModelType => _values.TryGetValue("model_type", out JsonElement value)
        ? value.ToString()
        : _values.TryGetValue("architecture", out value) ? value.ToString().Split('.')[0] : "";

    /// <summary>The class that saved the checkpoint; empty if unknown.</summary>
    public string Architecture =>
        _values.TryGetValue("architectures", out JsonElement value)
            && value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0
            ? value[0].ToString()
            : "";

    /// <summary>Opens <c>config.json</c> of a model folder.</summary>
    /// <exception cref="CheckpointException">
    /// There is none, it is not a JSON object, or has a key twice.
    /// </exception>
    public static ConfigReader Open(string folder)
    {
        string path = Path.Combine(folder, "config.json");
        if (!System.IO.File.Exists(path))
        {
            throw new CheckpointException($"{folder}: not a model folder: there is no config.json");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(System.IO.File.ReadAllBytes(path));
            JsonTexts.ThrowIfNotUnicode(document.RootElement);
            return new ConfigReader(Values(document.RootElement.Clone(), path, path), path, path);
        }
        catch (JsonException e)
        {
            throw new CheckpointException($"{path}: not JSON: {e.Message}");
        }
    }

    /// <summary>A nested object, all of whose keys have to be read too; null if there is none.</summary>
    public ConfigReader? Section(string key)
    {
        if (Find([key]) is not JsonElement element)
        {
            return null;
        }

        string place = $"{_place}: {key}";
        return new ConfigReader(Values(element, File, place), File, place);
    }

    /// <summary>Whether the key is there with a value other than null.</summary>
    public bool Has(string key) =>
        _values.TryGetValue(key, out JsonElement v) && v.ValueKind != JsonValueKind.Null;

    /// <summary>Whether the key is there and null.</summary>
    public bool IsNull(string key) =>
        _values.TryGetValue(key, out JsonElement v) && v.ValueKind == JsonValueKind.Null;

    /// <summary>A whole number from 1 on, under one of its spellings.</summary>
    public int Count(params string[] keys) => CountOrNull(keys) ?? throw Missing(keys);

    /// <summary><see cref="Count"/>, or null.</summary>
    public int? CountOrNull(params string[] keys) => Find(keys) switch
    {
        null => null,
        JsonElement v when v.ValueKind == JsonValueKind.Number
            && v.TryGetInt32(out int n) && n is > 0 and <= LargestCount => n,
        JsonElement v => throw Wrong(keys[0], v, $"a whole number from 1 to {LargestCount}"),
    };

    /// <summary>A number, finite.</summary>
    public double Number(string key, double byDefault) => NumberOrNull(key) ?? byDefault;

    /// <summary>A number, or null.</summary>
    public double? NumberOrNull(string key) => Find([key]) switch
    {
        null => null,
        JsonElement v when v.ValueKind == JsonValueKind.Number && double.IsFinite(v.GetDouble()) =>
            v.GetDouble(),
        JsonElement v => throw Wrong(key, v, "a number"),
    };

    /// <summary>true or false.</summary>
    public bool Flag(string key, bool byDefault) => Find([key]) switch
    {
        null => byDefault,
        JsonElement v when v.ValueKind is JsonValueKind.True or JsonValueKind.False => v.GetBoolean(),
        JsonElement v => throw Wrong(key, v, "true or false"),
    };

    /// <summary>A text.</summary>
    public string Text(string key, string byDefault) => TextOrNull(key) ?? byDefault;

    /// <summary>A text, or null.</summary>
    public string? TextOrNull(params string[] keys) => Find(keys) switch
    {
        null => null,
        JsonElement v when v.ValueKind == JsonValueKind.String => v.GetString(),
        JsonElement v => throw Wrong(keys[0], v, "a text"),
    };

    /// <summary>Whole numbers from 1 on.</summary>
    public int[]? Counts(string key)
    {
        if (Find([key]) is not JsonElement list)
        {
            return null;
        }

        return list.ValueKind == JsonValueKind.Array
            && list.EnumerateArray().All(
                v => v.ValueKind == JsonValueKind.Number && v.TryGetInt32(out int n) && n > 0)
            ? [.. list.EnumerateArray().Select(v => v.GetInt32())]
            : throw Wrong(key, list, "whole numbers from 1");
    }

    /// <summary>Texts.</summary>
    public string[]? Texts(string key)
    {
        if (Find([key]) is not JsonElement list)
        {
            return null;
        }

        return list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(
            v => v.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(v => v.GetString()!)]
            : throw Wrong(key, list, "texts");
    }

    /// <summary>The name of an activation function.</summary>
    public string Activation(string key, string byDefault)
    {
        string name = Text(key, byDefault);
        return Activations.Names.Contains(name)
            ? name
            : throw new CheckpointException(
                $"{_place}: {key}: unknown activation {name}; "
                + $"known are {string.Join(", ", Activations.Names)}");
    }

    /// <summary>Keys that do not change a forward pass of this model.</summary>
    public void Accept(params string[] keys) => _read.UnionWith(keys);

    /// <summary>
    /// What torchvision's and timm's folders say about a network beside its name: head, input, origin.
    /// </summary>
    public void AcceptPublishing() => Accept(
        "architecture", "feature", "global_pool", "license", "num_classes", "num_features", "pretrained_cfg",
        "source");

    /// <summary>A key that, where it is there, must have the one value that this program can do.</summary>
    /// <exception cref="CheckpointException">It has another.</exception>
    public void Require(string key, string json)
    {
        if (Find([key]) is JsonElement value && value.GetRawText() != json)
        {
            throw Wrong(key, value, $"{json}, the only value supported");
        }
    }

    /// <summary>For a section that repeats another.</summary>
    /// <exception cref="CheckpointException">A key has another value here than there.</exception>
    public void ThrowIfContradicts(ConfigReader other)
    {
        foreach ((string key, JsonElement value) in _values)
        {
            if (other._values.TryGetValue(key, out JsonElement its) && its.GetRawText() != value.GetRawText())
            {
                throw Wrong(key, value, $"{its.GetRawText()} as in {other._place}");
            }
        }
    }

    /// <summary>A value that this program does not know what to do with.</summary>
    public CheckpointException Unsupported(string key, string reason) => new($"{_place}: {key}: {reason}");

    /// <summary>Call when all is read.</summary>
    /// <exception cref="CheckpointException">There is a key that nobody asked for.</exception>
    public void ThrowIfUnread()
    {
        Require("add_cross_attention", "false");
        Require("is_decoder", "false");
        Require("pruned_heads", "{}");
        string[] unknown = [.. _values.Keys.Where(key => !_read.Contains(key)).Order(StringComparer.Ordinal)];
        if (unknown.Length > 0)
        {
            throw new CheckpointException(
                $"{_place}: unknown key {string.Join(", ", unknown)}: it may change what the model computes");
        }
    }

    private static Dictionary<string, JsonElement> Values(JsonElement element, string file, string place)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new CheckpointException($"{place}: expected an object, got {element.ValueKind}");
        }

        Dictionary<string, JsonElement> values = [];
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!values.TryAdd(property.Name, property.Value))
            {
                throw new CheckpointException($"{file}: key {property.Name} occurs twice");
            }
        }

        return values;
    }

    /// <summary>The value under any of several spellings, which must not contradict each other.</summary>
    private JsonElement? Find(string[] keys)
    {
        _read.UnionWith(keys);
        string[] present = [.. keys.Where(Has)];
        for (int i = 1; i < present.Length; i++)
        {
            if (_values[present[i]].GetRawText() != _values[present[0]].GetRawText())
            {
                throw new CheckpointException(
                    $"{_place}: {present[0]} is {_values[present[0]].GetRawText()}, "
                    + $"{present[i]} is {_values[present[i]].GetRawText()}");
            }
        }

        return present.Length == 0 ? null : _values[present[0]];
    }

    private CheckpointException Missing(string[] keys) =>
        new($"{_place}: missing key {string.Join(" or ", keys)}");

    private CheckpointException Wrong(string key, JsonElement got, string expected) =>
        new($"{_place}: {key}: expected {expected}, got {got.GetRawText()}");
}
