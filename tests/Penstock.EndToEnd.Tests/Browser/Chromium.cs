using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Penstock.EndToEnd.Tests.Browser.Chromium))]

namespace Penstock.EndToEnd.Tests.Browser;

/// <summary>One Chromium for all browser tests, started by the first of them. It is Debian's: nothing is downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";

    // As root and on a machine without a network: no sandbox, and nothing that calls home.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    ];

    private readonly SemaphoreSlim _starting = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The browser.</summary>
    public async Task<IBrowser> BrowserAsync()
    {
        await _starting.WaitAsync();
        try
        {
            if (_browser is null)
            {
                // A machine that runs everything at once may let a page wait; what is to be seen is seen all the same.
                Assertions.SetDefaultExpectTimeout(20_000);
                _playwright = await Playwright.CreateAsync();
                _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = Arguments });
            }

            return _browser;
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Skips a test where there is no Chromium, which CI counts as a failure.</summary>
    public static void Require() => Assert.SkipUnless(File.Exists(Program), "Chromium is not installed: apt-get install chromium.");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
