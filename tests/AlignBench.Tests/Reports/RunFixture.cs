using AlignBench.Reports.Runs;

namespace AlignBench.Tests.Reports;

/// <summary>A run of one contrast and one curve over 1 x 2 models, with numbers that are easy to find again.</summary>
internal static class RunFixture
{
    /// <summary>A text that would be markup, script and a broken attribute wherever it is not escaped.</summary>
    public const string Hostile = "\"><img src=x onerror=\"window.injected=1\"></script><script>window.injected=1</script>{{domain}}&amp;'";

    private const string Directions = "language_to_vision vision_to_language";

    public static RunFolder Write(TemporaryFolder folder, string language = "bloom", string skipped = "")
    {
        string[] models = [Quote(language), "llama"];
        List<string> pairs = ["experiment,condition,vision,language,direction,score,standard_error,n"];
        List<string> curves = ["experiment,direction,k,mean,sem"];
        List<string> tests =
        [
            "experiment,direction,standardisation,a,b,mean_a,mean_b,t,df,p,ci95_low,ci95_high,published_t",
        ];
        foreach (string direction in Directions.Split(' '))
        {
            foreach (string model in models)
            {
                pairs.Add($"prefs,preferred,dino,{model},{direction},0.5,0.01,100");
                pairs.Add($"prefs,nonpreferred,dino,{model},{direction},0.25,0.01,100");
                pairs.Add($"average,1,dino,{model},{direction},0.1,0.01,100");
                pairs.Add($"average,2,dino,{model},{direction},0.3,0.01,100");
            }

            tests.Add($"prefs,{direction},test_statistics,preferred,nonpreferred,0.5,0.25,12.5,1,0.004,0.1,0.4,19.8225");
            tests.Add($"prefs,{direction},train_statistics,preferred,nonpreferred,0.9,0.8,99.0,1,0.004,0.1,0.4,19.8225");
            tests.Add($"average,{direction},test_statistics,2,1,0.3,0.1,2.5,1,0.4,-0.1,0.4,");
            curves.Add($"average,{direction},1,0.1,0.02");
            curves.Add($"average,{direction},2,0.3,0.02");
        }

        folder.Write("predictivity.csv", Lines(pairs));
        folder.Write("ttests.csv", Lines(tests));
        folder.Write("curves.csv", Lines(curves));
        folder.Write("counts.csv", "experiment,what,count\nprefs,sampled,100\n");
        folder.Write("skipped.csv", $"experiment,source,reason\n{skipped}");
        folder.Write("run.json", """
            { "config": { "name": "small", "experiments": [
                { "name": "prefs", "kind": "preference", "pairs": "all" },
                { "name": "average", "kind": "averaging", "average": "images" } ] },
              "seed": 7, "seconds": { "prefs: scores": 1.5 }, "inputs": { "/data/x": "00" } }
            """);
        return RunFolder.Read(folder.Root);
    }

    public static string Quote(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Lines(IEnumerable<string> rows) => string.Join('\n', rows) + "\n";
}
