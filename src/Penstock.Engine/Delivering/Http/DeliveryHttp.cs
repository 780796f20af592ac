using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Penstock.Contract;
using Polly;
using Polly.Retry;
using Authorization = Penstock.Contract.Authorization;

namespace Penstock.Engine.Delivering.Http;

/// <summary>
/// The <see cref="IHttp"/> of one app in one run: authorises, paces, waits out 429, tries again after 5xx and broken connections, and
/// redacts. Safe for use by several threads and several destinations of the app, which then share their pools' limits.
/// </summary>
public sealed class DeliveryHttp : IHttp, IDisposable
{
    private static readonly string Agent = $"Penstock/{typeof(DeliveryHttp).Assembly.GetName().Version?.ToString(3)}";

    private readonly HttpMessageInvoker _invoker;
    private readonly Declaration _declaration;
    private readonly Authorization? _authorization;
    private readonly Redaction _redaction;
    private readonly HttpProblems _problems;
    private readonly DeliveryOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _app;
    private readonly ResiliencePipeline<Attempt> _retry;
    private readonly ResiliencePipeline _timeLimit;
    private readonly Dictionary<object, Pace> _paces = [];
    private readonly CallScope _unpaced;
    private long _calls;
    private volatile bool _wasAnswered;

    /// <summary>For the app <paramref name="appId"/> of the project, with its bound options.</summary>
    /// <param name="invoker">
    /// Sends; over <see cref="HttpHandlers"/>, and no <see cref="HttpClient"/>, which would read answers whole and has a time limit of its
    /// own. Not disposed of here.
    /// </param>
    /// <param name="declaration">The connector's.</param>
    /// <param name="appId">The app's id, for messages.</param>
    /// <param name="app">The app's options.</param>
    /// <param name="options">How patient and how bold.</param>
    /// <param name="time">The time.</param>
    /// <param name="logger">Where tries and waits are noted.</param>
    public DeliveryHttp(
        HttpMessageInvoker invoker,
        Declaration declaration,
        string appId,
        object app,
        DeliveryOptions options,
        TimeProvider time,
        ILogger logger)
    {
        _invoker = invoker;
        _declaration = declaration;
        _authorization = declaration.Authorization?.Invoke(app);
        _redaction = new(_authorization);
        _problems = new(declaration.Name, appId);
        (_options, _time, _logger, _app) = (options, time, logger, appId);
        _unpaced = new(PaceOf(new Limits { Concurrency = int.MaxValue }), int.MaxValue);
        _timeLimit = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(options.AttemptTimeout).Build();
        _retry = options.Tries <= 1
            ? ResiliencePipeline<Attempt>.Empty
            : new ResiliencePipelineBuilder<Attempt> { TimeProvider = time }.AddRetry(Retrying(options)).Build();
    }

    /// <summary>Told of each exchange, for somebody who looks at one record; null for nobody.</summary>
    internal Action<Exchange>? Watch { get; set; }

    /// <summary>HTTP calls so far, retries included.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    /// <summary>Until when requests wait for a rate limit, the latest of all pools; null when none waits.</summary>
    internal DateTimeOffset? WaitingUntil
    {
        get
        {
            lock (_paces)
                return _paces.Values.Max(pace => pace.WaitingUntil);
        }
    }

    /// <inheritdoc/>
    public Task<HttpAnswer> SendAsync(HttpCall call, CancellationToken cancellationToken) =>
        SendAsync(call, _unpaced with { MayStart = cancellationToken }, cancellationToken);

    /// <summary>Forgets all paces.</summary>
    public void Dispose()
    {
        lock (_paces)
        {
            foreach (var pace in _paces.Values)
                pace.Dispose();
        }
    }

    /// <summary>Takes the app's credential out of text.</summary>
    internal string Redact(string text) => _redaction.Of(text);

    /// <summary>The pace of the pool of <paramref name="limits"/>, one a name; without a name, one a declared limit.</summary>
    internal Pace PaceOf(Limits limits)
    {
        lock (_paces)
        {
            object pool = limits.Pool is { } name ? name : new ByReference(limits);
            if (!_paces.TryGetValue(pool, out var pace))
                _paces.Add(pool, pace = new(limits, _options, _time));
            return pace;
        }
    }

    /// <exception cref="BodyTooLargeException">The body outgrew the scope's limit; nothing was sent.</exception>
    /// <exception cref="OperationCanceledException">No further attempt may start, or all is given up.</exception>
    internal async Task<HttpAnswer> SendAsync(HttpCall call, CallScope scope, CancellationToken cancellationToken)
    {
        var json = call.Json is { } write ? JsonBody.Encode(write, scope.MaxBytes) : null;
        if (call.Content is { } content && content.Length > scope.MaxBytes)
            throw new BodyTooLargeException(scope.MaxBytes);
        var request = new Request(call, json is null ? call.Content : json.Written, scope, cancellationToken);

        // Our callers' context, if any, is kept: it makes a run on one thread, and by that a simulated run, possible.
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, scope.MayStart);
        try
        {
            var attempt = await _retry.ExecuteAsync((_, sent) => PacedAsync(sent), context, request);
            var answer = Conclude(call, scope, attempt, request.Tries);
            json?.Return(); // only here: an abandoned request may still read it
            return answer;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private RetryStrategyOptions<Attempt> Retrying(DeliveryOptions options) => new()
    {
        MaxRetryAttempts = options.Tries - 1,
        ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Result is { IsBroken: true, MayTryAgain: true }),
        DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(options.BackOff(arguments.AttemptNumber)),
        OnRetry = arguments =>
        {
            var what = arguments.Outcome.Result!.InWords; // never null: only attempts are handled
            Log.TriesAgain(_logger, _app, what, arguments.AttemptNumber + 1, arguments.RetryDelay.TotalSeconds);
            return ValueTask.CompletedTask;
        },
    };

