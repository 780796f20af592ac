namespace Penstock.Contract;

/// <summary>The codes of what can be wrong with a connection to any system.</summary>
public static class ConnectionProblems
{
    /// <summary>The host's name is not known.</summary>
    public static ProblemCode HostUnknown { get; } = new(
        "connection.host_unknown",
        "The host's name is not known to this machine's name server.",
        "Check the address in the app's options, and the network.");

    /// <summary>Nobody answers, or no connections are taken.</summary>
    public static ProblemCode Refused { get; } = new(
        "connection.refused",
        "Nothing answers at the address, or it takes no connections now.",
        "Check the host and port, and that the system runs and listens there.");

    /// <summary>No answer in time.</summary>
    public static ProblemCode TimedOut { get; } = new(
        "connection.timed_out",
        "The system did not answer in time.",
        "Check the address, and that no firewall lies between; a locked database is free again later.");

    /// <summary>No secure connection can be made.</summary>
    public static ProblemCode NotSecure { get; } = new(
        "connection.not_secure",
        "A secure connection (TLS) can't be made, or the certificate is not trusted.",
        "Check the address and the certificate; a proxy that opens connections needs its certificate known to this machine.");

    /// <summary>The credentials are not accepted.</summary>
    public static ProblemCode NotAuthorised { get; } = new(
        "connection.not_authorised",
        "The system does not accept the app's credentials.",
        "Check the key, or user and password, and that they belong to this address.");

    /// <summary>The credentials lack a permission.</summary>
    public static ProblemCode NoPermission { get; } = new(
        "connection.no_permission",
        "The credentials are good but may not do this.",
        "Give the key or user the permission that the message names.");

    /// <summary>The database, file or folder does not exist.</summary>
    public static ProblemCode NotFound { get; } = new(
        "connection.not_found",
        "The database, file or folder that the app names does not exist.",
        "Check its name in the app's options; files are relative to the project folder.");

    /// <summary>Another reason.</summary>
    public static ProblemCode Failed { get; } = new(
        "connection.failed",
        "The connection was not made, for the reason that the message quotes.",
        "Check the app's options; the message holds the system's own words.");
}
