namespace Penstock.Control.Running;

/// <summary>How the server runs models.</summary>
public sealed record RunningOptions
{
    /// <summary>How many models run side by side on a node, 1 to 32. Default 2.</summary>
    public int AtOnce { get; init; } = 2;

    /// <summary>How often a node says that its runs go on, and looks for work that it was not told of. Default 10 s.</summary>
    public TimeSpan Beat { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long after its last word a node's runs are taken over by another. Default 60 s.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a stopping process still tries to keep what aborted runs came to. Default 5 s.</summary>
    public TimeSpan GiveUp { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The shortest time between two pictures that a viewer gets. Default 250 ms.</summary>
    public TimeSpan Redraw { get; init; } = TimeSpan.FromMilliseconds(250);
}
