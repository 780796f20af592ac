using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Penstock.Control;
using Penstock.Control.Services;
using Penstock.Engine.Inspecting;
using Penstock.Server.Security;

namespace Penstock.Server.Api;

/// <summary>Models and their records.</summary>
internal static class ModelEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var models = api.MapGroup("/models").WithTags("Models");
        models.MapGet("/", ListAsync).WithName("list_models").RequireAuthorization(Policies.Viewer);
        models.MapGet("/{model}", GetAsync).WithName("get_model").RequireAuthorization(Policies.Viewer);
        models.MapGet("/{model}/loaded", LoadedAsync).WithName("get_loaded").RequireAuthorization(Policies.Viewer);
        models.MapGet("/{model}/records", RecordsAsync).WithName("list_records").RequireAuthorization(Policies.Viewer);
        models.MapPost("/{model}/records/search", SearchAsync).WithName("search_records").RequireAuthorization(Policies.Viewer);
        models.MapGet("/{model}/record", RecordAsync).WithName("get_record").RequireAuthorization(Policies.Viewer);
        models.MapGet("/{model}/values", ValuesAsync).WithName("list_values").RequireAuthorization(Policies.Viewer);
        models.MapPost("/{model}/expression", ExpressionAsync).WithName("sample_expression").RequireAuthorization(Policies.Editor);
        models.MapPost("/{model}/plan", PlanAsync).WithName("plan_model").RequireAuthorization(Policies.Editor);
    }

    /// <summary>Lists the models.</summary>
    /// <param name="draft">Whether the draft is looked at instead of what runs.</param>
    public static async Task<Ok<Page<ModelPart>>> ListAsync(
        Caller caller, CancellationToken cancellationToken, bool draft = false)
    {
        var project = await caller.ProjectAsync(draft, cancellationToken);
        return TypedResults.Ok(new Page<ModelPart>(
            [.. project.Models.Where(model => caller.MayUse(model.Id)).Select(model => ModelPart.Of(project, model))], null));
    }

    /// <summary>A model.</summary>
    public static async Task<Ok<ModelPart>> GetAsync(
        string model, Caller caller, CancellationToken cancellationToken, bool draft = false)
    {
        var (project, found) = await caller.ModelAsync(model, draft, cancellationToken);
        return TypedResults.Ok(ModelPart.Of(project, found));
    }

    /// <summary>What is loaded of a model, and which properties were edited since.</summary>
    public static async Task<Ok<LoadedModel>> LoadedAsync(
        string model, Caller caller, CancellationToken cancellationToken, bool draft = false)
    {
        var (_, found) = await caller.ModelAsync(model, draft, cancellationToken);
        return TypedResults.Ok(await caller.Inspectors(draft).Records.LoadedAsync(found, cancellationToken));
    }

    /// <summary>A page of records.</summary>
    /// <param name="search">What the key or the display property begins with or holds.</param>
    /// <param name="group">Only members of this group.</param>
    /// <param name="sort">The property to sort by.</param>
    /// <param name="descending">Whether the largest come first.</param>
    public static async Task<Ok<RecordsPart>> RecordsAsync(
        string model, Caller caller, CancellationToken cancellationToken, bool draft = false, string? search = null,
        string? group = null, string? sort = null, bool descending = false, string? cursor = null, int? limit = null)
    {
        var (project, found) = await caller.ModelAsync(model, draft, cancellationToken);
        if (group is not null)
            Named.Group(found, group);
        return TypedResults.Ok(RecordsPart.Of(await caller.Inspectors(draft).Records.RecordsAsync(
            project,
            found,
            new()
            {
                Search = search,
                Rule = group is null ? null : RecordQuery.InGroup(group),
                Sort = sort,
                Descending = descending,
                Cursor = cursor,
                Limit = Paging.Limit(limit),
            },
            cancellationToken)));
    }

    /// <summary>A page of the records that a rule holds for. The body is a rule in the form of a group.</summary>
    public static async Task<Ok<RecordsPart>> SearchAsync(
        string model, ThingBody body, Caller caller, ControlServices services, CancellationToken cancellationToken,
        bool draft = true, string? cursor = null, int? limit = null)
    {
        var (project, found) = await caller.ModelAsync(model, draft, cancellationToken);
        var group = body.Group(body.Id("group") ?? "searched", project, services.Apps.Connectors);
        return TypedResults.Ok(RecordsPart.Of(await caller.Inspectors(draft).Records.RecordsAsync(
            project, found, new() { Rule = group.Rule, Cursor = cursor, Limit = Paging.Limit(limit) }, cancellationToken)));
    }

    /// <summary>All that is known of a record: values, groups with the deciding rules, and how it stands at each destination.</summary>
    /// <param name="key">The record's key.</param>
    public static async Task<Ok<RecordDetail>> RecordAsync(
        string model, string key, Caller caller, CancellationToken cancellationToken, bool draft = false)
    {
        var (project, found) = await caller.ModelAsync(model, draft, cancellationToken);
        var record = await caller.Inspectors(draft).Records.RecordAsync(project, found, key, cancellationToken);
        return record.Problem is null && (record.InModel || record.Destinations.Any(IsKnown)) ? TypedResults.Ok(record)
            : throw new Contract.PenstockException(record.Problem ?? InspectingProblems.UnknownRecord.Of(
                $"The model {model} has no record of that key.", InspectingProblems.UnknownRecord.ToDo));
    }

    /// <summary>The most frequent values of a property, with counts.</summary>
    /// <param name="property">The property.</param>
    /// <param name="search">What the values begin with or hold.</param>
    public static async Task<Ok<PropertyValues>> ValuesAsync(
        string model, string property, Caller caller, CancellationToken cancellationToken, bool draft = false,
        string? search = null, int? limit = null)
    {
        var (_, found) = await caller.ModelAsync(model, draft, cancellationToken);
        return TypedResults.Ok(await caller.Inspectors(draft).Records.ValuesAsync(
            found, property, search, Paging.Limit(limit, most: 200), cancellationToken));
    }

    /// <summary>What an expression gives for some records.</summary>
    public static async Task<Ok<ExpressionSample>> ExpressionAsync(
        string model, ExpressionRequest body, Caller caller, CancellationToken cancellationToken, bool draft = true)
    {
        var (_, found) = await caller.ModelAsync(model, draft, cancellationToken);
        return TypedResults.Ok(await caller.Inspectors(draft).Records.ExpressionSampleAsync(
            found, new("unsaved") { Expression = body.Expression, Type = body.Type }, Paging.Limit(body.Limit, usual: 10, most: 100),
                cancellationToken));
    }

    /// <summary>Plans a model: reads its sources and says what a run would do. Nothing is sent. Answers when it is done.</summary>
    public static async Task<Ok<PlanPart>> PlanAsync(
        string model, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        var (project, found) = await caller.ModelAsync(model, draft: false, cancellationToken);
        var result = await services.Runs.PlanAsync(project, [found], new(), null, cancellationToken).FirstAsync(cancellationToken);
        return result.Problem is { } problem && result.Destinations.Count == 0 ? throw Failed(result.Fault, problem)
            : TypedResults.Ok(PlanPart.Of(result));
    }

    private static Contract.PenstockException Failed(Contract.ConnectionFault? fault, Contract.Problem problem) =>
        fault is { } kind ? new Contract.ConnectionException(kind, problem) : new Contract.PenstockException(problem);

    private static bool IsKnown(RecordAtDestination at) => at.DeliveredAt is not null || at.Failure is not null;
}

/// <summary>An expression to try.</summary>
/// <param name="Expression">A scalar SQL expression over properties.</param>
/// <param name="Type">The type that its result is to have; left out for the expression's own.</param>
/// <param name="Limit">How many records, 1 to 100. Default 10.</param>
public sealed record ExpressionRequest(string Expression, Contract.DataType? Type = null, int? Limit = null);

/// <summary>A page of records.</summary>
/// <param name="Items">The records.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Properties">The columns of <c>values</c>.</param>
/// <param name="Error">Why there is nothing to show; null when there is.</param>
public sealed record RecordsPart(
    IReadOnlyList<RecordRow> Items, string? Next, long Total, IReadOnlyList<string> Properties, ProblemPart? Error)
{
    internal static RecordsPart Of(RecordPage page) =>
        new(page.Rows, page.Next, page.Total, page.Properties, ProblemPart.OfAny(page.Problem));
}
