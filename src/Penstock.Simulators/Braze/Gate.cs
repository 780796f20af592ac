using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace Penstock.Simulators.Braze;

/// <summary>
/// What every request goes through before its endpoint sees it: path, method, key, permission, content type, size, JSON, limit.
/// The order is assumed; the answers are in Braze docs, API errors (2026), unless <see cref="Unproven"/> says otherwise.
/// </summary>
internal sealed class Gate(Instance instance)
{
    private static readonly Dictionary<string, Endpoint> Endpoints = typeof(Endpoint).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Endpoint)))
        .Select(type => Activator.CreateInstance(type, nonPublic: true))
        .OfType<Endpoint>()
        .ToDictionary(endpoint => endpoint.Path, StringComparer.Ordinal);

    /// <summary>The answer, with the rate headers that go with it, and the call that is in flight until the answer is written.</summary>
    public Passage Pass(HttpRequest request, RequestBody body)
    {
        // A trailing slash is another path (Braze docs, API basics). A live probe (2026-08-13) showed this text.
        if (!Endpoints.TryGetValue(request.Path.Value ?? "", out var endpoint) || !HttpMethods.Equals(request.Method, endpoint.Method))
            return new Passage(Answer.Message(404, "Invalid URL"), instance.Limits.Reading.Look());
        if (KeyOf(request) != instance.Options.Key)
            return Unauthorised(request);
        var pool = endpoint.PoolOf(instance.Limits, default);
        if (instance.Options.Permissions?.Contains(endpoint.Permission) == false)
            return new Passage(Answer.Message(403, Unproven.AccessDenied), pool.Look());
        if (HttpMethods.IsPost(endpoint.Method))
        {
            if (!IsJson(request.ContentType))
                return new Passage(Answer.Message(415, Unproven.UnsupportedMediaType), pool.Look());
            if (body.Length > endpoint.MaxBytes)
                return new Passage(Answer.Html(413, Unproven.TooLargeHtml), pool.Look());
        }

        return Admit(endpoint, request, body);
    }

    /// <summary>What a scripted status looks like: as if the vendor had a reason for it.</summary>
    public Passage Script(HttpRequest request, int status)
    {
        var pool = Endpoints.TryGetValue(request.Path.Value ?? "", out var endpoint)
            ? endpoint.PoolOf(instance.Limits, default)
            : instance.Limits.Reading;
        return status switch
        {
            401 => Unauthorised(request),
            403 => new Passage(Answer.Message(status, Unproven.AccessDenied), pool.Look()),
            404 => new Passage(Answer.Message(status, "Invalid URL"), pool.Look()),
            413 => new Passage(Answer.Html(status, Unproven.TooLargeHtml), pool.Look()),
            429 => new Passage(Answer.Message(status, Unproven.RateLimited), pool.Refusal()),
            >= 500 => new Passage(Answer.Html(status, Unproven.ServerErrorHtml), pool.Look()),
            _ => new Passage(Answer.Message(status, Unproven.BadRequest), pool.Look()),
        };
    }

    // Measured by leemour/braze-cli (2026-09): the body repeats the key, and the rate headers are there but empty.
    private static Passage Unauthorised(HttpRequest request) =>
        new(Answer.Message(401, $"Invalid API key: {KeyOf(request)}"), null);

    private Passage Admit(Endpoint endpoint, HttpRequest request, RequestBody body)
    {
        var isPost = HttpMethods.IsPost(endpoint.Method);
        if (instance.Options.Counting && Counting.Takes(endpoint.Path))
        {
            return endpoint.PoolOf(instance.Limits, default).TryTake(out var taken)
                ? new Passage(Counting.Handle(instance, endpoint.Path, body.Memory.Span), taken)
                : OverLimit(taken);
        }

        JsonDocument? document = null;
        if (isPost && !TryParse(body.Memory, out document))
            return new Passage(Answer.Message(400, Unproven.BadRequest), endpoint.PoolOf(instance.Limits, default).Look());
        var json = document?.RootElement ?? default;
        if (!endpoint.PoolOf(instance.Limits, json).TryTake(out var headers))
        {
            document?.Dispose();
            return OverLimit(headers);
        }

        var call = new Call(instance, endpoint.Path, json, request.Query);
        try
        {
            // A body that is not an object names nothing that an endpoint could want.
            var answer = isPost && json.ValueKind != JsonValueKind.Object
                ? Answer.Message(400, Unproven.BadRequest)
                : endpoint.Handle(call);
            return new Passage(answer, headers, call);
        }
        catch
        {
            call.Dispose();
            throw;
        }
        finally
        {
            // A delayed write still reads the document.
            if (!instance.Profiles.Delayed)
                document?.Dispose();
        }
    }

    private Passage OverLimit(RateHeaders headers)
    {
        instance.CountOverLimit();
        return new Passage(Answer.Message(429, Unproven.RateLimited), headers);
    }

    // "Bearer" in any case, the key as it is (Braze docs, API basics). api_key in the body is deprecated and not taken.
    private static string KeyOf(HttpRequest request)
    {
        var text = request.Headers.Authorization.ToString();
        return text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? text["Bearer ".Length..].Trim() : "";
    }

    private static bool IsJson(string? contentType) =>
        contentType is not null
        && contentType.AsSpan().TrimStart().StartsWith("application/json", StringComparison.OrdinalIgnoreCase)
        && (contentType.Trim().Length == 16 || contentType.Trim()[16] is ';' or ' ');

    private static bool TryParse(ReadOnlyMemory<byte> body, out JsonDocument? document)
    {
        document = null;
        if (!Utf8.IsValid(body.Span))
            return false;
        try
        {
            if (!Json.HasOnlyText(body.Span))
                return false;
            document = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

/// <summary>An answer on its way out; no rate headers means that they are there but empty.</summary>
internal readonly record struct Passage(Answer Answer, RateHeaders? Rate, Call? Call = null);