    private HttpAnswer Conclude(HttpCall call, CallScope scope, Attempt attempt, int tries)
    {
        if (attempt.IsOutOfPatience)
            throw _problems.OutOfPatience(call, _options.RateLimitPatience);
        if (!attempt.IsBroken)
        {
            var answer = attempt.Answer!; // not broken, so there is one
            return _declaration.UnauthorisedStatuses.Contains(answer.Status) ? throw _problems.NotAuthorised(call, answer) : answer;
        }

        if (tries < _options.Tries && attempt.MayTryAgain)
            scope.MayStart.ThrowIfCancellationRequested(); // it was not given up: it was told to stop
        throw _problems.Gone(call, attempt, tries, !_wasAnswered);
    }

    // One try: as many attempts as it takes until the answer is no 429.
    private async ValueTask<Attempt> PacedAsync(Request request)
    {
        request.Tries++;
        long? limitedSince = null;
        for (var limited = 0; ; limited++)
        {
            Attempt attempt;
            using (var permit = await request.Scope.Pace.EnterAsync(request.Scope.MayStart))
            {
                attempt = await AttemptAsync(request);
                permit.Health = attempt.IsBroken || attempt.Answer?.Status == 429 ? Health.Ill : Health.Well;
                if (attempt.Answer is not { } answer)
                    return attempt with { MayTryAgain = request.Call.Repeatable || !attempt.WasSent };
                _wasAnswered = true;
                if (answer.Status != 429)
                {
                    request.Scope.Pace.Learn(RateLimit.Read(_declaration.RateHeaders, answer.Headers, _time.GetUtcNow()));
                    return attempt with { MayTryAgain = request.Call.Repeatable };
                }

                var told = RateLimit.ReadRetryAfter(_declaration.RateHeaders, answer.Headers, _time.GetUtcNow());
                var wait = told > TimeSpan.FromMilliseconds(100) ? told.Value : _options.BackOff(limited);
                limitedSince ??= _time.GetTimestamp();
                if (_time.GetElapsedTime(limitedSince.Value) + wait > _options.RateLimitPatience)
                    return attempt with { IsOutOfPatience = true };
                Log.RateLimited(_logger, _app, wait.TotalSeconds);
                request.Scope.Pace.Block(wait);
            }
        }
    }

    private async Task<Attempt> AttemptAsync(Request request)
    {
        Interlocked.Increment(ref _calls);
        request.Scope.Begins?.Invoke();
        Attempt attempt;
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, request.Cancelled);
        try
        {
            attempt = Attempt.Of(await _timeLimit.ExecuteAsync(
                static (limited, sent) => sent.Http.ExchangeAsync(sent.Request, limited.CancellationToken),
                context,
                (Http: this, Request: request)));
        }
        catch (Exception error) when (!request.Cancelled.IsCancellationRequested && Attempt.Of(error) is not null)
        {
            attempt = Attempt.Of(error)!; // not null: the filter says so
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }

        request.Scope.Attempted?.Invoke(request.Call, request.Body ?? default, attempt);
        return attempt;
    }

    private async ValueTask<HttpAnswer> ExchangeAsync(Request request, CancellationToken cancellationToken)
    {
        using var message = Message(request);
        try
        {
            using var response = await _invoker.SendAsync(message, cancellationToken);
            return await Answers.ReadAsync(response, _redaction, cancellationToken);
        }
        catch (HttpRequestException error) when (error.InnerException is PenstockException forbidden)
        {
            // The operator does not let this address be called: trying again would not change that.
            throw new ConnectionException(ConnectionFault.Refused, forbidden.Problem, error);
        }
    }

    private HttpRequestMessage Message(Request request)
    {
        var call = request.Call;
        var message = new HttpRequestMessage(call.Method, call.Address)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        if (request.Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", call.ContentType);
        }

        if (!call.Headers.Keys.Contains("User-Agent", StringComparer.OrdinalIgnoreCase))
            message.Headers.TryAddWithoutValidation("User-Agent", Agent);
        foreach (var (name, value) in call.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value)) // a header about the content, such as Content-Encoding
                message.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        if (_authorization is { } authorization)
        {
            var value = authorization.Value.Reveal();
            if (value.Any(char.IsControl))
                throw _problems.UnusableCredential();
            message.Headers.TryAddWithoutValidation(authorization.Header, value);
        }

        return message;
    }

    private sealed record Request(HttpCall Call, ReadOnlyMemory<byte>? Body, CallScope Scope, CancellationToken Cancelled)
    {
        public int Tries { get; set; }
    }

    // Two limits of equal content are still two limits.
    private sealed class ByReference(Limits limits) : IEquatable<ByReference>
    {
        private readonly Limits _limits = limits;

        public bool Equals(ByReference? other) => ReferenceEquals(other?._limits, _limits);

        public override bool Equals(object? obj) => Equals(obj as ByReference);

        public override int GetHashCode() => RuntimeHelpers.GetHashCode(_limits);
    }
}
