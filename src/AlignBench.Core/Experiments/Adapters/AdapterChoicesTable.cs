using AlignBench.Reports;

namespace AlignBench.Experiments.Adapters;

/// <summary>
/// <c>choices.csv</c>: every setting of a study with whose it is: the source's (<c>source</c>), AlignBench's where the
/// source is silent (<c>ours</c>), or the config's (<c>config</c>).
/// </summary>
internal static class AdapterChoicesTable
{
    public static void Write(string output, AdapterStudyConfig study)
    {
        AdapterPreset preset = AdapterPreset.Find(study.Name, study.Preset);
        IEnumerable<object?[]> evaluation = Rows(
            preset, null, "", LayeredSettings.Entries(study.Evaluation), LayeredSettings.Entries(preset.Evaluation));
        object?[][] general =
        [
            [null, "seeds", Text(study.Seeds), "ours", preset.Ours["seeds"]],
            [null, "picture", study.Picture, "ours", preset.Ours["picture"]],
        ];
        IEnumerable<object?[]> sides = study.Modalities.Append(study.Reference).SelectMany(side => Rows(
            preset, null, $"{side.Name}.", LayeredSettings.Entries(side),
            LayeredSettings.Entries(preset.Sides.GetValueOrDefault(side.Name, new SideConfig()))));
        IEnumerable<object?[]> adapters = study.Adapters.SelectMany(adapter => Rows(
                preset, adapter.Name, "", LayeredSettings.Entries(adapter.Settings),
                LayeredSettings.Entries(preset.Training(adapter.Kind)))
            .Prepend([adapter.Name, "kind", adapter.Kind, "ours", preset.Ours["kind"]]));
        CsvTable.Write(
            Path.Combine(output, "choices.csv"),
            ["adapter", "key", "value", "whose", "reason"],
            [.. sides, .. general, .. evaluation, .. adapters]);
    }

    private static IEnumerable<object?[]> Rows(
        AdapterPreset preset,
        string? adapter,
        string prefix,
        IEnumerable<(string Key, object? Value)> settings,
        IEnumerable<(string Key, object? Value)> defaults) =>
        from pair in settings.Zip(defaults)
        let value = Text(pair.First.Value)
        where value is not null && pair.First.Key != "name"
        let key = prefix + pair.First.Key
        let isDefault = value == Text(pair.Second.Value)
        let isOurs = preset.Ours.ContainsKey(key)
        select (object?[])
        [
            adapter, key, value, isDefault ? isOurs ? "ours" : "source" : "config", isDefault && isOurs ? preset.Ours[key] : null,
        ];

    private static string? Text(object? value) => value switch
    {
        null => null,
        Array list => string.Join(' ', list.Cast<object>().Select(CsvCell.Format)),
        _ => CsvCell.Format(value),
    };
}
