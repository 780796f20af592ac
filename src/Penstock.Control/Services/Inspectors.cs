using Penstock.Engine.Inspecting;
using Penstock.Engine.Runs;

namespace Penstock.Control.Services;

/// <summary>What looks into models, sources and destinations: over the published configuration's data, or over the draft's.</summary>
public sealed class Inspectors
{
    internal Inspectors(Runner runner)
    {
        Sources = new(runner);
        Records = new(runner);
        Destinations = new(runner);
    }

    /// <summary>Looks into sources before anything is loaded.</summary>
    public SourceInspector Sources { get; }

    /// <summary>Looks into what is loaded.</summary>
    public Inspector Records { get; }

    /// <summary>Shows single records at destinations.</summary>
    public DestinationInspector Destinations { get; }
}
