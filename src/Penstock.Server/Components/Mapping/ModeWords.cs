using Penstock.Contract;
using Penstock.Server.Components.Shared;

namespace Penstock.Server.Components.Mapping;

/// <summary>What is known of a destination's data when a sync mode is chosen.</summary>
/// <param name="Wanted">How many records would be sent; null when nothing is loaded.</param>
/// <param name="Delivered">How many it has already.</param>
public sealed record ModeFigures(long? Wanted, long Delivered);

/// <summary>The sync modes in a sentence each, and what they would do to this data.</summary>
public static class ModeWords
{
    /// <summary>The modes that a kind offers, in the order to show.</summary>
    public static IReadOnlyList<SyncModes> Offered(DestinationKind kind) =>
        [.. new[] { SyncModes.Sync, SyncModes.Additive, SyncModes.Enrich }.Where(mode => kind.SyncModes.HasFlag(mode))];

    /// <summary>What the mode does.</summary>
    public static string Means(SyncModes mode, string app) => mode switch
    {
        SyncModes.Sync => $"{app} follows this model: records are added, updated and removed.",
        SyncModes.Additive => $"Records are added and updated. Nothing is ever removed from {app}.",
        SyncModes.Enrich => $"Only what already exists in {app} is updated. Nothing is added, nothing removed.",
        _ => "",
    };

    /// <summary>What it would do to this data now.</summary>
    public static string Does(SyncModes mode, DestinationKind kind, ModeFigures figures)
    {
        if (figures.Wanted is not { } wanted)
            return "Load the data to see the numbers.";
        var news = Math.Max(0, wanted - figures.Delivered);
        var gone = Math.Max(0, figures.Delivered - wanted);
        var first = (mode, figures.Delivered) switch
        {
            (SyncModes.Enrich, _) => $"Would update those of {Things(wanted, kind)} that exist there already",
            (_, 0) => $"Would create up to {Things(wanted, kind)}",
            _ when news > 0 => $"Would create up to {Things(news, kind)} and keep {Numbers.Grouped(figures.Delivered)} up to date",
            _ => $"Would keep {Things(Math.Min(wanted, figures.Delivered), kind)} up to date",
        };
        var second = mode != SyncModes.Sync ? "never removes anybody"
            : gone > 0 ? $"would remove at least {Numbers.Grouped(gone)}"
            : figures.Delivered == 0 ? "would remove nobody now, as nothing was sent yet"
            : "would remove those that left";
        return $"{first}; {second}.";
    }

    /// <summary>A count with the kind's noun: <c>994 users</c>.</summary>
    public static string Things(long count, DestinationKind kind) => $"{Numbers.Grouped(count)} {Noun(kind, count)}";

    /// <summary>The kind's noun, as its name says it: <c>users</c>; of one, <c>user</c>.</summary>
    public static string Noun(DestinationKind kind, long count)
    {
        var many = kind.Name.ToLowerInvariant();
        return count == 1 && many.EndsWith('s') && !many.EndsWith("ss", StringComparison.Ordinal) ? many[..^1] : many;
    }
}
