using Penstock.Contract;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;

namespace Penstock.Control.Revisions;

/// <summary>
/// The edits that pages make, each on one thing of the draft. Etags are as for <see cref="DraftService.EditAsync"/>: empty for a new
/// thing, null to take it as it is.
/// </summary>
public static class DraftEdits
{
    /// <summary>Sets the project's name, time zone and country.</summary>
    public static Task<DraftState> PutProjectAsync(
        this DraftService drafts, Actor actor, string name, TimeZoneInfo timeZone, string? defaultCountry, string? etag,
        CancellationToken cancellationToken) => drafts.EditAsync(
            actor, ProjectThings.Header, etag,
            project => project with { Name = name, TimeZone = timeZone, DefaultCountry = defaultCountry }, cancellationToken);

    /// <summary>Adds or replaces an app.</summary>
    public static Task<DraftState> PutAppAsync(
        this DraftService drafts, Actor actor, App app, string? etag, CancellationToken cancellationToken) => drafts.EditAsync(
            actor, ProjectThings.App(app.Id), etag,
            project => project with { Apps = Put(project.Apps, app, other => other.Id == app.Id) }, cancellationToken);

    /// <summary>
    /// Adds or replaces a model. Of a model that is there, the groups stay as they are in the draft: they are edited by themselves.
    /// </summary>
    public static Task<DraftState> PutModelAsync(
        this DraftService drafts, Actor actor, Model model, string? etag, CancellationToken cancellationToken) => drafts.EditAsync(
            actor, ProjectThings.Model(model.Id), etag,
            project =>
            {
                var groups = project.Models.FirstOrDefault(other => other.Id == model.Id)?.Groups ?? model.Groups;
                return project with { Models = Put(project.Models, model with { Groups = groups }, other => other.Id == model.Id) };
            },
            cancellationToken);

    /// <summary>Adds or replaces a group.</summary>
    /// <exception cref="PenstockException">The model is gone.</exception>
    public static Task<DraftState> PutGroupAsync(
        this DraftService drafts, Actor actor, string model, Group group, string? etag, CancellationToken cancellationToken) =>
        drafts.EditAsync(
            actor, ProjectThings.Group(model, group.Id), etag,
            project => OnModel(project, model, found => found with { Groups = Put(found.Groups, group, other => other.Id == group.Id) }),
            cancellationToken);

    /// <summary>Adds or replaces a destination.</summary>
    public static Task<DraftState> PutDestinationAsync(
        this DraftService drafts, Actor actor, Destination destination, string? etag, CancellationToken cancellationToken) =>
        drafts.EditAsync(
            actor, ProjectThings.Destination(destination.Id), etag,
            project => project with
            {
                Destinations = Put(project.Destinations, destination, other => other.Id == destination.Id),
            },
            cancellationToken);

    /// <summary>Removes an app.</summary>
    /// <exception cref="PenstockException">Something uses it, which the problem names.</exception>
    public static Task<DraftState> RemoveAppAsync(
        this DraftService drafts, Actor actor, string id, string? etag, CancellationToken cancellationToken) => drafts.EditAsync(
            actor, ProjectThings.App(id), etag,
            project =>
            {
                RefuseUsed($"The app *{id}*", Uses.OfApp(project, id));
                return project with { Apps = Remove(project.Apps, app => app.Id == id, ProjectThings.App(id)) };
            },
            cancellationToken);

    /// <summary>Removes a model with its groups.</summary>
    /// <exception cref="PenstockException">A destination sends it, which the problem names.</exception>
    public static Task<DraftState> RemoveModelAsync(
        this DraftService drafts, Actor actor, string id, string? etag, CancellationToken cancellationToken) => drafts.EditAsync(
            actor, ProjectThings.Model(id), etag,
            project =>
            {
                RefuseUsed($"The model *{id}*", Uses.OfModel(project, id));
                return project with { Models = Remove(project.Models, model => model.Id == id, ProjectThings.Model(id)) };
            },
            cancellationToken);

    /// <summary>Removes a group.</summary>
    /// <exception cref="PenstockException">Another group or a destination uses it, which the problem names.</exception>
    public static Task<DraftState> RemoveGroupAsync(
        this DraftService drafts, Actor actor, string model, string id, string? etag, CancellationToken cancellationToken) =>
        drafts.EditAsync(
            actor, ProjectThings.Group(model, id), etag,
            project =>
            {
                RefuseUsed($"The group *{id}*", Uses.OfGroup(project, model, id));
                return OnModel(project, model, found => found with
                {
                    Groups = Remove(found.Groups, group => group.Id == id, ProjectThings.Group(model, id)),
                });
            },
            cancellationToken);

