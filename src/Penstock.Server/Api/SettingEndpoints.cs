using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Penstock.Control;
using Penstock.Control.Notifications;
using Penstock.Control.Settings;
using Penstock.Server.Security;

namespace Penstock.Server.Api;

/// <summary>The server's settings, and the channels by which people are told.</summary>
internal static class SettingEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var settings = api.MapGroup("/settings").WithTags("Settings").RequireAuthorization(Policies.Administrator);
        settings.MapGet("/", GetAsync).WithName("get_settings");
        settings.MapPut("/", PutAsync).WithName("put_settings");
        var channels = api.MapGroup("/channels").WithTags("Notifications").RequireAuthorization(Policies.Administrator);
        channels.MapGet("/", ChannelsAsync).WithName("list_channels");
        channels.MapPost("/", AddAsync).WithName("add_channel");
        channels.MapPut("/{channel:long}", ChangeAsync).WithName("change_channel");
        channels.MapDelete("/{channel:long}", RemoveAsync).WithName("remove_channel");
        channels.MapPost("/test", TestAsync).WithName("test_channel");
        channels.MapGet("/messages", MessagesAsync).WithName("list_messages");
    }

    /// <summary>The settings.</summary>
    public static async Task<Ok<ServerSettings>> GetAsync(ControlServices services, CancellationToken cancellationToken) =>
        TypedResults.Ok(await services.Settings.GetAsync(cancellationToken));

    /// <summary>Changes the settings; what is left out takes its default.</summary>
    public static async Task<Ok<ServerSettings>> PutAsync(
        ServerSettings body, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        await services.Settings.SetAsync(caller.Actor, body, cancellationToken);
        return TypedResults.Ok(body);
    }

    /// <summary>Lists the channels. Credentials are references to secrets.</summary>
    public static async Task<Ok<Page<Channel>>> ChannelsAsync(ControlServices services, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Page<Channel>(await services.Notifications.ChannelsAsync(cancellationToken), null));

    /// <summary>Adds a channel.</summary>
    public static async Task<Created<Channel>> AddAsync(
        ChannelDraft body, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        var channel = await services.Notifications.AddAsync(caller.Actor, body, cancellationToken);
        return TypedResults.Created(FormattableString.Invariant($"{ApiSetup.Root}/channels/{channel.Id}"), channel);
    }

    /// <summary>Changes a channel.</summary>
    public static async Task<Ok<Channel>> ChangeAsync(
        long channel, ChannelDraft body, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        await services.Notifications.ChangeAsync(caller.Actor, channel, body, cancellationToken);
        return TypedResults.Ok(new Channel(channel, body));
    }

    /// <summary>Removes a channel.</summary>
    public static async Task<NoContent> RemoveAsync(
        long channel, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        await services.Notifications.RemoveAsync(caller.Actor, channel, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>Sends a message to try a channel, kept or not.</summary>
    public static async Task<Ok<ChannelTestPart>> TestAsync(
        ChannelDraft body, ControlServices services, CancellationToken cancellationToken)
    {
        var problem = await services.Notifications.TestAsync(body, cancellationToken);
        return TypedResults.Ok(new ChannelTestPart(problem is null, ProblemPart.OfAny(problem)));
    }

    /// <summary>The last messages, newest first.</summary>
    public static async Task<Ok<Page<SentMessage>>> MessagesAsync(
        ControlServices services, CancellationToken cancellationToken, int? limit = null) => TypedResults.Ok(
        new Page<SentMessage>(await services.Notifications.MessagesAsync(Paging.Limit(limit), cancellationToken), null));
}

/// <summary>What came of trying a channel.</summary>
/// <param name="Ok">Whether the message was taken.</param>
/// <param name="Error">Why it was not.</param>
public sealed record ChannelTestPart(bool Ok, ProblemPart? Error);
