using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace AlignBench.Hub.Requests;

/// <summary>
/// What an answer other than a success means. The hub says so in X-Error-Code and X-Error-Message
/// (huggingface_hub, utils/_http.py), and answers 401 for what may be private and for what is not there.
/// </summary>
/// <param name="settings">Whose hub it is.</param>
/// <param name="clock">For a Retry-After that is a date.</param>
internal sealed partial class HubErrors(HubSettings settings, TimeProvider clock)
{
    private const int LongestWords = 200;

    private bool HasToken => settings.Token is not null;

    /// <summary>
    /// The exception for an answer: a <see cref="TransientException"/> if asking again may help, else a
    /// <see cref="HubException"/>.
    /// </summary>
    public Exception Of(HttpResponseMessage response, HubRequest request)
    {
        Uri asked = response.RequestMessage!.RequestUri!;
        int status = (int)response.StatusCode;
        string answer = $"{asked.Authority} answered {status} {Reason(response)} for {request.What}";
        if (status is 408 or 429 or >= 500)
        {
            return new TransientException(answer, WaitOf(response));
        }

        return new HubException(
            Redirect.IsWithin(asked, settings.Endpoint)
                ? Explain(response, request, answer)
                : answer + Said(response));
    }

    private string Explain(HttpResponseMessage response, HubRequest request, string answer)
    {
        string page = $"{settings.Endpoint.AbsoluteUri.TrimEnd('/')}/{request.Id}";
        string host = settings.Endpoint.Authority;
        string id = request.Id.Text;
        return (response.Find("X-Error-Code"), (int)response.StatusCode) switch
        {
            ("GatedRepo", _) when HasToken =>
                $"{id} is gated, and the token's account has no access to it yet: ask for it at {page}",
            ("GatedRepo", _) => $"{id} is gated: ask for access at {page}, then set HF_TOKEN",
            ("RevisionNotFound", _) => $"{id} has no branch, tag or commit '{request.Revision}' at {host}",
            ("EntryNotFound", _) => $"{id} has no file {request.File} at {request.Revision}",
            ("RepoNotFound", _) => Unknown(request, host),
            (_, 401) when HasToken =>
                $"{host} refuses the token of HF_TOKEN or the token file{Said(response)}",
            (_, 401) => Unknown(request, host),
            (_, 403) when HasToken =>
                $"{host} forbids {request.What}{Said(response)}; the token may lack the permission to read it",
            (_, 403) => $"{host} forbids {request.What}{Said(response)}; no token is set (HF_TOKEN)",
            (_, 404) => $"{answer}; expected a Hugging Face hub there (HF_ENDPOINT) and the name of a model",
            _ => answer + Said(response),
        };
    }

    private string Unknown(HubRequest request, string host) => HasToken
        ? $"{host} has no model {request.Id}, or the token's account may not see it"
        : $"{host} has no model {request.Id}, or a private one, for which HF_TOKEN must be set";

    private TimeSpan? WaitOf(HttpResponseMessage response)
    {
        RetryConditionHeaderValue? asked = response.Headers.RetryAfter;
        TimeSpan? wait = asked?.Delta ?? asked?.Date - clock.GetUtcNow() ?? RateLimit(response);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    // "api";r=0;t=55: none left in this window, which ends in 55 s (draft-ietf-httpapi-ratelimit-headers).
    private static TimeSpan? RateLimit(HttpResponseMessage response)
    {
        Match match = SpentLimit().Match(response.Find("RateLimit") ?? "");
        return match.Success
            ? TimeSpan.FromSeconds(1 + int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            : null;
    }

    private static string Reason(HttpResponseMessage response) =>
        Words(response.ReasonPhrase is { Length: > 0 } reason ? reason : response.StatusCode.ToString());

    private static string Said(HttpResponseMessage response) =>
        response.Find("X-Error-Message") is { Length: > 0 } words ? $": {Words(words)}" : "";

    // A server's words are shown, but not as more than one line.
    private static string Words(string text) =>
        string.Concat(text.Take(LongestWords).Select(c => char.IsControl(c) ? ' ' : c)).TrimEnd('.', ' ');

    [GeneratedRegex(@"""\s*;\s*r\s*=\s*0\s*;\s*t\s*=\s*(\d{1,6})\b")]
    private static partial Regex SpentLimit();
}
