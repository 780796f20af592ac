using Penstock.Contract;

namespace Penstock.Control.Outbound;

/// <summary>The codes of what keeps Penstock from calling an address that somebody gave.</summary>
public static class OutboundProblems
{
    /// <summary>No address that may be called.</summary>
    public static ProblemCode Address { get; } = new(
        "outbound.address", "The address is not one that can be called.", "Write an address such as https://hooks.example.com/in.");

    /// <summary>It is inside the network.</summary>
    public static ProblemCode Refused { get; } = new(
        "outbound.refused", "The address is inside the server's own network, which Penstock doesn't call for others.",
        "If it is meant, the operator allows it: penstock serve --allow-host NAME.");
}
