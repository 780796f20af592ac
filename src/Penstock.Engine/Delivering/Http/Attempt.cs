using System.Security.Authentication;
using Penstock.Contract;
using Polly.Timeout;

namespace Penstock.Engine.Delivering.Http;

/// <summary>How one attempt at a request ended: with an answer, or broken.</summary>
/// <param name="Answer">The answer; null when broken.</param>
/// <param name="Fault">Why it broke; null when answered.</param>
/// <param name="InWords">The same in words.</param>
/// <param name="WasSent">Whether the far end may have the request.</param>
/// <param name="Error">What was thrown.</param>
internal sealed record Attempt(HttpAnswer? Answer, ConnectionFault? Fault, string InWords, bool WasSent, Exception? Error)
{
    /// <summary>Whether a 429 outlasted all patience.</summary>
    public bool IsOutOfPatience { get; init; }

    /// <summary>Whether trying again can do no harm.</summary>
    public bool MayTryAgain { get; init; }

    /// <summary>Whether it is the far end's condition, not the request, that made it fail.</summary>
    public bool IsBroken => !IsOutOfPatience && (Answer is null || Answer.Status is 408 or >= 500);

    public static Attempt Of(HttpAnswer answer) => new(answer, null, $"answered {answer.Status}", true, null);

    /// <summary>The attempt that ended with <paramref name="error"/>; null when that is no business of a connection's.</summary>
    public static Attempt? Of(Exception error) => error switch
    {
        TimeoutRejectedException => new(null, ConnectionFault.TimedOut, "gave no answer in time", true, error),
        GarbageException { Answer: var answer } =>
            new(null, ConnectionFault.Lost, $"answered {answer.Status} with a body that makes no sense", true, error),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
            new(null, ConnectionFault.HostUnknown, "has a host name that is not known", false, error),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } =>
            new(null, ConnectionFault.Refused, "did not accept a connection", false, error),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } or AuthenticationException =>
            new(null, ConnectionFault.Other, "could not agree on a secure connection (its certificate may not be trusted)", false, error),
        HttpRequestException or IOException => new(null, ConnectionFault.Lost, "broke the connection", true, error),
        // Neither the attempt's time nor the run is over: the handler's own time limit for connecting.
        OperationCanceledException => new(null, ConnectionFault.TimedOut, "could not be connected to in time", false, error),
        _ => null,
    };
}
