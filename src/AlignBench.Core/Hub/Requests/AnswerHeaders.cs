namespace AlignBench.Hub.Requests;

/// <summary>Headers as the server wrote them.</summary>
internal static class AnswerHeaders
{
    /// <summary>The first of a name, null if there is none.</summary>
    public static string? Find(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;
}
