using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Penstock.Control;
using Penstock.Control.Audit;
using Penstock.Server.Security;

namespace Penstock.Server.Api;

/// <summary>Who changed what.</summary>
internal static class AuditEndpoints
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/audit", ListAsync).WithName("list_audit").WithTags("Audit")
        .RequireAuthorization(Policies.Administrator);

    /// <summary>The audit log, latest first.</summary>
    /// <param name="actor">Part of the actor's name, or its whole id.</param>
    /// <param name="action">Such as <c>run.requested</c>, or <c>run</c> for all of that kind.</param>
    /// <param name="subject">Part of the subject.</param>
    /// <param name="from">The earliest time.</param>
    /// <param name="to">The time before which it was.</param>
    /// <param name="text">A text found anywhere in it.</param>
    public static async Task<Ok<Page<AuditRecord>>> ListAsync(
        ControlServices services, CancellationToken cancellationToken, string? actor = null, string? action = null, string? subject = null,
        DateTimeOffset? from = null, DateTimeOffset? to = null, string? text = null, string? cursor = null, int? limit = null)
    {
        Paging.Number(cursor);
        var filter = new AuditFilter { Actor = actor, Action = action, Subject = subject, From = from, To = to, Text = text };
        var page = await services.People.Audit.ListAsync(filter, cursor, Paging.Limit(limit), cancellationToken);
        return TypedResults.Ok(new Page<AuditRecord>(page.Items, page.Next));
    }
}
