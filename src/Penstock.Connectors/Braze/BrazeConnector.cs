using System.Text.Json;
using Penstock.Contract;

namespace Penstock.Connectors.Braze;

/// <summary>Braze: profiles, custom attributes and subscription groups, all through <c>POST /users/track</c>.</summary>
public sealed class BrazeConnector : IConnector<BrazeApp>, IDestination<BrazeApp>, IRemoves, IRenames, ILooksUp
{
    /// <inheritdoc/>
    public Declaration Declaration { get; } = new("braze", "Braze")
    {
        Summary = "User profiles, custom attributes and subscription groups of a Braze workspace.",
        App = Options.Of<BrazeApp>(),
        Authorization = app => Authorization.Bearer(((BrazeApp)app).ApiKey),
        Destinations = [BrazeUsers.Kind],
    };

    /// <inheritdoc/>
    public async Task<string> TestAsync(BrazeApp app, IHttp http, CancellationToken cancellationToken)
    {
        // An empty object writes nothing and costs nothing, and gets as far as the key's permissions: a good key is told that there
        // was no data.
        var answer = await SendAsync(app, http, BrazeTrack.Path, BrazeTrack.Permission, BrazeTrack.WriteNothing, cancellationToken);
        return BrazeTrack.IsNothingToDo(answer)
            ? $"Braze at {app.Endpoint.Host}: the key is good and may write users"
            : throw BrazeErrors.NotBraze(app.Endpoint, answer);
    }

    /// <inheritdoc/>
    public Limits LimitsFor(BrazeApp app, DestinationContext destination)
    {
        var cap = OptionsOf(destination).ObjectCap;
        return destination.Kind.Limits with { Records = Math.Clamp(cap, 1, BrazeUsersOptions.MostObjects) };
    }

    /// <inheritdoc/>
    public async Task<Outcomes> WriteAsync(BrazeApp app, Batch batch, IHttp http, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(
            app, http, BrazeTrack.Path, BrazeTrack.Permission, json => BrazeTrack.Write(json, batch), cancellationToken);
        return BrazeTrack.Read(answer, batch, app.Endpoint);
    }

    /// <inheritdoc/>
    public async Task<Outcomes> RemoveAsync(object app, Batch batch, IHttp http, CancellationToken cancellationToken)
    {
        var braze = (BrazeApp)app;
        var answer = await SendAsync(
            braze, http, BrazeDelete.Path, BrazeDelete.Permission, json => BrazeDelete.Write(json, batch), cancellationToken);
        return BrazeDelete.Read(answer, batch, braze.Endpoint);
    }

    /// <inheritdoc/>
    public async Task<Outcomes> RenameAsync(object app, Batch batch, IHttp http, CancellationToken cancellationToken)
    {
        var braze = (BrazeApp)app;
        var answer = await SendAsync(
            braze, http, BrazeRename.Path, BrazeRename.Permission, json => BrazeRename.Write(json, batch), cancellationToken);
        var outcomes = BrazeRename.Read(answer, batch, braze.Endpoint, out var unclear);
        if (unclear.Count > 0)
            await SettleRenamesAsync(braze, batch, unclear, outcomes, http, cancellationToken);
        return outcomes;
    }

    /// <inheritdoc/>
    public bool LooksUp(object app, DestinationContext destination) =>
        destination.Mode == SyncModes.Enrich && OptionsOf(destination).CheckExisting;

    /// <inheritdoc/>
    public async Task<Outcomes> FindAsync(object app, Batch batch, IHttp http, CancellationToken cancellationToken)
    {
        var braze = (BrazeApp)app;
        var answer = await SendAsync(
            braze, http, BrazeLookup.Path, BrazeLookup.Permission, json => BrazeLookup.Write(json, batch), cancellationToken);
        return BrazeLookup.Read(answer, batch, braze.Endpoint);
    }

    // A rename that Braze refuses because of the ids in question may be one that was done before and whose answer was lost. A user is
    // still found by the old id then, and answers with the new one.
    private static async Task SettleRenamesAsync(
        BrazeApp app,
        Batch batch,
        IReadOnlyDictionary<int, string> unclear,
        Outcomes outcomes,
        IHttp http,
        CancellationToken cancellationToken)
    {
        try
        {
            var answer = await SendAsync(
                app,
                http,
                BrazeLookup.Path,
                BrazeLookup.Permission,
                json => BrazeRename.WriteQuestion(json, batch, unclear),
                cancellationToken);
            BrazeRename.Settle(answer, batch, unclear, outcomes);
        }
        catch (ConnectionException refused) when (refused.Fault is ConnectionFault.NoPermission or ConnectionFault.NotAuthorised)
        {
            // The key was good a moment ago for renaming: it only lacks the permission to ask, and that is no reason to end a run.
            BrazeRename.LeaveUnclear(unclear, outcomes);
        }
    }

    private static async Task<HttpAnswer> SendAsync(
        BrazeApp app, IHttp http, string path, string permission, Action<Utf8JsonWriter> json, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(new(HttpMethod.Post, new(app.Endpoint, path)) { Json = json }, cancellationToken);
        }
        catch (ConnectionException refused) when (BrazeErrors.Explains(refused.Fault))
        {
            throw BrazeErrors.Explain(refused, app.Endpoint, permission);
        }
    }

    private static BrazeUsersOptions OptionsOf(DestinationContext destination) => destination.Options as BrazeUsersOptions ?? new();
}
