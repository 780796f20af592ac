using Penstock.Contract;

namespace Penstock.Engine.Delivering.Http;

/// <summary>What a request belongs to: its pace, its limits, and who wants to know of it.</summary>
/// <param name="Pace">The pool's pace.</param>
/// <param name="MaxBytes">The most bytes of a body.</param>
internal sealed record CallScope(Pace Pace, int MaxBytes)
{
    /// <summary>Cancelled when no further attempt may start; requests in flight go on.</summary>
    public CancellationToken MayStart { get; init; }

    /// <summary>Told before an attempt goes out: from then on the far end may have taken it, whatever becomes of its answer.</summary>
    public Action? Begins { get; init; }

    /// <summary>Told of every attempt.</summary>
    public Action<HttpCall, ReadOnlyMemory<byte>, Attempt>? Attempted { get; init; }
}
