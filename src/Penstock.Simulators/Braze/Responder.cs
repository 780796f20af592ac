using System.Text;
using Microsoft.AspNetCore.Http;

namespace Penstock.Simulators.Braze;

/// <summary>Takes a request to its answer, and lets scripted faults happen on the way.</summary>
internal sealed class Responder(Instance instance, CancellationToken stopping)
{
    private readonly Gate _gate = new(instance);
    private readonly SideDoor _sideDoor = new(instance);

    public async Task HandleAsync(HttpContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            using var body = await RequestBody.ReadAsync(context.Request, pooled: !instance.Profiles.Delayed, ended.Token);
            if (SideDoor.Owns(context.Request.Path))
                await WriteAsync(context, _sideDoor.Open(context.Request, body.Memory), ended.Token);
            else
                await RespondAsync(context, body, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The caller gave up, or the simulator stops: nobody waits for an answer.
            context.Abort();
        }
        catch (IOException)
        {
            context.Abort(); // the caller cut the connection while its body was read
        }
    }

    private async Task RespondAsync(HttpContext context, RequestBody body, CancellationToken cancellationToken)
    {
        var path = context.Request.Path.Value ?? "";
        instance.CountRequest(path);
        var fault = instance.Faults.Take(path);
        var passage = fault switch
        {
            { Kind: BrazeFaultKind.Reset or BrazeFaultKind.Hang } => default,
            { Status: { } status and >= 300 } => _gate.Script(context.Request, status),
            _ => _gate.Pass(context.Request, body),
        };
        using var call = passage.Call;
        if (instance.Options.KeepRequests)
            Keep(context.Request, body.Memory.Span, Cuts(fault) ? 0 : fault?.Status ?? passage.Answer.Status);
        if (fault is { } delayed && delayed.Delay > TimeSpan.Zero)
            await Task.Delay(delayed.Delay, instance.Options.Time, cancellationToken);
        if (fault?.Kind == BrazeFaultKind.Hang)
            await Task.Delay(Timeout.InfiniteTimeSpan, instance.Options.Time, cancellationToken);

        // From its first byte on, or from the cut, the caller may know that this request is over and send the next one.
        call?.Leave();
        if (Cuts(fault))
        {
            context.Abort();
            return;
        }

        var answer = fault is null ? passage.Answer : Damage(passage.Answer, fault);
        WriteRateHeaders(context.Response, passage.Rate);
        SetHeaders(context.Response, fault?.Headers);
        await WriteAsync(context, answer, cancellationToken, truncated: fault?.Kind == BrazeFaultKind.Truncate);
    }

    private static bool Cuts(BrazeFault? fault) =>
        fault?.Kind is BrazeFaultKind.Reset or BrazeFaultKind.ResetAfterApply or BrazeFaultKind.Hang;

    private static Answer Damage(Answer answer, BrazeFault fault)
    {
        if (fault.Kind == BrazeFaultKind.Garbage)
            answer = answer with { Body = "\u0000\u0001<garbage>{\"message\":"u8.ToArray() };
        if (fault.Status is { } status)
            answer = status == 202 && answer.Status == 201 ? Answer.Message(status, "queued") : answer with { Status = status };
        if (fault.Body is null)
            return answer;
        var isJson = fault.Body.AsSpan().TrimStart() is ['{' or '[', ..];
        return answer with { Body = Encoding.UTF8.GetBytes(fault.Body), ContentType = isJson ? "application/json" : "text/html" };
    }

    // Lower case, as over HTTP/2. Braze docs, API limits; recorded answers have x-request-id.
    private static void WriteRateHeaders(HttpResponse response, RateHeaders? rate)
    {
        var headers = response.Headers;
        headers["x-request-id"] = Guid.NewGuid().ToString("N");
        if (rate is { RetryAfter: { } seconds })
        {
            headers["x-ratelimit-retry-after"] = seconds.ToString();
            return;
        }

        headers["x-ratelimit-limit"] = rate?.Limit.ToString() ?? "";
        headers["x-ratelimit-remaining"] = rate?.Remaining.ToString() ?? "";
        headers["x-ratelimit-reset"] = rate?.Reset.ToString() ?? "";
    }

    private static void SetHeaders(HttpResponse response, IReadOnlyDictionary<string, string>? more)
    {
        foreach (var (name, value) in more ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            if (value.Length == 0)
                response.Headers.Remove(name);
            else
                response.Headers[name] = value;
        }
    }

    private static async Task WriteAsync(HttpContext context, Answer answer, CancellationToken cancellationToken, bool truncated = false)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        SetHeaders(response, answer.Headers);
        response.ContentLength = answer.Body.Length;
        var sent = truncated ? answer.Body[..(answer.Body.Length / 2)] : answer.Body;
        await response.BodyWriter.WriteAsync(sent, cancellationToken);
        if (!truncated)
            return;
        await response.BodyWriter.FlushAsync(cancellationToken);
        context.Abort();
    }

    private void Keep(HttpRequest request, ReadOnlySpan<byte> body, int status)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in request.Headers)
        {
            // Whatever the key is, it is not shown; that there was one is.
            headers[name] = name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) ? "***" : value.ToString();
        }

        instance.Log.Add(request.Method, request.Path.Value ?? "", request.QueryString.Value ?? "", headers, body, status);
    }
}
