using Penstock.Contract;

namespace Penstock.Connectors.Braze;

/// <summary>The options of a destination of kind <c>users</c>.</summary>
public sealed record BrazeUsersOptions
{
    /// <summary>The most users Braze lets into one request.</summary>
    public const int MostObjects = 75;

    /// <summary>Whether Enrich asks first which users exist.</summary>
    [Option(
        "Ask which users exist",
        Help = "Only for Enrich: Braze says nothing about users it doesn't know. With this on, Penstock asks first and reports those as "
            + "skipped. Needs users.export.ids, and Braze answers 250 such requests of 50 users a minute.")]
    public bool CheckExisting { get; init; }

    /// <summary>How many users go into one request, 1 to 75; what lies outside is taken as the nearest of them.</summary>
    [Option(
        "Users per request",
        Help = "1 to 75. Leave it, unless Braze answers 'Max Input Length Exceeded': some older contracts take 50.")]
    public int ObjectCap { get; init; } = MostObjects;
}
