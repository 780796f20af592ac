using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Penstock.Contract;

namespace Penstock.Server.Api;

/// <summary>ETags: what was read is named by one, and what is changed is changed only if it is still that.</summary>
internal static class Etags
{
    /// <summary>Puts the ETag on the answer; the answer itself, or 304 when the caller has it.</summary>
    public static IResult Answer<T>(HttpContext context, string etag, T value)
    {
        context.Response.Headers.ETag = Quoted(etag);
        context.Response.Headers.CacheControl = "private, no-cache"; // kept, but asked for each time
        return Matches(context.Request.Headers.IfNoneMatch, etag) ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(value);
    }

    /// <summary>The ETag that a change expects; empty for something that must not be there yet.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isThere">Whether it is there now.</param>
    /// <exception cref="PenstockException">There is none though it is there already.</exception>
    public static string Expected(HttpRequest request, bool isThere)
    {
        if (EntityTagHeaderValue.TryParseList(request.Headers.IfMatch, out var tags) && tags.Count == 1)
            return tags[0].Equals(EntityTagHeaderValue.Any) ? "*" : tags[0].Tag.ToString().Trim('"');
        if (!isThere)
            return "";
        throw new PenstockException(ApiProblems.PreconditionRequired.Of(
            "This is there already, and is changed only with the ETag that was read.", ApiProblems.PreconditionRequired.ToDo));
    }

    /// <summary>An ETag as the header has it.</summary>
    public static string Quoted(string etag) => $"\"{etag}\"";

    private static bool Matches(Microsoft.Extensions.Primitives.StringValues header, string etag) =>
        EntityTagHeaderValue.TryParseList(header, out var tags)
        && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Tag.ToString().Trim('"') == etag);
}
