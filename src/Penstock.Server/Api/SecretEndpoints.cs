using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Secrets;
using Penstock.Server.Security;

namespace Penstock.Server.Api;

/// <summary>Stored secrets: their values only ever go in.</summary>
internal static class SecretEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var secrets = api.MapGroup("/secrets").WithTags("Secrets").RequireAuthorization(Policies.Administrator);
        secrets.MapGet("/", ListAsync).WithName("list_secrets");
        secrets.MapPut("/{name}", PutAsync).WithName("put_secret");
        secrets.MapDelete("/{name}", DeleteAsync).WithName("remove_secret");
    }

    /// <summary>Lists the secrets by name, with what refers to them.</summary>
    public static async Task<Ok<Page<SecretInfo>>> ListAsync(ControlServices services, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Page<SecretInfo>(await services.Secrets.ListAsync(cancellationToken), null));

    /// <summary>Stores a secret, in the place of the one of that name if there is one.</summary>
    public static async Task<NoContent> PutAsync(
        string name, SecretValue body, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        await services.Secrets.SetAsync(caller.Actor, name, body.Value, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>Removes a secret.</summary>
    /// <param name="force">Whether to do it though something refers to it, which then can't connect.</param>
    public static async Task<NoContent> DeleteAsync(
        string name, Caller caller, ControlServices services, CancellationToken cancellationToken, bool force = false)
    {
        await services.Secrets.RemoveAsync(caller.Actor, name, force, cancellationToken);
        return TypedResults.NoContent();
    }
}

/// <summary>A secret's value.</summary>
/// <param name="Value">The value.</param>
public sealed record SecretValue(Secret Value);
