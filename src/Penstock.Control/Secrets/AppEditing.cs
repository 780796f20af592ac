using Penstock.Contract;
using Penstock.Control.Revisions;
using Penstock.Control.Services;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;

namespace Penstock.Control.Secrets;

/// <summary>Puts an app that somebody filled in into the draft: what they typed as a credential is stored as a secret.</summary>
public sealed class AppEditing
{
    private readonly DraftService _drafts;
    private readonly SecretService _secrets;
    private readonly ISecretSource _stored;
    private readonly ConnectorCatalog _connectors;
    private readonly Func<ISecretSource, AppService> _apps;

    internal AppEditing(
        DraftService drafts, SecretService secrets, ISecretSource stored, ConnectorCatalog connectors,
        Func<ISecretSource, AppService> apps) =>
        (_drafts, _secrets, _stored, _connectors, _apps) = (drafts, secrets, stored, connectors, apps);

    /// <summary>Tries an app as filled in, before anything is saved.</summary>
    /// <param name="app">The app as filled in.</param>
    /// <param name="newSecrets">Credentials typed in, by the option's name; one that is left out or empty is the draft's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<AppTest> TestAsync(App app, IReadOnlyDictionary<string, Secret> newSecrets, CancellationToken cancellationToken)
    {
        var project = (await _drafts.GetAsync(cancellationToken)).Project;
        var filled = WithSecrets(app, project.Apps.FirstOrDefault(other => other.Id == app.Id), newSecrets);
        var typed = newSecrets.Where(pair => !pair.Value.IsEmpty)
            .ToDictionary(pair => NameOf(app.Id, pair.Key), pair => pair.Value, StringComparer.Ordinal);
        project = project with { Apps = [.. project.Apps.Where(other => other.Id != app.Id), filled] };
        await foreach (var test in _apps(new TypedSecrets(_stored, typed)).TestAsync(project, [filled], cancellationToken))
            return test;
        throw new InvalidOperationException("One app was tried, and nothing came of it.");
    }

    /// <summary>Adds or replaces an app.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="app">The app as filled in. What its texts hold for credentials counts only if it is a reference, such as
    /// <c>${env:NAME}</c>.</param>
    /// <param name="newSecrets">Credentials typed in, by the option's name; one that is left out or empty keeps what the draft has.</param>
    /// <param name="etag">The etag of the app that was looked at; empty for a new one; null to take it as it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PenstockException">Somebody else changed the app, or the secret can't be stored.</exception>
    public async Task<DraftState> PutAsync(
        Actor actor, App app, IReadOnlyDictionary<string, Secret> newSecrets, string? etag, CancellationToken cancellationToken)
    {
        var draft = await _drafts.GetAsync(cancellationToken);
        var filled = WithSecrets(app, draft.Project.Apps.FirstOrDefault(other => other.Id == app.Id), newSecrets);
        // The draft first: it refuses what somebody else changed meanwhile, and their secret must not be replaced then.
        var state = await _drafts.PutAppAsync(actor, filled, etag, cancellationToken);
        foreach (var (option, secret) in newSecrets.Where(pair => !pair.Value.IsEmpty))
            await _secrets.SetAsync(actor, NameOf(app.Id, option), secret, cancellationToken);
        return state;
    }

    /// <summary>The same app with credentials as references, for trying it before it is saved.</summary>
    /// <param name="app">The app as filled in.</param>
    /// <param name="present">The app as it is in the draft; null for a new one.</param>
    /// <param name="newSecrets">Credentials typed in.</param>
    public App WithSecrets(App app, App? present, IReadOnlyDictionary<string, Secret> newSecrets)
    {
        var texts = app.Texts.ToDictionary(StringComparer.Ordinal);
        foreach (var option in (_connectors.Find(app.Type)?.Declaration.App.All ?? []).Where(option => option.Type == OptionType.Secret))
        {
            if (newSecrets.TryGetValue(option.Name, out var secret) && !secret.IsEmpty)
                texts[option.Name] = $"${{secret:{NameOf(app.Id, option.Name)}}}";
            else if (texts.GetValueOrDefault(option.Name) is not { } text || !SecretReferences.IsReference(text))
            {
                if (present?.Texts.GetValueOrDefault(option.Name) is { } kept)
                    texts[option.Name] = kept;
                else
                    texts.Remove(option.Name);
            }
        }

        return app with { Texts = texts };
    }

    // What was typed and is not stored yet.
    private sealed class TypedSecrets(ISecretSource stored, Dictionary<string, Secret> typed) : ISecretSource
    {
        public string? Find(string scheme, string name, out Problem? problem)
        {
            problem = null;
            return scheme == "secret" && typed.TryGetValue(name, out var secret) ? secret.Reveal() : stored.Find(scheme, name, out problem);
        }
    }

    /// <summary>The name that an app's credential is stored under: <c>braze_api_key</c>.</summary>
    public static string NameOf(string app, string option) => $"{app}_{option}";
}
