using System.Diagnostics;
using System.Text;
using Penstock.EndToEnd.Tests.Runs;

namespace Penstock.EndToEnd.Tests.Processes;

/// <summary>The built program as a process of its own, over a shop's folder.</summary>
internal sealed class PenstockProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly StringBuilder _error = new();

    private PenstockProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_error)
                _error.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
    }

    /// <summary>What it has said on standard error so far.</summary>
    public string Said
    {
        get
        {
            lock (_error)
                return _error.ToString();
        }
    }

    public int Id => _process.Id;

    public static PenstockProcess Start(Shop shop, params IReadOnlyList<string> arguments)
    {
        foreach (var (file, text) in shop.Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(shop.Folder, file))!); // a file has a folder
            File.WriteAllText(Path.Combine(shop.Folder, file), text);
        }

        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "penstock.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.ArgumentList.Add("--project");
        start.ArgumentList.Add(shop.Folder);
        start.Environment["BRAZE_URL"] = shop.Braze.Address.ToString();
        start.Environment["BRAZE_API_KEY"] = shop.KeyGiven;
        start.Environment["NO_COLOR"] = "1";
        return new(Process.Start(start).ShouldNotBeNull());
    }

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(Shop shop, params IReadOnlyList<string> arguments)
    {
        using var process = Start(shop, arguments);
        return await process.EndAsync();
    }

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return (_process.ExitCode, await _output, Said);
    }

    /// <summary>Waits for something that will come; fails when it doesn't.</summary>
    public static async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!isSo())
            (await timer.WaitForNextTickAsync(patience.Token)).ShouldBeTrue();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
