using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Revisions;
using Penstock.Control.Services;
using Penstock.Engine.Configuration;
using Penstock.Server.Security;

namespace Penstock.Server.Api;

/// <summary>
/// The things of the draft, each as JSON with the keys of the files. What is there is changed only with the ETag that was read; a thing
/// with errors is refused, with all of them.
/// </summary>
internal static class DraftThingEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var draft = api.MapGroup("/draft").WithTags("Draft");
        Map(draft, "/apps/{app}", "app", GetAppAsync, PutAppAsync, DeleteAppAsync);
        Map(draft, "/models/{model}", "model", GetModelAsync, PutModelAsync, DeleteModelAsync);
        Map(draft, "/models/{model}/groups/{group}", "group", GetGroupAsync, PutGroupAsync, DeleteGroupAsync);
        Map(draft, "/destinations/{destination}", "destination", GetDestinationAsync, PutDestinationAsync, DeleteDestinationAsync);
    }

    /// <summary>An app of the draft. A credential is shown as the reference to it.</summary>
    public static async Task<IResult> GetAppAsync(
        string app, HttpContext context, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        caller.CheckWhole();
        var state = await services.Drafts.GetAsync(cancellationToken);
        return Etags.Answer(context, state.Etag(ProjectThings.App(app)), Json(Named.App(state.Project, app), services));
    }

    /// <summary>
    /// Adds or replaces an app. A credential given as text is stored as a secret, and the app refers to it; one that is left out stays.
    /// </summary>
    public static async Task<IResult> PutAppAsync(
        string app, ThingBody body, HttpContext context, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        caller.CheckWhole();
        var state = await services.Drafts.GetAsync(cancellationToken);
        var expected = Expected(context, state, ProjectThings.App(app));
        var present = state.Project.Apps.FirstOrDefault(other => other.Id == app);
        var (read, typed) = ReadApp(app, body, present, state.Project, services);
        var after = await services.AppEditing.PutAsync(caller.Actor, read, typed, expected, cancellationToken);
        return Put(context, state, after, ProjectThings.App(app), Json(Named.App(after.Project, app), services));
    }

    /// <summary>Removes an app that nothing uses.</summary>
    public static async Task<NoContent> DeleteAppAsync(
        string app, HttpContext context, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        caller.CheckWhole();
        var state = await services.Drafts.GetAsync(cancellationToken);
        Named.App(state.Project, app);
        await services.Drafts.RemoveAppAsync(caller.Actor, app, Expected(context, state, ProjectThings.App(app)), cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>A model of the draft, without its groups.</summary>
    public static async Task<IResult> GetModelAsync(
        string model, HttpContext context, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        var state = await services.Drafts.GetAsync(cancellationToken);
        return Etags.Answer(context, state.Etag(ProjectThings.Model(model)),
            ThingJson.Write(Named.Model(state.Project, caller.Checked(model))));
    }

    /// <summary>Adds or replaces a model. Its groups stay.</summary>
    public static async Task<IResult> PutModelAsync(
        string model, ThingBody body, HttpContext context, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        caller.CheckWhole();
        var state = await services.Drafts.GetAsync(cancellationToken);
        var expected = Expected(context, state, ProjectThings.Model(model));
        var read = body.Model(model, state.Project, services.Apps.Connectors);
        var after = await services.Drafts.PutModelAsync(caller.Actor, read, expected, cancellationToken);
        return Put(context, state, after, ProjectThings.Model(model), ThingJson.Write(Named.Model(after.Project, model)));
    }

    /// <summary>Removes a model that no destination sends.</summary>
    public static async Task<NoContent> DeleteModelAsync(
        string model, HttpContext context, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        caller.CheckWhole();
        var state = await services.Drafts.GetAsync(cancellationToken);
        Named.Model(state.Project, model);
        await services.Drafts.RemoveModelAsync(caller.Actor, model, Expected(context, state, ProjectThings.Model(model)),
            cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>A group of the draft.</summary>
    public static async Task<IResult> GetGroupAsync(
        string model, string group, HttpContext context, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        var state = await services.Drafts.GetAsync(cancellationToken);
        var found = Named.Model(state.Project, caller.Checked(model));
        return Etags.Answer(context, state.Etag(ProjectThings.Group(model, group)), ThingJson.Write(found, Named.Group(found, group)));
    }

    /// <summary>Adds or replaces a group.</summary>
    public static async Task<IResult> PutGroupAsync(
        string model, string group, ThingBody body, HttpContext context, Caller caller, ControlServices services,
        CancellationToken cancellationToken)
    {
        var state = await services.Drafts.GetAsync(cancellationToken);
        Named.Model(state.Project, caller.Checked(model));
        var expected = Expected(context, state, ProjectThings.Group(model, group));
        var read = body.Group(group, state.Project, services.Apps.Connectors);
        var after = await services.Drafts.PutGroupAsync(caller.Actor, model, read, expected, cancellationToken);
        var found = Named.Model(after.Project, model);
        return Put(context, state, after, ProjectThings.Group(model, group), ThingJson.Write(found, Named.Group(found, group)));
    }

    /// <summary>Removes a group that nothing uses.</summary>
    public static async Task<NoContent> DeleteGroupAsync(
        string model, string group, HttpContext context, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        var state = await services.Drafts.GetAsync(cancellationToken);
        Named.Group(Named.Model(state.Project, caller.Checked(model)), group);
        await services.Drafts.RemoveGroupAsync(
            caller.Actor, model, group, Expected(context, state, ProjectThings.Group(model, group)), cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>A destination of the draft.</summary>
    public static async Task<IResult> GetDestinationAsync(
        string destination, HttpContext context, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        var state = await services.Drafts.GetAsync(cancellationToken);
        var found = Named.Destination(state.Project, destination);
        caller.Checked(found.ModelId);
        return Etags.Answer(context, state.Etag(ProjectThings.Destination(destination)), ThingJson.Write(found));
    }

    /// <summary>Adds or replaces a destination.</summary>
    public static async Task<IResult> PutDestinationAsync(
        string destination, ThingBody body, HttpContext context, Caller caller, ControlServices services,
        CancellationToken cancellationToken)
    {
        var state = await services.Drafts.GetAsync(cancellationToken);
        var expected = Expected(context, state, ProjectThings.Destination(destination));
        var read = body.Destination(destination, state.Project, services.Apps.Connectors);
        caller.Checked(read.ModelId);
        var after = await services.Drafts.PutDestinationAsync(caller.Actor, read, expected, cancellationToken);
        return Put(context, state, after, ProjectThings.Destination(destination),
            ThingJson.Write(Named.Destination(after.Project, destination)));
    }

    /// <summary>Removes a destination. What it sent stays at the far end.</summary>
    public static async Task<NoContent> DeleteDestinationAsync(
        string destination, HttpContext context, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        var state = await services.Drafts.GetAsync(cancellationToken);
        caller.Checked(Named.Destination(state.Project, destination).ModelId);
        await services.Drafts.RemoveDestinationAsync(
            caller.Actor, destination, Expected(context, state, ProjectThings.Destination(destination)), cancellationToken);
        return TypedResults.NoContent();
    }

    private static void Map(RouteGroupBuilder draft, string route, string word, Delegate get, Delegate put, Delegate delete)
    {
        draft.MapGet(route, get).WithName($"get_draft_{word}").RequireAuthorization(Policies.Viewer).Produces<JsonObject>()
            .Produces(StatusCodes.Status304NotModified);
        draft.MapPut(route, put).WithName($"put_draft_{word}").RequireAuthorization(Policies.Editor).Produces<JsonObject>()
            .Produces<JsonObject>(StatusCodes.Status201Created);
        draft.MapDelete(route, delete).WithName($"delete_draft_{word}").RequireAuthorization(Policies.Editor);
    }

    // What is typed as a credential goes to the secrets; the stars that are shown in its place mean that it stays.
    private static (App App, IReadOnlyDictionary<string, Secret> Typed) ReadApp(
        string id, ThingBody body, App? present, Project project, ControlServices services)
    {
        var connector = services.Apps.Connectors.Find(body.Id("type") ?? present?.Type ?? "");
        var kept = AppSecrets.Of(connector, present);
        var read = body.With(kept).App(id, project, services.Apps.Connectors);
        return AppSecrets.TakeOut(connector, read);
    }

    private static JsonObject Json(App app, ControlServices services) =>
        ThingJson.Write(AppSecrets.Hidden(services.Apps.Connectors.Find(app.Type), app));

    private static string? Expected(HttpContext context, DraftState state, string thing)
    {
        var isThere = state.Etag(thing).Length > 0;
        var expected = Etags.Expected(context.Request, isThere);
        return expected == "*" && isThere ? null : expected;
    }

    private static IResult Put(HttpContext context, DraftState before, DraftState after, string thing, JsonObject json)
    {
        context.Response.Headers.ETag = Etags.Quoted(after.Etag(thing));
        return before.Etag(thing).Length > 0 ? TypedResults.Ok(json) : TypedResults.Created(context.Request.Path, json);
    }
}
