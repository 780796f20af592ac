namespace Penstock.Contract;

/// <summary>
/// One system that Penstock reads from or sends to. Found at start by scanning assemblies; has no state between calls. It also implements
/// <see cref="ISource"/>, <see cref="IDestination"/> or both, in their typed forms.
/// </summary>
public interface IConnector
{
    /// <summary>What the connector says about itself.</summary>
    Declaration Declaration { get; }

    /// <summary>Tries an app's options without changing anything at the far end.</summary>
    /// <returns>What was reached, in a few words, such as <c>PostgreSQL 15.8, database shop</c>.</returns>
    /// <exception cref="ConnectionException">Why it can't be used, in words for the person who set it up.</exception>
    Task<string> TestAsync(object app, IHttp http, CancellationToken cancellationToken);
}

/// <summary>The typed form of <see cref="IConnector"/>, which connectors implement.</summary>
/// <typeparam name="TApp">The app's options.</typeparam>
public interface IConnector<in TApp> : IConnector
    where TApp : class
{
    /// <inheritdoc cref="IConnector.TestAsync"/>
    Task<string> TestAsync(TApp app, IHttp http, CancellationToken cancellationToken);

    Task<string> IConnector.TestAsync(object app, IHttp http, CancellationToken cancellationToken) =>
        TestAsync((TApp)app, http, cancellationToken);
}
