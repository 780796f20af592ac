using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Services;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Server.Security;

namespace Penstock.Server.Api;

/// <summary>Apps: trying them, and looking into what they hold. They are edited in the draft.</summary>
internal static class AppEndpoints
{
    private const int MostTables = 10_000;

    public static void Map(RouteGroupBuilder api)
    {
        var apps = api.MapGroup("/apps").WithTags("Apps");
        apps.MapGet("/", ListAsync).WithName("list_apps").RequireAuthorization(Policies.Viewer);
        apps.MapGet("/{app}", GetAsync).WithName("get_app").RequireAuthorization(Policies.Viewer);
        apps.MapPost("/{app}/test", TestAsync).WithName("test_app").RequireAuthorization(Policies.Editor);
        apps.MapPost("/test", TestUnsavedAsync).WithName("test_unsaved_app").RequireAuthorization(Policies.Editor);
        apps.MapGet("/{app}/tables", TablesAsync).WithName("list_tables").RequireAuthorization(Policies.Editor);
        apps.MapGet("/{app}/table", DescribeAsync).WithName("describe_table").RequireAuthorization(Policies.Editor);
        apps.MapPost("/{app}/sample", SampleAsync).WithName("sample_source").RequireAuthorization(Policies.Editor);
        apps.MapPost("/{app}/key-check", CheckKeyAsync).WithName("check_key").RequireAuthorization(Policies.Editor);
        apps.MapGet("/{app}/key-proposals", ProposeKeysAsync).WithName("propose_keys").RequireAuthorization(Policies.Editor);
        apps.MapGet("/{app}/join-proposals", ProposeJoinsAsync).WithName("propose_joins").RequireAuthorization(Policies.Editor);
    }

    /// <summary>Lists the apps. Of credentials only references are shown.</summary>
    /// <param name="draft">Whether the draft is looked at instead of what runs.</param>
    public static async Task<Ok<Page<AppPart>>> ListAsync(
        Caller caller, ControlServices services, CancellationToken cancellationToken, bool draft = false)
    {
        var project = await caller.ProjectAsync(draft, cancellationToken);
        return TypedResults.Ok(new Page<AppPart>([.. project.Apps.Select(app => AppPart.Of(app, services.Apps.Connectors))], null));
    }

    /// <summary>An app.</summary>
    public static async Task<Ok<AppPart>> GetAsync(
        string app, Caller caller, ControlServices services, CancellationToken cancellationToken, bool draft = false)
    {
        var project = await caller.ProjectAsync(draft, cancellationToken);
        return TypedResults.Ok(AppPart.Of(Named.App(project, app), services.Apps.Connectors));
    }

    /// <summary>Tries an app: whether it can be reached, and lets us in.</summary>
    public static async Task<Ok<AppTestPart>> TestAsync(
        string app, Caller caller, ControlServices services, CancellationToken cancellationToken, bool draft = false)
    {
        caller.CheckWhole();
        var project = await caller.ProjectAsync(draft, cancellationToken);
        return TypedResults.Ok(await TryAsync(project, Named.App(project, app), services, cancellationToken));
    }

    /// <summary>
    /// Tries an app that is not saved: the body is an app as in a configuration file, credentials as typed or as references.
    /// </summary>
    public static async Task<Ok<AppTestPart>> TestUnsavedAsync(
        ThingBody body, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        caller.CheckWhole();
        var project = await caller.ProjectAsync(draft: true, cancellationToken);
        var id = body.Id("app") ?? "unsaved";
        var present = project.Apps.FirstOrDefault(other => other.Id == id);
        var connector = services.Apps.Connectors.Find(body.Id("type") ?? present?.Type ?? "");
        var app = body.With(AppSecrets.Of(connector, present)).App(id, project, services.Apps.Connectors);
        project = project with { Apps = [.. project.Apps.Where(other => other.Id != app.Id), app] };
        return TypedResults.Ok(await TryAsync(project, app, services, cancellationToken));
    }

    /// <summary>Lists the tables of an app.</summary>
    /// <param name="search">What their names hold, in any case.</param>
    public static async Task<Ok<Page<TablePart>>> TablesAsync(
        string app, Caller caller, ControlServices services, CancellationToken cancellationToken, bool draft = true,
        string? search = null, string? cursor = null, int? limit = null)
    {
        caller.CheckWhole();
        var project = await caller.ProjectAsync(draft, cancellationToken);
        var tables = services.Apps.TablesAsync(project, Named.App(project, app), cancellationToken).Take(MostTables)
            .Where(table => search is null || table.Written.Contains(search, StringComparison.OrdinalIgnoreCase));
        return TypedResults.Ok(await Paging.OfAsync(tables, cursor, limit, TablePart.Of, cancellationToken));
    }

    /// <summary>A table with its columns.</summary>
    /// <param name="name">The table as written in a configuration.</param>
    public static async Task<Ok<TablePart>> DescribeAsync(
        string app, string name, Caller caller, ControlServices services, CancellationToken cancellationToken, bool draft = true)
    {
        caller.CheckWhole();
        var project = await caller.ProjectAsync(draft, cancellationToken);
        return TypedResults.Ok(TablePart.Of(await services.Apps.DescribeAsync(project, Named.App(project, app), name, cancellationToken)));
    }

