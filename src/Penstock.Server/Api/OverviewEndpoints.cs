using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Health;
using Penstock.Control.Running;
using Penstock.Control.Schedules;
using Penstock.Server.Security;

namespace Penstock.Server.Api;

/// <summary>How everything stands, when models run next, and keeping them from it.</summary>
internal static class OverviewEndpoints
{
    private static readonly TimeSpan UsualFigures = TimeSpan.FromDays(30);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/overview", GetAsync).WithName("get_overview").WithTags("Overview").RequireAuthorization(Policies.Viewer);
        api.MapGet("/figures", FiguresAsync).WithName("list_figures").WithTags("Overview").RequireAuthorization(Policies.Viewer);
        var models = api.MapGroup("/models/{model}").WithTags("Models");
        models.MapGet("/health", HealthAsync).WithName("get_model_health").RequireAuthorization(Policies.Viewer);
        models.MapPost("/pause", PauseAsync).WithName("pause_model").RequireAuthorization(Policies.Publisher);
        models.MapPost("/resume", ResumeAsync).WithName("resume_model").RequireAuthorization(Policies.Publisher);
    }

    /// <summary>How each model stands and when it runs next, and the runs that go on or wait.</summary>
    public static async Task<Ok<OverviewPart>> GetAsync(Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        var health = await services.Health.NowAsync(cancellationToken);
        var next = (await services.Scheduler.NextAsync(cancellationToken)).ToDictionary(run => run.Model, StringComparer.Ordinal);
        var live = await services.Coordinator.LiveAsync(cancellationToken);
        return TypedResults.Ok(new OverviewPart(
            [.. health.Models.Where(model => caller.MayUse(model.Model))
                .Select(model => ModelHealthPart.Of(model, next.GetValueOrDefault(model.Model)))],
            [.. live.Where(run => caller.MayUse(run.Model))]));
    }

    /// <summary>How a model stands, and when it runs next.</summary>
    public static async Task<Ok<ModelHealthPart>> HealthAsync(
        string model, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        await caller.ModelAsync(model, draft: false, cancellationToken);
        return TypedResults.Ok(await OfAsync(model, services, cancellationToken));
    }

    /// <summary>What runs came to, by day: for charts.</summary>
    /// <param name="model">Only of this model.</param>
    /// <param name="from">From this time on; 30 days ago when it is left out.</param>
    /// <param name="to">Up to this time; now when it is left out.</param>
    public static async Task<Ok<Page<Figure>>> FiguresAsync(
        Caller caller, ControlServices services, TimeProvider time, CancellationToken cancellationToken, string? model = null,
        DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        var project = await caller.ProjectAsync(draft: false, cancellationToken);
        var until = to ?? time.GetUtcNow();
        var figures = await services.Health.FiguresAsync(model, from ?? until - UsualFigures, until, project.TimeZone, cancellationToken);
        return TypedResults.Ok(new Page<Figure>([.. figures.Where(figure => caller.MayUse(figure.Model))], null));
    }

    /// <summary>Keeps a model from running by itself until it is resumed.</summary>
    public static async Task<Ok<ModelHealthPart>> PauseAsync(
        string model, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        await services.Scheduler.PauseAsync(caller.Actor, caller.Checked(model), cancellationToken);
        return TypedResults.Ok(await OfAsync(model, services, cancellationToken));
    }

    /// <summary>Lets a model run by itself again, from its next time on.</summary>
    public static async Task<Ok<ModelHealthPart>> ResumeAsync(
        string model, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        await services.Scheduler.ResumeAsync(caller.Actor, caller.Checked(model), cancellationToken);
        return TypedResults.Ok(await OfAsync(model, services, cancellationToken));
    }

    private static async Task<ModelHealthPart> OfAsync(string model, ControlServices services, CancellationToken cancellationToken) =>
        ModelHealthPart.Of(
            (await services.Health.ModelsAsync(cancellationToken)).FirstOrDefault(health => health.Model == model)
                ?? throw new PenstockException(ControlProblems.UnknownModel.Of($"There is no model called '{model}'.")),
            (await services.Scheduler.NextAsync(cancellationToken)).FirstOrDefault(next => next.Model == model));
}

/// <summary>The overview.</summary>
/// <param name="Models">How each model stands.</param>
/// <param name="Live">The runs that go on or wait.</param>
public sealed record OverviewPart(IReadOnlyList<ModelHealthPart> Models, IReadOnlyList<LiveRun> Live);

/// <summary>How a model stands.</summary>
/// <param name="Model">The model.</param>
/// <param name="State">How it stands.</param>
/// <param name="Text">What happened.</param>
/// <param name="Help">What to do.</param>
/// <param name="Since">Since when.</param>
/// <param name="LastSuccessAt">When a run last went through.</param>
/// <param name="LastRun">The last run that ended.</param>
/// <param name="NextRun">When it runs next by itself; null for never, or after another model.</param>
/// <param name="After">The model after whose runs it runs.</param>
/// <param name="PausedAt">When it was paused; null while it is not.</param>
/// <param name="PausedBy">By whom.</param>
public sealed record ModelHealthPart(
    string Model, HealthState State, string Text, string? Help, DateTimeOffset? Since, DateTimeOffset? LastSuccessAt, RunPart? LastRun,
    DateTimeOffset? NextRun, string? After, DateTimeOffset? PausedAt, string? PausedBy)
{
    internal static ModelHealthPart Of(ModelHealth health, NextRun? next) => new(
        health.Model, health.State, health.Text, health.Help, health.Since, health.LastSuccessAt,
        health.LastRun is { } run ? RunPart.Of(run) : null, next?.Next, next?.After, next?.PausedAt, next?.PausedBy);
}
