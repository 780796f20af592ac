using Penstock.Contract;

namespace Penstock.Connectors.Braze;

/// <summary>
/// Braze's instances and the hosts of their REST API. An address is good too: new instances appear, and the simulator has one.
/// </summary>
public sealed class BrazeInstances : IChoices
{
    // braze.com/docs/api/basics/ (2026). US-05 and US-07 are listed on the partner cohort page only; US-10's host is from a third
    // party's reading of that page.
    /// <inheritdoc/>
    public IReadOnlyList<Choice> All { get; } =
    [
        .. Enumerable.Range(1, 8).Select(number => new Choice($"US-0{number}", $"https://rest.iad-0{number}.braze.com")),
        new("US-10", "https://rest.us-10.braze.com"),
        new("EU-01", "https://rest.fra-01.braze.eu"),
        new("EU-02", "https://rest.fra-02.braze.eu"),
        new("AU-01", "https://rest.au-01.braze.com"),
        new("ID-01", "https://rest.id-01.braze.com"),
        new("JP-01", "https://rest.jp-01.braze.com"),
        new("KR-01", "https://rest.kr-01.braze.com"),
    ];
}