    /// <summary>
    /// A few rows of a table or query: read only, bounded in rows, bytes and seconds. What is wrong is told in the answer.
    /// </summary>
    public static async Task<Ok<SourceSample>> SampleAsync(
        string app, SampleRequest body, Caller caller, ControlServices services, CancellationToken cancellationToken,
        bool draft = true)
    {
        caller.CheckWhole();
        var project = await caller.ProjectAsync(draft, cancellationToken);
        return TypedResults.Ok(await services.Inspectors.Sources.SampleAsync(
            project, Named.App(project, app), SampleRequest.From(body.Table, body.Query),
            new() { Rows = Paging.Limit(body.Rows, usual: 20, most: 1_000) }, cancellationToken));
    }

    /// <summary>Whether columns can name records: no nulls, no duplicates.</summary>
    public static async Task<Ok<KeyCheck>> CheckKeyAsync(
        string app, KeyRequest body, Caller caller, ControlServices services, CancellationToken cancellationToken, bool draft = true)
    {
        caller.CheckWhole();
        var project = await caller.ProjectAsync(draft, cancellationToken);
        return TypedResults.Ok(await services.Inspectors.Sources.CheckKeyAsync(
            project, Named.App(project, app), SampleRequest.From(body.Table, body.Query), body.Columns, new(), cancellationToken));
    }

    /// <summary>Primary keys to choose from, the best first.</summary>
    /// <param name="table">The table as written in a configuration.</param>
    public static async Task<Ok<Page<KeyProposal>>> ProposeKeysAsync(
        string app, string table, Caller caller, ControlServices services, CancellationToken cancellationToken, bool draft = true)
    {
        caller.CheckWhole();
        var project = await caller.ProjectAsync(draft, cancellationToken);
        return TypedResults.Ok(new Page<KeyProposal>(
            await services.Inspectors.Sources.ProposeKeyAsync(project, Named.App(project, app), table, new(), cancellationToken), null));
    }

    /// <summary>Ways to join a table to a model, the best first.</summary>
    /// <param name="table">The table as written in a configuration.</param>
    /// <param name="model">The model.</param>
    public static async Task<Ok<Page<JoinProposal>>> ProposeJoinsAsync(
        string app, string table, string model, Caller caller, ControlServices services, CancellationToken cancellationToken,
        bool draft = true)
    {
        caller.CheckWhole();
        var (project, found) = await caller.ModelAsync(model, draft, cancellationToken);
        return TypedResults.Ok(new Page<JoinProposal>(
            await services.Inspectors.Sources.ProposeJoinsAsync(
                project, found, Named.App(project, app), table, new(), cancellationToken), null));
    }

    private static async Task<AppTestPart> TryAsync(Project project, App app, ControlServices services, CancellationToken cancellationToken)
    {
        var test = await services.Apps.TestAsync(project, [app], cancellationToken).FirstAsync(cancellationToken);
        return new(test.App, test.Type, test.Problem is null, test.Reached, ProblemPart.OfAny(test.Problem));
    }
}

/// <summary>What came of trying an app.</summary>
/// <param name="App">The app.</param>
/// <param name="Type">Its connector.</param>
/// <param name="Ok">Whether it can be used.</param>
/// <param name="Reached">What was reached, in a few words.</param>
/// <param name="Error">Why it can't be used.</param>
public sealed record AppTestPart(string App, string Type, bool Ok, string? Reached, ProblemPart? Error);

/// <summary>A table.</summary>
/// <param name="Table">What to write in a configuration.</param>
/// <param name="Kind">table, view, file, …</param>
/// <param name="RowEstimate">About how many rows; null when unknown.</param>
/// <param name="PrimaryKey">The columns of the primary key.</param>
/// <param name="Columns">The columns; empty in a list of tables.</param>
public sealed record TablePart(
    string Table, string Kind, long? RowEstimate, IReadOnlyList<string> PrimaryKey, IReadOnlyList<ColumnPart> Columns)
{
    internal static TablePart Of(Table table) => new(
        table.Written, table.Kind, table.RowEstimate, table.PrimaryKey,
        [.. table.Columns.Select(column => new ColumnPart(column.Name, column.Type, column.NativeType, column.Nullable))]);
}

/// <summary>A column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The property type proposed for it.</param>
/// <param name="NativeType">The source's own name of the type.</param>
/// <param name="Nullable">Whether it may hold null.</param>
public sealed record ColumnPart(string Name, DataType Type, string NativeType, bool Nullable);

/// <summary>What to look at: a table or a query.</summary>
/// <param name="Table">The table as written in a configuration.</param>
/// <param name="Query">One SELECT.</param>
/// <param name="Rows">The most rows, 1 to 1,000. Default 20.</param>
public sealed record SampleRequest(string? Table = null, string? Query = null, int? Rows = null)
{
    internal static SourceOf From(string? table, string? query) => (table, query) switch
    {
        ({ Length: > 0 }, null) => SourceOf.OfTable(table),
        (null, { Length: > 0 }) => SourceOf.OfQuery(query),
        _ => throw new PenstockException(ApiProblems.Malformed.Of("Exactly one of 'table' and 'query' is needed.",
            ApiProblems.Malformed.ToDo)),
    };
}

/// <summary>Columns that may name records.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Table">The table as written in a configuration.</param>
/// <param name="Query">One SELECT.</param>
public sealed record KeyRequest(IReadOnlyList<string> Columns, string? Table = null, string? Query = null);
