using Penstock.Control.Health;
using Penstock.Control.Revisions;
using Penstock.Control.Schedules;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;

namespace Penstock.Server.Components.Pages.Models;

/// <summary>What a model's page shows.</summary>
/// <param name="State">The draft.</param>
/// <param name="Model">The model in it.</param>
/// <param name="Loaded">What is loaded; null when that can't be looked at now.</param>
/// <param name="Health">How it stands; null for one that is not published.</param>
/// <param name="Next">When it runs next; null for one that is not published.</param>
public sealed record ModelShown(DraftState State, Model Model, LoadedModel? Loaded, ModelHealth? Health, NextRun? Next)
{
    /// <summary>Whether it is in the published configuration, so that it can run.</summary>
    public bool IsPublished => Health is not null;
}
