using System.Net.Sockets;
using Npgsql;
using Penstock.Contract;

namespace Penstock.Connectors.Postgres;

/// <summary>What the server or the driver said, as what happened, where, and what to do.</summary>
internal static class PostgresErrors
{
    /// <summary>Why the connection was not made.</summary>
    public static PenstockException Connecting(Exception cause, PostgresApp app)
    {
        var server = app.Host.StartsWith('/') ? $"the socket in {app.Host}" : $"{app.Host}:{app.Port}";
        if (Find<PostgresException>(cause) is { } said)
            return Refused(said, app, server, cause);
        if (Find<SocketException>(cause) is { } socket)
            return Unreachable(socket, app, server, cause);
        if (Find<TimeoutException>(cause) is not null)
            return TimedOut(server, cause);
        return cause.Message.Contains("No password has been provided", StringComparison.Ordinal)
            ? new ConnectionException(
                ConnectionFault.NotAuthorised,
                new("connection.not_authorised", $"PostgreSQL at {server} asks user '{app.User}' for a password, and none is given.",
                    "Set the app's password."),
                cause)
            : new ConnectionException(
                ConnectionFault.Other,
                new("connection.failed", $"The connection to PostgreSQL at {server} was not made: {Redact(Innermost(cause).Message, app)}",
                    "Check the app's host, port and ssl."),
                cause);
    }

    /// <summary>Why a statement failed.</summary>
    /// <param name="cause">What the driver threw.</param>
    /// <param name="app">The app.</param>
    /// <param name="statement">The statement as sent, to say which line of it; null when it is not a person's.</param>
    /// <param name="query">The person's own query inside it; null for none.</param>
    public static PenstockException Running(Exception cause, PostgresApp app, string? statement, string? query)
    {
        if (Find<PostgresException>(cause) is not { } said)
            return Lost(app, Redact(Innermost(cause).Message, app), cause);
        var where = Place(said, statement, query);
        var message = Redact(said.MessageText, app);
        return said.SqlState switch
        {
            PostgresErrorCodes.InsufficientPrivilege => new ConnectionException(
                ConnectionFault.NoPermission,
                new("connection.no_permission", $"The user '{app.User}' may not read this in database '{app.Database}': {message}.",
                    $"Let its owner GRANT SELECT ON the table (and USAGE ON its schema) TO {app.User}."),
                cause),
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
                or PostgresErrorCodes.IdleSessionTimeout => Lost(app, message, cause),
            PostgresErrorCodes.UndefinedTable
                or PostgresErrorCodes.InvalidSchemaName =>
                    Source("source.unknown_table", $"PostgreSQL does not find a table: {message}{where}.",
                        said.Hint ?? "Check the source's table; write schema.table when it is not in the search path."),
            PostgresErrorCodes.UndefinedColumn =>
                Source("source.unknown_column", $"PostgreSQL does not find a column: {message}{where}.",
                    said.Hint ?? "Check the columns of the source's properties, filters and join."),
            PostgresErrorCodes.QueryCanceled =>
                Source("source.timed_out", $"PostgreSQL ended the statement in database '{app.Database}': {message}.",
                    "Give the app a longer statement_timeout, add an index, or select less."),
            PostgresErrorCodes.ReadOnlySqlTransaction =>
                Source("source.writes", $"The query writes, and sources are only read: {message}{where}.",
                    "Use a query that only selects."),
            PostgresErrorCodes.UndefinedFunction =>
                Source("source.bad_query", $"PostgreSQL can't compare or compute so: {message}{where}.",
                    "Give the filter's value in the column's type (text in quotes), or use a query with a cast."),
            _ => Source("source.failed", $"PostgreSQL refused the statement: {message}{where}. (SQLSTATE {said.SqlState})",
                said.Hint ?? "Nothing of this read counts. Mend what the message names (the query, the view, a value), and run again."),
        };

        PenstockException Source(string code, string text, string? help) => new SourceException(new(code, text, help), cause);
    }