    /// <summary>Removes a destination. What it sent stays at the far end.</summary>
    public static Task<DraftState> RemoveDestinationAsync(
        this DraftService drafts, Actor actor, string id, string? etag, CancellationToken cancellationToken) => drafts.EditAsync(
            actor, ProjectThings.Destination(id), etag,
            project => project with
            {
                Destinations = Remove(project.Destinations, destination => destination.Id == id, ProjectThings.Destination(id)),
            },
            cancellationToken);

    /// <summary>Removes a property of a model.</summary>
    /// <exception cref="PenstockException">Something uses it, which the problem names.</exception>
    public static Task<DraftState> RemovePropertyAsync(
        this DraftService drafts, Actor actor, string model, string id, string? etag, CancellationToken cancellationToken) =>
        drafts.EditAsync(
            actor, ProjectThings.Model(model), etag,
            project =>
            {
                RefuseUsed($"The property `{id}`", Uses.OfProperty(project, model, id));
                return OnModel(project, model, found => found with
                {
                    Properties = Remove(found.Properties, property => property.Id == id, ProjectThings.Model(model)),
                });
            },
            cancellationToken);

    /// <summary>Gives a model another name; its id stays.</summary>
    public static Task<DraftState> RenameModelAsync(
        this DraftService drafts, Actor actor, string id, string name, string? etag, CancellationToken cancellationToken) =>
        drafts.EditAsync(
            actor, ProjectThings.Model(id), etag, project => OnModel(project, id, found => found with { Name = name }), cancellationToken);

    /// <summary>Gives a group another name; its id stays.</summary>
    public static Task<DraftState> RenameGroupAsync(
        this DraftService drafts, Actor actor, string model, string id, string name, string? etag, CancellationToken cancellationToken) =>
        drafts.EditAsync(
            actor, ProjectThings.Group(model, id), etag,
            project => OnModel(project, model, found => found with
            {
                Groups = Change(found.Groups, group => group.Id == id, group => group with { Name = name }, ProjectThings.Group(model, id)),
            }),
            cancellationToken);

    /// <summary>Gives a destination another name; its id stays.</summary>
    public static Task<DraftState> RenameDestinationAsync(
        this DraftService drafts, Actor actor, string id, string name, string? etag, CancellationToken cancellationToken) =>
        drafts.EditAsync(
            actor, ProjectThings.Destination(id), etag,
            project => project with
            {
                Destinations = Change(project.Destinations, destination => destination.Id == id,
                    destination => destination with { Name = name }, ProjectThings.Destination(id)),
            },
            cancellationToken);

    /// <summary>
    /// Gives a property another id, wherever it is used: joins, calculated properties, groups, destinations. Nothing changes at the far
    /// end.
    /// </summary>
    /// <exception cref="PenstockException">The model has no such property, or has the new id already.</exception>
    public static Task<DraftState> RenamePropertyAsync(
        this DraftService drafts, Actor actor, string model, string from, string to, string? etag, CancellationToken cancellationToken) =>
        drafts.EditAsync(
            actor, ProjectThings.Model(model), etag, project => PropertyRename.In(project, model, from, to), cancellationToken);

    internal static Project OnModel(Project project, string id, Func<Model, Model> change) =>
        project with { Models = Change(project.Models, model => model.Id == id, change, ProjectThings.Model(id)) };

    private static List<T> Put<T>(IReadOnlyList<T> things, T thing, Func<T, bool> isIt)
    {
        var put = things.ToList();
        var at = put.FindIndex(other => isIt(other));
        if (at < 0)
            put.Add(thing);
        else
            put[at] = thing;
        return put;
    }

    private static List<T> Change<T>(IReadOnlyList<T> things, Func<T, bool> isIt, Func<T, T> change, string thing) =>
        things.Any(isIt) ? [.. things.Select(other => isIt(other) ? change(other) : other)] : throw Unknown(thing);

    private static List<T> Remove<T>(IReadOnlyList<T> things, Func<T, bool> isIt, string thing) =>
        things.Any(isIt) ? [.. things.Where(other => !isIt(other))] : throw Unknown(thing);

    private static PenstockException Unknown(string thing) => new(RevisionProblems.UnknownThing.Of(
        $"The draft has not {Words.Thing(thing)}; somebody may have removed it.", "Look at the draft as it is now."));

    private static void RefuseUsed(string what, IReadOnlyList<string> users)
    {
        if (users.Count > 0)
        {
            var more = users.Count > 10 ? $" and {users.Count - 10} more" : "";
            throw new PenstockException(RevisionProblems.InUse.Of(
                $"{what} is used by {string.Join(", ", users.Take(10))}{more}.", "Remove or change these first."));
        }
    }
}
