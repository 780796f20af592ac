using Penstock.Contract;

namespace Penstock.Engine.Inspecting;

/// <summary>What a destination has, as far as we know.</summary>
/// <param name="Destination">The destination's id.</param>
/// <param name="Delivered">How many records it has acknowledged.</param>
/// <param name="Refused">How many it refused: they wait for a change or a retry.</param>
/// <param name="Failed">How many could not be sent for a reason outside of them: the next run tries again.</param>
/// <param name="DeliveredAt">When it last acknowledged something, in UTC; null for never.</param>
public sealed record DeliveredCount(string Destination, long Delivered, long Refused, long Failed, DateTimeOffset? DeliveredAt);

/// <summary>Records that a destination did not take for the same reason.</summary>
/// <param name="Kind">Refused (parked until it changes) or failed (tried again by the next run).</param>
/// <param name="Code">The reason's code.</param>
/// <param name="Message">The reason.</param>
/// <param name="Help">What to do; null where unknown.</param>
/// <param name="Count">How many records.</param>
/// <param name="FirstAt">When it first happened, in UTC.</param>
/// <param name="LastAt">When it last happened, in UTC.</param>
/// <param name="Keys">At most ten of their keys at the far end.</param>
public sealed record FailureGroup(
    OutcomeKind Kind, string Code, string Message, string? Help, long Count, DateTimeOffset FirstAt, DateTimeOffset LastAt,
    IReadOnlyList<string> Keys);
