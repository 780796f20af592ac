namespace Penstock.Contract;

/// <summary>What ends a run (never a row). Carries the same three parts as every problem.</summary>
public class PenstockException : Exception
{
    /// <summary>Ends the work with <paramref name="problem"/>.</summary>
    public PenstockException(Problem problem, Exception? inner = null)
        : base(problem.ToString(), inner) => Problem = problem;

    /// <summary>What happened, where, and what to do.</summary>
    public Problem Problem { get; }
}

/// <summary>An app could not be reached or did not let us in: the world's fault or the credentials'. Exit code 4.</summary>
public sealed class ConnectionException(ConnectionFault fault, Problem problem, Exception? inner = null)
    : PenstockException(problem, inner)
{
    /// <summary>Which of the usual causes it was.</summary>
    public ConnectionFault Fault { get; } = fault;
}

/// <summary>Why an app could not be used.</summary>
public enum ConnectionFault
{
    /// <summary>The host's name is not known.</summary>
    HostUnknown,

    /// <summary>Nothing listens there, or the connection was refused.</summary>
    Refused,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>The user, password or key was not accepted.</summary>
    NotAuthorised,

    /// <summary>The database, file or folder does not exist.</summary>
    NotFound,

    /// <summary>The credentials are good but may not do this.</summary>
    NoPermission,

    /// <summary>The connection broke while in use.</summary>
    Lost,

    /// <summary>Anything else the system said.</summary>
    Other,
}

/// <summary>
/// A source's statement failed: a table or column is gone, of another type, or the read broke half way. Nothing read counts.
/// </summary>
public sealed class SourceException(Problem problem, Exception? inner = null) : PenstockException(problem, inner);

/// <summary>
/// The far end could not take a request after all retries (HTTP 429/5xx, broken connections). The rows of the request stay
/// unacknowledged and are tried again by the next run.
/// </summary>
public sealed class DestinationUnavailableException(Problem problem, Exception? inner = null) : PenstockException(problem, inner);
