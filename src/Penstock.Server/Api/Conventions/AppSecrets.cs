using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Server.Api;

/// <summary>Credentials in the options of apps: they go in, and never come out.</summary>
internal static class AppSecrets
{
    private const string Stars = "***";

    /// <summary>The credentials that an app has: what counts when a body leaves them out.</summary>
    public static IReadOnlyDictionary<string, string> Of(IConnector? connector, App? app) =>
        Names(connector).Where(name => app?.Texts.ContainsKey(name) == true)
            .ToDictionary(name => name, name => app!.Texts[name], StringComparer.Ordinal); // filtered just now

    /// <summary>The app with references only, and what was typed.</summary>
    public static (App App, IReadOnlyDictionary<string, Secret> Typed) TakeOut(IConnector? connector, App app)
    {
        var typed = Names(connector)
            .Where(name => app.Texts.TryGetValue(name, out var text) && !SecretReferences.IsReference(text) && text != Stars)
            .ToDictionary(name => name, name => new Secret(app.Texts[name]), StringComparer.Ordinal);
        var texts = app.Texts.Where(pair => !typed.ContainsKey(pair.Key)).ToDictionary(StringComparer.Ordinal);
        return (app with { Texts = texts }, typed);
    }

    /// <summary>The app as it may be shown.</summary>
    public static App Hidden(IConnector? connector, App app)
    {
        var names = Names(connector).ToHashSet(StringComparer.Ordinal);
        return app with
        {
            Texts = app.Texts.ToDictionary(
                pair => pair.Key,
                pair => names.Contains(pair.Key) && !SecretReferences.IsReference(pair.Value) ? Stars : pair.Value,
                StringComparer.Ordinal),
        };
    }

    private static IEnumerable<string> Names(IConnector? connector) =>
        connector?.Declaration.App.All.Where(option => option.Type == OptionType.Secret).Select(option => option.Name) ?? [];
}
