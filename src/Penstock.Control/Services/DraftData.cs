using Penstock.Engine.Inspecting;
using Penstock.Engine.Runs;

namespace Penstock.Control.Services;

/// <summary>
/// The data that the draft is edited over: what is loaded of its models, what its sources hold, what its destinations would get. The data
/// that runs work with is only read.
/// </summary>
public sealed class DraftData
{
    /// <summary>The id of the server's one draft, which its workspaces are named after.</summary>
    public const string Id = "draft";

    private readonly Runner _live;

    internal DraftData(Runner live, TimeProvider time)
    {
        _live = live;
        var draft = live.Draft(Id);
        Records = new(draft);
        Sources = new(draft);
        Destinations = new(draft);
        Loads = new(draft, time);
    }

    /// <summary>Looks into the records of models: those loaded for the draft, or else those of the last run.</summary>
    public Inspector Records { get; }

    /// <summary>Looks into sources before anything is loaded.</summary>
    public SourceInspector Sources { get; }

    /// <summary>Shows what destinations would get.</summary>
    public DestinationInspector Destinations { get; }

    /// <summary>Loads models of the draft.</summary>
    public DraftLoads Loads { get; }

    /// <summary>Throws away what was loaded for the draft, once it is published: the data of the runs is looked at again.</summary>
    /// <exception cref="Contract.PenstockException">The files can't be deleted.</exception>
    public Task DiscardAsync(CancellationToken cancellationToken) => _live.DiscardDraftAsync(Id, cancellationToken);
}
