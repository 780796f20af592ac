namespace Penstock.Control.Services;

/// <summary>Which runs to list, newest first.</summary>
public sealed record RunFilter
{
    /// <summary>The most runs of a page.</summary>
    public const int MostRuns = 1000;

    /// <summary>Only of this model; null for all.</summary>
    public string? Model { get; init; }

    /// <summary>Only with one of these statuses; null or none for all.</summary>
    public IReadOnlyList<KeptStatus>? Statuses { get; init; }

    /// <summary>Only those that began at this moment or later; null for any.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only those that began before this moment; null for any.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Where the page before ended (<see cref="RunPage.Next"/>); null for the first page.</summary>
    public string? After { get; init; }

    /// <summary>The most runs, 1 to 1,000. Default 50.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>A page of runs.</summary>
/// <param name="Runs">The runs, newest first, without steps, reasons, row problems and plans.</param>
/// <param name="Next">Where the next page begins; null when there is none.</param>
public sealed record RunPage(IReadOnlyList<KeptRun> Runs, string? Next);
