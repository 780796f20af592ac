using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Penstock.Control;
using Penstock.Control.Users;
using Penstock.Server.Security;

namespace Penstock.Server.Api;

/// <summary>People, invitations and API keys.</summary>
internal static class PeopleEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/me", Me).WithName("get_me").WithTags("People").RequireAuthorization(Policies.Viewer);
        var people = api.MapGroup("/people").WithTags("People").RequireAuthorization(Policies.Administrator);
        people.MapGet("/", ListAsync).WithName("list_people");
        people.MapPatch("/{person}", ChangeAsync).WithName("change_person");
        people.MapDelete("/{person}", RemoveAsync).WithName("remove_person");
        people.MapPost("/{person}/reset", ResetAsync).WithName("offer_reset");
        var invitations = api.MapGroup("/invitations").WithTags("People").RequireAuthorization(Policies.Administrator);
        invitations.MapGet("/", InvitationsAsync).WithName("list_invitations");
        invitations.MapPost("/", InviteAsync).WithName("invite_person");
        invitations.MapDelete("/{invitation:long}", WithdrawAsync).WithName("withdraw_invitation");
        var keys = api.MapGroup("/keys").WithTags("API keys").RequireAuthorization(Policies.Administrator);
        keys.MapGet("/", KeysAsync).WithName("list_keys");
        keys.MapPost("/", CreateKeyAsync).WithName("create_key");
        keys.MapDelete("/{key}", RevokeKeyAsync).WithName("revoke_key");
    }

    /// <summary>Who makes this request, and what they may do.</summary>
    public static Ok<MePart> Me(Caller caller) =>
        TypedResults.Ok(new MePart(caller.Actor.Kind, caller.Actor.Id, caller.Actor.Name, caller.Actor.Role, caller.Models));

    /// <summary>Lists everybody who may sign in.</summary>
    public static async Task<Ok<Page<Person>>> ListAsync(Caller caller, ControlServices services, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Page<Person>(await services.People.Users.ListAsync(caller.Actor, cancellationToken), null));

    /// <summary>Gives somebody another role, or shuts them out or lets them in again.</summary>
    public static async Task<NoContent> ChangeAsync(
        string person, PersonChange body, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        if (body.Role is { } role)
            await services.People.Users.ChangeRoleAsync(caller.Actor, person, role, cancellationToken);
        if (body.Disabled is true)
            await services.People.Users.DisableAsync(caller.Actor, person, cancellationToken);
        else if (body.Disabled is false)
            await services.People.Users.EnableAsync(caller.Actor, person, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>Removes somebody's account.</summary>
    public static async Task<NoContent> RemoveAsync(
        string person, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        await services.People.Users.RemoveAsync(caller.Actor, person, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>Makes a link with which somebody sets a new password. It is shown this once.</summary>
    public static async Task<Ok<LinkPart>> ResetAsync(
        string person, HttpRequest request, Caller caller, ControlServices services, CancellationToken cancellationToken) =>
        TypedResults.Ok(LinkPart.Of(
            await services.People.Invitations.OfferResetAsync(caller.Actor, person, cancellationToken), request));

    /// <summary>Lists the invitations that wait to be accepted.</summary>
    public static async Task<Ok<Page<OpenInvitation>>> InvitationsAsync(
        Caller caller, ControlServices services, CancellationToken cancellationToken) => TypedResults.Ok(
        new Page<OpenInvitation>(await services.People.Invitations.ListAsync(caller.Actor, cancellationToken), null));

    /// <summary>Invites somebody. The link is shown this once.</summary>
    public static async Task<Created<LinkPart>> InviteAsync(
        InviteRequest body, HttpRequest request, Caller caller, ControlServices services, CancellationToken cancellationToken) =>
        TypedResults.Created((string?)null, LinkPart.Of(
            await services.People.Invitations.InviteAsync(caller.Actor, body.Email, body.Role, cancellationToken), request));

    /// <summary>Withdraws an invitation: its link stops working.</summary>
    public static async Task<NoContent> WithdrawAsync(
        long invitation, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        await services.People.Invitations.WithdrawAsync(caller.Actor, invitation, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>Lists the API keys, revoked and expired ones too. What lets anybody in is not shown again.</summary>
    public static async Task<Ok<Page<ApiKeyEntry>>> KeysAsync(
        Caller caller, ControlServices services, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Page<ApiKeyEntry>(await services.People.Keys.ListAsync(caller.Actor, cancellationToken), null));

    /// <summary>Makes an API key. It is shown this once.</summary>
    public static async Task<Created<NewKeyPart>> CreateKeyAsync(
        KeyWish body, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        var made = await services.People.Keys.CreateAsync(
            caller.Actor, new(body.Name, body.Role) { Models = body.Models ?? [], ExpiresAt = body.ExpiresAt }, cancellationToken);
        return TypedResults.Created((string?)null, new NewKeyPart(made.Entry, made.Key.Reveal()));
    }

    /// <summary>Revokes an API key: it stops working at once.</summary>
    public static async Task<NoContent> RevokeKeyAsync(
        string key, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        await services.People.Keys.RevokeAsync(caller.Actor, key, cancellationToken);
        return TypedResults.NoContent();
    }
}

/// <summary>Who makes the request.</summary>
/// <param name="Kind">person or api_key.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">What others read.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Models">The only models it may see and run; empty for all.</param>
public sealed record MePart(ActorKind Kind, string Id, string Name, Role Role, IReadOnlyList<string> Models);

/// <summary>What to change of somebody.</summary>
/// <param name="Role">The new role; left out to keep it.</param>
/// <param name="Disabled">Whether they are shut out; left out to keep it.</param>
public sealed record PersonChange(Role? Role = null, bool? Disabled = null);

/// <summary>Whom to invite.</summary>
/// <param name="Email">Their address.</param>
/// <param name="Role">What they will be.</param>
public sealed record InviteRequest(string Email, Role Role);

/// <summary>A link that works once.</summary>
/// <param name="Url">The address, secret included: for the one person it is for.</param>
/// <param name="ExpiresAt">Until when it works.</param>
public sealed record LinkPart(string Url, DateTimeOffset ExpiresAt)
{
    internal static LinkPart Of(OneTimeLink link, HttpRequest request) =>
        new(link.Reveal($"{request.Scheme}://{request.Host}"), link.ExpiresAt);
}

/// <summary>An API key as it is wanted.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Models">The only models it may see and run; left out for all.</param>
/// <param name="ExpiresAt">When it stops working; left out for never.</param>
public sealed record KeyWish(string Name, Role Role, IReadOnlyList<string>? Models = null, DateTimeOffset? ExpiresAt = null);

/// <summary>An API key just made.</summary>
/// <param name="Entry">What is kept of it.</param>
/// <param name="Key">The key itself, shown this once.</param>
public sealed record NewKeyPart(ApiKeyEntry Entry, string Key);
