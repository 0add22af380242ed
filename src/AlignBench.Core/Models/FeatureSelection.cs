using System.Globalization;

namespace AlignBench.Models;

/// <summary>How the tokens of one layer become one vector.</summary>
public enum Pooling
{
    /// <summary>The first token.</summary>
    Cls,

    /// <summary>
    /// The mean over all real tokens, special ones included; of a convolutional map, over its positions.
    /// </summary>
    Mean,

    /// <summary>The mean over the image patches: without class and register tokens.</summary>
    PatchMean,

    /// <summary>The last real token.</summary>
    LastToken,

    /// <summary>The model's own pooled output, whatever that is (see each encoder).</summary>
    Pooled,

    /// <summary>
    /// The model's own projection of <see cref="Pooled"/> into a shared space, of unit length (CLIP).
    /// </summary>
    Embeds,
}

/// <summary>
/// Which vector of an encoder is wanted, written <c>LAYER_POOLING[_norm]</c>: LAYER is <c>penultimate</c>,
/// <c>last</c> or <c>layer3</c> (the output of the third block; <c>layer0</c> is what goes into the first),
/// POOLING is <c>cls</c>, <c>mean</c>, <c>patch_mean</c> or <c>last_token</c>. <c>last_token</c> alone means
/// <c>last_last_token</c>, <c>mean_patch</c> means <c>last_patch_mean_norm</c>; <c>pooled</c> and
/// <c>embeds</c> stand alone.
/// </summary>
/// <param name="Layer">
/// Index into transformers' <c>hidden_states</c>, Python's way: 0 is the input of the first block, -1 the
/// last, -2 the penultimate. For language models -1 is after the final norm, as in transformers; for vision
/// models before it.
/// </param>
/// <param name="Pooling">What is done with its tokens.</param>
/// <param name="FinalNorm">
/// The model's final norm is applied to the tokens before they are pooled (once: where the layer includes it
/// already, this changes nothing).
/// </param>
public sealed record FeatureSelection(int Layer, Pooling Pooling, bool FinalNorm = false)
{
    private const string NormSuffix = "_norm";

    private static readonly (string Name, Pooling Pooling)[] s_poolings =
    [
        ("cls", Pooling.Cls),
        ("mean", Pooling.Mean),
        ("patch_mean", Pooling.PatchMean),
        ("last_token", Pooling.LastToken),
    ];

    private static readonly Dictionary<string, FeatureSelection> s_special = new()
    {
        ["last_token"] = new(-1, Pooling.LastToken),
        ["mean_patch"] = new(-1, Pooling.PatchMean, FinalNorm: true),
        ["penultimate_stage_mean"] = new(-2, Pooling.Mean),
        ["pooled"] = new(-1, Pooling.Pooled),
        ["embeds"] = new(-1, Pooling.Embeds),
    };

    /// <summary>Class token of the penultimate block: study 1's feature of an image.</summary>
    public static FeatureSelection PenultimateCls { get; } = new(-2, Pooling.Cls);

    /// <summary>Mean over the tokens of the penultimate block: study 1's feature of a text.</summary>
    public static FeatureSelection PenultimateMean { get; } = new(-2, Pooling.Mean);

    /// <summary>The canonical name, which <see cref="Parse"/> reads back.</summary>
    public string Name
    {
        get
        {
            if (Pooling is Pooling.Pooled or Pooling.Embeds)
            {
                return Pooling == Pooling.Pooled ? "pooled" : "embeds";
            }

            string layer = Layer switch
            {
                -1 => "last",
                -2 => "penultimate",
                _ => string.Create(CultureInfo.InvariantCulture, $"layer{Layer}"),
            };
            string pooling = s_poolings.First(known => known.Pooling == Pooling).Name;
            return $"{layer}_{pooling}{(FinalNorm ? NormSuffix : "")}";
        }
    }

    /// <summary>Reads a name.</summary>
    /// <exception cref="ConfigException">It is not of the form above.</exception>
    public static FeatureSelection Parse(string name)
    {
        if (s_special.TryGetValue(name, out FeatureSelection? special))
        {
            return special;
        }

        bool norm = name.EndsWith(NormSuffix, StringComparison.Ordinal);
        string rest = norm ? name[..^NormSuffix.Length] : name;
        int underscore = rest.IndexOf('_', StringComparison.Ordinal);
        if (underscore > 0 && ParseLayer(rest[..underscore]) is int layer)
        {
            foreach ((string known, Pooling pooling) in s_poolings)
            {
                if (rest[(underscore + 1)..] == known)
                {
                    return new FeatureSelection(layer, pooling, norm);
                }
            }
        }

        throw new ConfigException(
            $"unknown feature {name}: expected penultimate, last or layerN, then _cls, _mean, _patch_mean or "
            + "_last_token, then perhaps _norm; or pooled, or embeds");
    }

    /// <summary>The layer as a number from 0 to <paramref name="depth"/>.</summary>
    /// <exception cref="ConfigException">The encoder has no such layer.</exception>
    public int LayerIn(int depth)
    {
        int layer = Layer < 0 ? depth + 1 + Layer : Layer;
        return layer >= 0 && layer <= depth
            ? layer
            : throw new ConfigException($"feature {Name}: the encoder has layers 0 to {depth}");
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static int? ParseLayer(string text) => text switch
    {
        "last" => -1,
        "penultimate" => -2,
        _ when text.StartsWith("layer", StringComparison.Ordinal)
            && int.TryParse(text[5..], NumberStyles.None, CultureInfo.InvariantCulture, out int number) =>
                number,
        _ => null,
    };
}
