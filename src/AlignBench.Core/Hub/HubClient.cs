using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using AlignBench.Hub.Requests;

namespace AlignBench.Hub;

/// <summary>
/// Asks a hub once, follows where it redirects, and turns failures into a <see cref="TransientException"/> or a
/// <see cref="HubException"/>. The token goes to the endpoint's own scheme, host and port, and to none once another
/// host was asked.
/// </summary>
internal sealed class HubClient : IDisposable
{
    private const int MostRedirects = 10;

    private readonly HttpClient _http;
    private readonly HubSettings _settings;
    private readonly TimeSpan _silence;
    private readonly HubErrors _errors;

    public HubClient(HubSettings settings, HubPatience patience)
    {
        _settings = settings;
        _silence = patience.Silence;
        _errors = new HubErrors(settings, patience.Clock);
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !settings.Endpoint.IsLoopback,    // else that of HTTPS_PROXY and its kin
        };
        _http = new HttpClient(handler)
        {
            Timeout = Timeout.InfiniteTimeSpan,          // AwaitAsync has its own
        };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("alignbench", null));
        _http.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
    }

    /// <summary>The whole answer to a GET.</summary>
    public async Task<byte[]> ReadAsync(HubRequest request, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await GetAsync(request, start: 0, cancellation);
        return await AwaitAsync(token => response.Content.ReadAsByteArrayAsync(token), request, cancellation);
    }

    /// <summary>GET, the body still to be read: 200, 206 from byte <paramref name="start"/> on, or 416.</summary>
    public Task<HttpResponseMessage> GetAsync(
        HubRequest request, long start, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, request, start, cancellation);

    /// <summary>HEAD: what the hub itself says of a file, even if another host has it.</summary>
    public Task<HttpResponseMessage> HeadAsync(HubRequest request, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Head, request, start: 0, cancellation);

    /// <summary>Waits for a step of an answer, but not longer than a server may be silent.</summary>
    public async Task<T> AwaitAsync<T>(
        Func<CancellationToken, Task<T>> step, HubRequest request, CancellationToken cancellation)
    {
        using CancellationTokenSource silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(_silence);
        try
        {
            return await step(silence.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TransientException($"{request.What}: nothing came for {_silence.TotalSeconds:0.##} s");
        }
        catch (HttpRequestException e)
            when (e.HttpRequestError == HttpRequestError.NameResolutionError && request.File is null)
        {
            // The first question: most likely there is no network, and waiting makes none.
            throw new HubException(
                $"{request.What}: {Words(e)}; without a network, HF_HUB_OFFLINE=1 uses what the cache has");
        }
        catch (HttpRequestException e) when (e.InnerException is AuthenticationException certificate)
        {
            throw new HubException($"{request.What}: no trust in the server: {certificate.Message}");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new TransientException($"{request.What}: {Words(e)}");
        }
    }

    public void Dispose() => _http.Dispose();

    // No connection: the outer one names the host. Anything else: the outer one says "see inner exception".
    private static string Words(Exception e)
    {
        bool connected = e is not HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError,
        };
        return (connected ? e.InnerException ?? e : e).Message.TrimEnd('.');
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, HubRequest request, long start, CancellationToken cancellation)
    {
        Uri address = request.AddressAt(_settings.Endpoint);
        bool trusted = true;
        for (int redirects = 0; redirects <= MostRedirects; redirects++)
        {
            using HttpRequestMessage message = Compose(method, address, start, trusted);
            HttpResponseMessage response = await AwaitAsync(
                token => _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, token),
                request,
                cancellation);
            Uri? next = NextOrThrow(response, address, request);
            trusted = trusted && next is not null && Redirect.IsWithin(next, _settings.Endpoint);
            bool isSaid = method == HttpMethod.Head && (!trusted || response.Find("X-Linked-Etag") is not null);
            if (next is null || isSaid)
            {
                return response;
            }

            response.Dispose();
            address = next;
        }

        throw new HubException(
            $"{request.What}: {_settings.Endpoint.Authority} redirects more than {MostRedirects} times");
    }

    private HttpRequestMessage Compose(HttpMethod method, Uri address, long start, bool trusted)
    {
        HttpRequestMessage message = new(method, address);
        if (trusted && _settings.Token is not null)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _settings.Token);
        }

        if (start > 0)
        {
            message.Headers.Range = new RangeHeaderValue(start, null);
        }

        return message;
    }

    /// <summary>The address that an answer redirects to, null if it is the answer itself.</summary>
    private Uri? NextOrThrow(HttpResponseMessage response, Uri address, HubRequest request)
    {
        try
        {
            bool isAnswer = response.IsSuccessStatusCode
                || response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable;
            return isAnswer ? null
                : Redirect.Is(response.StatusCode) ? Redirect.Next(address, response)
                : throw _errors.Of(response, request);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
