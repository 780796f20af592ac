using Penstock.Contract;

namespace Penstock.Testing.Http;

/// <summary>Which statuses never reach a connector.</summary>
internal static class Statuses
{
    /// <summary>
    /// The answer, or the exception that <see cref="IHttp"/> promises for its status. Without retries: tests want to see each.
    /// </summary>
    public static HttpAnswer Settle(HttpAnswer answer, Uri address) => answer.Status switch
    {
        401 => throw new ConnectionException(
            ConnectionFault.NotAuthorised, new("http.not_authorised", $"{address.Host} says: {answer.Excerpt()}")),
        403 => throw new ConnectionException(
            ConnectionFault.NoPermission, new("http.no_permission", $"{address.Host} says: {answer.Excerpt()}")),
        429 or >= 500 => throw new DestinationUnavailableException(
            new("http.unavailable", $"{address.Host} answered with status {answer.Status}: {answer.Excerpt()}")),
        _ => answer,
    };
}
