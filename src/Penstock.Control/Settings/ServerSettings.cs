namespace Penstock.Control.Settings;

/// <summary>What an administrator sets for the server as a whole.</summary>
public sealed record ServerSettings
{
    /// <summary>How many models run side by side on a node, 1 to 32. Default 2.</summary>
    public int ModelsAtOnce { get; init; } = 2;

    /// <summary>The share of refused records above which a run counts as unusual, 0 to 1. Default 0.1.</summary>
    public double UnusualRefusedShare { get; init; } = 0.1;

    /// <summary>How far the number of records may be off the last runs' before a run counts as unusual, 0 to 1. Default 0.5.</summary>
    public double UnusualRecordsShare { get; init; } = 0.5;

    /// <summary>How many days runs are kept at least. Default 90.</summary>
    public int KeepRunsDays { get; init; } = 90;

    /// <summary>How many of a model's last runs are kept, however old. Default 1,000.</summary>
    public int KeepRuns { get; init; } = 1_000;

    /// <summary>How many days notifications are kept. Default 90.</summary>
    public int KeepMessagesDays { get; init; } = 90;
}
