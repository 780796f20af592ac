namespace Penstock.Contract;

/// <summary>The codes of what ends the reading of a source, whichever system it is.</summary>
public static class ReadingProblems
{
    /// <summary>The source has no such table or file.</summary>
    public static ProblemCode UnknownTable { get; } = new(
        "source.unknown_table",
        "The source has no table or file of this name, or this user may not see it.",
        "List what there is with penstock describe; names are case-sensitive.");

    /// <summary>The source has no such column.</summary>
    public static ProblemCode UnknownColumn { get; } = new(
        "source.unknown_column",
        "A column that the source's properties, filters or query name does not exist.",
        "List the columns with penstock describe.");

    /// <summary>The query can't be asked.</summary>
    public static ProblemCode BadQuery { get; } = new(
        "source.bad_query",
        "The query or a filter is not valid, or not exactly one statement.",
        "Give one SELECT that the source itself accepts, and filter values in the column's own form.");

    /// <summary>The query writes.</summary>
    public static ProblemCode Writes { get; } = new(
        "source.writes",
        "The query writes, and sources are only read.",
        "Use a query that only selects.");

    /// <summary>The query reaches out of the folder.</summary>
    public static ProblemCode NotAllowed { get; } = new(
        "source.not_allowed",
        "The query reaches for files outside of the app's folder.",
        "Only files below the folder are read: move the file there, or make an app for its folder.");

    /// <summary>A text can't be part of a statement.</summary>
    public static ProblemCode UnusableText { get; } = new(
        "source.unusable_text",
        "A name or value holds a character that a database can't be asked about.",
        "Take it out of the configuration.");

    /// <summary>The statement took too long.</summary>
    public static ProblemCode TimedOut { get; } = new(
        "source.timed_out",
        "The statement was ended after its time was up.",
        "Give the app a longer statement_timeout, or add an index for the filter or the cursor.");

    /// <summary>The connection broke.</summary>
    public static ProblemCode ConnectionLost { get; } = new(
        "source.connection_lost",
        "The connection broke while rows were read; nothing of this read counts.",
        "Run again; if it goes on, look at the network and the server's own log.");

    /// <summary>Another program holds the database.</summary>
    public static ProblemCode Locked { get; } = new(
        "source.locked",
        "The database stayed locked by another program.",
        "Wait until that program is done.");

    /// <summary>The database is damaged.</summary>
    public static ProblemCode Damaged { get; } = new(
        "source.damaged",
        "The database file is damaged; nothing of this read counts.",
        "Restore the file from a backup.");

    /// <summary>The files are too large to be aggregated.</summary>
    public static ProblemCode OutOfMemory { get; } = new(
        "source.out_of_memory",
        "The files need more memory for this aggregate than there is.",
        "Load them into a database, and use that as the source.");

    /// <summary>A file can't be read.</summary>
    public static ProblemCode UnreadableFile { get; } = new(
        "source.unreadable_file",
        "A file of the source can't be opened.",
        "Let the user Penstock runs as read it.");

    /// <summary>A file's content is not of its form.</summary>
    public static ProblemCode MalformedFile { get; } = new(
        "source.malformed_file",
        "A file's content is not of the form that the app declares; nothing of this read counts.",
        "Correct the line that the message names, or the app's options.");

    /// <summary>Another reason.</summary>
    public static ProblemCode Failed { get; } = new(
        "source.failed",
        "The source refused the statement, for the reason that the message quotes.",
        "See what the system says; penstock preview asks for a few rows only.");
}