    /// <summary>The connection broke in the middle: nothing read counts.</summary>
    public static SourceException Lost(PostgresApp app, string message, Exception cause) => new(
        new("source.connection_lost", $"The connection to PostgreSQL at {app.Host} broke while rows were read: {message}.",
            "Nothing of this read counts. Run again; if it breaks again, look at the server's log."),
        cause);

    private static ConnectionException Refused(PostgresException said, PostgresApp app, string server, Exception cause) =>
        said.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword => new(
                ConnectionFault.NotAuthorised,
                new("connection.not_authorised", $"PostgreSQL at {server} does not accept the password of user '{app.User}'.",
                    "Check the app's user and password."),
                cause),
            PostgresErrorCodes.InvalidAuthorizationSpecification => new(
                ConnectionFault.NotAuthorised,
                new("connection.not_authorised",
                    $"PostgreSQL at {server} does not let user '{app.User}' in: {Redact(said.MessageText, app)}.",
                    "Check the app's user and ssl, and the server's pg_hba.conf."),
                cause),
            PostgresErrorCodes.InvalidCatalogName => new(
                ConnectionFault.NotFound,
                new("connection.not_found", $"PostgreSQL at {server} has no database '{app.Database}'.",
                    "Check the app's database; names are case-sensitive."),
                cause),
            PostgresErrorCodes.InsufficientPrivilege => new(
                ConnectionFault.NoPermission,
                new("connection.no_permission",
                    $"The user '{app.User}' may not connect to database '{app.Database}': {Redact(said.MessageText, app)}.",
                    $"Let its owner GRANT CONNECT ON DATABASE {app.Database} TO {app.User}."),
                cause),
            PostgresErrorCodes.CannotConnectNow => new(
                ConnectionFault.Refused,
                new("connection.refused", $"PostgreSQL at {server} takes no connections now: {Redact(said.MessageText, app)}.",
                    "Wait until it has started, and try again."),
                cause),
            _ => new(
                ConnectionFault.Other,
                new("connection.failed",
                    $"PostgreSQL at {server} refused the connection: {Redact(said.MessageText, app)}. (SQLSTATE {said.SqlState})",
                    said.Hint),
                cause),
        };

    private static ConnectionException Unreachable(SocketException socket, PostgresApp app, string server, Exception cause) =>
        socket.SocketErrorCode switch
        {
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => new(
                ConnectionFault.HostUnknown,
                new("connection.host_unknown", $"The host '{app.Host}' is not known.",
                    "Check the app's host, and whether this machine's name server knows it."),
                cause),
            SocketError.TimedOut => TimedOut(server, cause),
            _ => new(
                ConnectionFault.Refused,
                new("connection.refused", $"Nothing answers as PostgreSQL at {server}: {socket.Message}.",
                    "Check the app's host and port, and that the server runs and listens there."),
                cause),
        };

    private static ConnectionException TimedOut(string server, Exception cause) => new(
        ConnectionFault.TimedOut,
        new("connection.timed_out", $"PostgreSQL at {server} did not answer in time.",
            "Check the app's host and port, and that no firewall lies between."),
        cause);

    // The position counts characters of the statement as sent; people know only their own query inside it.
    private static string Place(PostgresException said, string? statement, string? query)
    {
        var position = said.Position - 1;
        if (statement is null || position < 0 || position > statement.Length)
            return "";
        var start = query is null ? 0 : Math.Max(0, statement.IndexOf(query, StringComparison.Ordinal));
        if (query is null || position < start)
            return "";
        // A query that ends too early is noticed at what we put behind it.
        var line = statement.AsSpan(start, Math.Min(position - start, query.Length)).Count('\n') + 1;
        return $", in line {line} of the query";
    }

    private static string Redact(string text, PostgresApp app) => (app.Password?.Redact(text) ?? text).TrimEnd('.');

    private static Exception Innermost(Exception exception) => exception.InnerException is null
        ? exception : Innermost(exception.InnerException);

    private static T? Find<T>(Exception? exception)
        where T : Exception => exception switch
        {
            null => null,
            T found => found,
            AggregateException several => several.InnerExceptions.Select(Find<T>).FirstOrDefault(found => found is not null),
            _ => Find<T>(exception.InnerException),
        };
}
