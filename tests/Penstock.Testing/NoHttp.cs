using Penstock.Contract;

namespace Penstock.Testing;

/// <summary>For connectors that do not speak HTTP: any call is a mistake.</summary>
public sealed class NoHttp : IHttp
{
    /// <summary>The one instance.</summary>
    public static NoHttp Instance { get; } = new();

    /// <inheritdoc/>
    public Task<HttpAnswer> SendAsync(HttpCall call, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("This connector has no reason to speak HTTP.");
}
