using Penstock.Contract;

namespace Penstock.Engine.Delivering;

/// <summary>How far a delivery is; given a few times a second at most.</summary>
/// <param name="Operation">What is being sent.</param>
/// <param name="Total">How many records the plan sends in all operations.</param>
/// <param name="Done">How many have an outcome.</param>
/// <param name="Calls">HTTP calls so far.</param>
public sealed record DeliveryProgress(Operation Operation, long Total, long Done, long Calls)
{
    /// <summary>Records delivered so far.</summary>
    public long Delivered { get; init; }

    /// <summary>Records refused so far.</summary>
    public long Refused { get; init; }

    /// <summary>Records failed so far.</summary>
    public long Failed { get; init; }

    /// <summary>Records a second, lately.</summary>
    public double Rate { get; init; }

    /// <summary>What is waited for, such as <c>rate limit until 10:15:03</c>; null when nothing is.</summary>
    public string? Waiting { get; init; }

    /// <summary>The time left at the present rate; null while there is none to speak of.</summary>
    public TimeSpan? TimeLeft => Rate < 0.001 ? null : TimeSpan.FromSeconds(Math.Min((Total - Done) / Rate, MostSeconds));

    private static double MostSeconds => TimeSpan.FromDays(30).TotalSeconds;
}
