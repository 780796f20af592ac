using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;
using Penstock.Contract;

namespace Penstock.Control.Database;

/// <summary>What the database systems' errors mean for people.</summary>
internal static class ControlFaults
{
    /// <summary>The problem; null when the exception is none of a database.</summary>
    public static Problem? Explain(Exception exception, ControlLocation location, TimeSpan patience)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is SqliteException sqlite)
                return Explain(sqlite, location, patience);
            if (cause is PostgresException refused)
                return Explain(refused, location);
            if (cause is NpgsqlException or SocketException)
            {
                return ControlProblems.Away.Of($"The control database {location} does not answer: {cause.Message}",
                    "See that PostgreSQL runs and can be reached from here; runs go on as soon as it answers.");
            }
        }

        return null;
    }

    // The codes are SQLite's primary result codes: sqlite.org/rescode.html.
    private static Problem Explain(SqliteException error, ControlLocation location, TimeSpan patience) => error.SqliteErrorCode switch
    {
        5 or 6 =>
            ControlProblems.Busy.Of(
                $"The control database {location} is in use by another program, and stayed so for {patience.TotalSeconds:0} s.",
            "Wait for the other to end, or close the program that holds the file."),
        8 or 14 or 23 => ControlProblems.NotWritable.Of($"The control database {location} cannot be written: {error.Message}",
            "Check the folder's permissions, or name another with --workspace."),
        13 => ControlProblems.DiskFull.Of(
            $"The disk that holds {location} is full.", "Make room and run again: nothing delivered is lost."),
        11 or 26 => ControlProblems.Damaged.Of($"The control database {location} is damaged or is none.",
            "Put back your last copy of it. What was delivered is kept elsewhere in the workspace, so without one only the list of "
            + "runs and what was edited in the server are lost."),
        _ => ControlProblems.Unusable.Of($"The control database {location} cannot be used: {error.Message}"),
    };

    // The classes are SQLSTATE's: postgresql.org/docs/current/errcodes-appendix.html.
    private static Problem? Explain(PostgresException error, ControlLocation location) => error.SqlState switch
    {
        ['2', '8', ..] or ['3', 'D', ..] or "42501" => ControlProblems.Refused.Of(
            $"PostgreSQL refuses the control database {location}: {error.MessageText}",
            "Check the user, password and database in --control; the user must own the database's public schema."),
        ['5', '3', ..] or ['5', '7', ..] or ['0', '8', ..] => ControlProblems.Away.Of(
            $"The control database {location} does not answer: {error.MessageText}",
            "See that PostgreSQL runs and can be reached from here; runs go on as soon as it answers."),
        ['2', '3', ..] => null, // a constraint: the caller knows what it means
        _ => ControlProblems.Unusable.Of($"The control database {location} cannot be used: {error.MessageText}"),
    };
}
