using System.Collections.Concurrent;
using Penstock.Control.Services;

namespace Penstock.Server.Components.Forms;

/// <summary>What came of the last try of each app since the server was started; for showing, nothing depends on it.</summary>
public sealed class AppTests(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, TriedApp> _tests = new(StringComparer.Ordinal);

    /// <summary>The last try of an app; null for none.</summary>
    public TriedApp? Of(string app) => _tests.GetValueOrDefault(app);

    /// <summary>Keeps what came of a try.</summary>
    public TriedApp Keep(AppTest test) => _tests[test.App] = new(test, time.GetUtcNow());

    /// <summary>Forgets an app that was removed.</summary>
    public void Forget(string app) => _tests.TryRemove(app, out _);
}

/// <summary>What came of trying an app.</summary>
/// <param name="Test">What came of it.</param>
/// <param name="At">When, in UTC.</param>
public sealed record TriedApp(AppTest Test, DateTimeOffset At);
