using Penstock.Contract;

namespace Penstock.Control;

/// <summary>The codes of what can go wrong with the control database and with names that people give.</summary>
public static class ControlProblems
{
    /// <summary>Another program writes to the control database.</summary>
    public static ProblemCode Busy { get; } = new(
        "control.busy", "The control database is in use by another program, and stayed so.",
        "Wait for the other to end, or close the program that holds the file.");

    /// <summary>The control database is being made by another program, or that program was killed meanwhile.</summary>
    public static ProblemCode Migrating { get; } = new(
        "control.migrating", "The control database is being made or migrated by another program, or that program was killed meanwhile.",
        "Run again. When that does not help, put back your last copy of it.");

    /// <summary>It is of a newer version.</summary>
    public static ProblemCode Newer { get; } = new(
        "control.newer", "The control database was written by a newer version of Penstock.",
        "Use that version or a later one, or another --workspace.");

    /// <summary>It can't be written.</summary>
    public static ProblemCode NotWritable { get; } = new(
        "control.not_writable", "The control database or its folder cannot be written.",
        "Check the folder's permissions, or name another with --workspace.");

    /// <summary>The disk is full.</summary>
    public static ProblemCode DiskFull { get; } = new(
        "control.disk_full", "The disk that holds the control database is full.", "Make room and run again: nothing delivered is lost.");

    /// <summary>It is damaged.</summary>
    public static ProblemCode Damaged { get; } = new(
        "control.damaged", "The control database is damaged, or the file is none.",
        "Put back your last copy of it; what was delivered is kept elsewhere in the workspace.");

    /// <summary>It can't be used for another reason.</summary>
    public static ProblemCode Unusable { get; } = new("control.unusable", "The control database cannot be used.",
        "The message has SQLite's own words.");

    /// <summary>PostgreSQL does not answer.</summary>
    public static ProblemCode Away { get; } = new("control.away", "The control database does not answer.",
        "See that PostgreSQL runs and can be reached; what waits goes on as soon as it answers.");

    /// <summary>PostgreSQL does not let us in.</summary>
    public static ProblemCode Refused { get; } = new("control.refused", "PostgreSQL refuses the control database.",
        "Check the user, password and database in --control.");

    /// <summary>The address is none.</summary>
    public static ProblemCode Address { get; } = new("control.address", "The address of the control database is none.",
        "Write postgres://user:password@host:5432/database after --control.");

    /// <summary>No model of that id.</summary>
    public static ProblemCode UnknownModel { get; } = new("usage.unknown_model", "The project has no such model.",
        "Use a name that the message proposes.");

    /// <summary>The project has no model.</summary>
    public static ProblemCode NoModels { get; } = new("usage.no_models", "The project has no model.",
        "Write one: see 'penstock init' for an example.");

    /// <summary>No destination of that id.</summary>
    public static ProblemCode UnknownDestination { get; } = new(
        "usage.unknown_destination", "The project has no such destination.", "Use a name that the message proposes.");

    /// <summary>No app of that id.</summary>
    public static ProblemCode UnknownApp { get; } = new("usage.unknown_app", "The project has no such app.",
        "Use a name that the message proposes.");

    /// <summary>No group of that id.</summary>
    public static ProblemCode UnknownGroup { get; } = new("usage.unknown_group", "The model has no such group.",
        "Use a name that the message proposes.");

    /// <summary>No run of that id.</summary>
    public static ProblemCode UnknownRun { get; } = new("usage.unknown_run", "The workspace has no such run.",
        "'penstock runs' lists them.");

    /// <summary>The configuration has several errors.</summary>
    public static ProblemCode InvalidConfiguration { get; } = new(
        "configuration.invalid", "The configuration has several errors.", "Run 'penstock validate' to see all.");

    /// <summary>A mistake of Penstock's own.</summary>
    public static ProblemCode Defect { get; } = new(
        "internal.defect", "Penstock made a mistake of its own.", "The log in the workspace has the details. Please report them.");
}
