using System.Net;

namespace AlignBench.Hub.Requests;

/// <summary>Where an answer sends the asker, and what may be told there.</summary>
internal static class Redirect
{
    public static bool Is(HttpStatusCode status) => status
        is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    /// <summary>The next address.</summary>
    /// <exception cref="HubException">There is none, or one beyond this machine without encryption.</exception>
    public static Uri Next(Uri from, HttpResponseMessage response)
    {
        // Not Headers.Location, which would read "/path" as a file of this machine.
        if (!Uri.TryCreate(from, response.Find("Location"), out Uri? next)
            || (next.Scheme != Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttp))
        {
            throw new HubException($"{from.Authority} redirects {from.AbsolutePath} to no http address");
        }

        return from.Scheme == Uri.UriSchemeHttps && next.Scheme == Uri.UriSchemeHttp && !next.IsLoopback
            ? throw new HubException(
                $"{from.Authority} redirects {from.AbsolutePath} from https to http, {next.Authority}; refused")
            : next;
    }

    /// <summary>Whether two addresses have one scheme, host and port: only then may a token follow.</summary>
    public static bool IsWithin(Uri a, Uri b) => Uri.Compare(
        a, b, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;
}
