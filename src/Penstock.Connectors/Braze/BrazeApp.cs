using Penstock.Contract;

namespace Penstock.Connectors.Braze;

/// <summary>The connection to one Braze workspace.</summary>
public sealed record BrazeApp
{
    /// <summary>The REST API's host: an instance's name, or an address.</summary>
    [Option(
        "Instance",
        Help = "The instance your dashboard's address names, such as US-01, or the address of its REST API.",
        Choices = typeof(BrazeInstances),
        Example = "US-01")]
    public required Uri Endpoint { get; init; }

    /// <summary>The REST API key, which belongs to one workspace on one instance.</summary>
    [Option(
        "REST API key",
        Help = "Made in Braze under Settings → APIs and Identifiers. Needs users.track; users.delete to remove users; "
            + "users.external_ids.rename to rename them.",
        Example = "${env:BRAZE_API_KEY}")]
    public required Secret ApiKey { get; init; }
}
