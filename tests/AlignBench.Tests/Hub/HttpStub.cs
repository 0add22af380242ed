using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AlignBench.Tests.Hub;

/// <summary>An HTTP/1.1 server on this machine, one request a connection, that breaks off where a test says.</summary>
internal sealed class HttpStub : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<StubRequest, StubReply> _answer;
    private readonly Task _accepting;

    public HttpStub(Func<StubRequest, StubReply> answer)
    {
        _answer = answer;
        _listener.Start();
        Address = new Uri($"http://{_listener.LocalEndpoint}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public ConcurrentQueue<StubRequest> Requests { get; } = new();

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> serving = [];
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException || _stop.IsCancellationRequested)
        {
            await Task.WhenAll(serving);   // a stopped listener may say so in other words
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using TcpClient connection = client;
            await using NetworkStream stream = connection.GetStream();
            StubRequest request = await ReadAsync(stream);
            Requests.Enqueue(request);
            await SendAsync(stream, _answer(request), request.Method != "HEAD");
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client hung up, or the test is over.
        }
    }

    private async Task<StubRequest> ReadAsync(NetworkStream stream)
    {
        using StreamReader reader = new(stream, Encoding.ASCII, leaveOpen: true);
        string[] line = (await reader.ReadLineAsync(_stop.Token) ?? throw new IOException("hung up")).Split(' ');
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } header)
        {
            headers[header[..header.IndexOf(':')]] = header[(header.IndexOf(':') + 1)..].Trim();
        }

        return new StubRequest(line[0], line[1], headers);
    }

    private async Task SendAsync(NetworkStream stream, StubReply reply, bool hasBody)
    {
        StringBuilder head = new();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} {reply.Reason}\r\nConnection: close\r\n");
        foreach ((string name, string value) in reply.With("Content-Length", Length(reply)).Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), _stop.Token);
        int sent = hasBody ? reply.CutAfter ?? reply.SilentAfter ?? reply.Body.Length : 0;
        await stream.WriteAsync(reply.Body.AsMemory(0, sent), _stop.Token);
        if (reply.SilentAfter is not null)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _stop.Token);
        }
    }

    private static string Length(StubReply reply) =>
        reply.Headers.FirstOrDefault(header => header.Name == "Content-Length").Value
        ?? reply.Body.Length.ToString(CultureInfo.InvariantCulture);
}
