using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Npgsql;
using Penstock.Testing.Servers;

namespace Penstock.Benchmarks.Runs;

/// <summary>
/// Whole syncs from PostgreSQL into a sink on the same machine, each figure beside its raw limit measured in the same run: the first sync,
/// a run in which nothing changed, and one in which 1 % changed.
/// </summary>
internal static class WholeRuns
{
    public static async Task<int> MeasureAsync(string[] args)
    {
        var users = long.Parse(Option(args, "--users") ?? "1000000", CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("penstock-benchmark-").FullName;
        using var sink = Start("sink");
        try
        {
            var server = await PostgresServer.GetAsync();
            var database = await PostgresServer.DatabaseAsync();
            var settings = new Settings(
                "127.0.0.1", server.Port, database.Name, PostgresServer.Owner, server.Password,
                (await sink.StandardOutput.ReadLineAsync())!, folder, users);
            Note($"Filling PostgreSQL: {users:N0} users, {users * ShopData.PurchasesEach:N0} purchases …");
            await using var connection = new NpgsqlConnection(
                $"Host=127.0.0.1;Port={server.Port};Database={database.Name};Username={PostgresServer.Owner};Password={server.Password}");
            await connection.OpenAsync();
            await ShopData.FillAsync(connection, users);
            Note("Raw steps …");
            var raw = await MeasureAsync("raw", settings);
            Note("First sync …");
            var first = await MeasureAsync("run", settings);
            Note("Nothing changed …");
            var nothing = await MeasureAsync("run", settings);
            await ShopData.ChangeAsync(connection);
            Note("1 % changed …");
            var changed = await MeasureAsync("run", settings);
            var report = Report(users, raw, first, nothing, changed);
            Console.WriteLine(report);
            if (Option(args, "--out") is { } file)
                await File.WriteAllTextAsync(file, report);
            return 0;
        }
        finally
        {
            sink.StandardInput.Close();
            await sink.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Report(long users, Figures raw, Figures first, Figures nothing, Figures changed)
    {
        string[] steps = ["refresh users", "refresh purchases", "build", "plan", "deliver", "finish"];
        var text = new StringBuilder();
        var rawTotal = steps.Sum(step => raw.Seconds[step]);
        text.AppendLine(CultureInfo.InvariantCulture,
            $"## {users:N0} users, {users * ShopData.PurchasesEach:N0} purchases, 13 properties, one group");
        text.AppendLine();
        text.AppendLine("| first sync | raw, s | Penstock, s | ratio |");
        text.AppendLine("|---|---:|---:|---:|");
        foreach (var step in steps)
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {step} | {raw.Seconds[step]:0.0} | {first.Seconds.GetValueOrDefault(step):0.0} | "
                    + $"{first.Seconds.GetValueOrDefault(step) / raw.Seconds[step]:0.00} |");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"| **all** (the two refreshes overlap in Penstock) | **{rawTotal:0.0}** | **{first.Seconds["total"]:0.0}** | "
                + $"**{first.Seconds["total"] / rawTotal:0.00}** |");
        text.AppendLine();
        text.AppendLine("| what | figure | beside |");
        text.AppendLine("|---|---:|---|");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"| delivery with acknowledging | {first.Numbers["delivered"] / (first.Seconds["deliver"] + first.Seconds["finish"]):N0} "
                + $"users/s | raw encode and send {users / raw.Seconds["deliver"]:N0}/s |");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"| API calls, first sync | {first.Numbers["calls"]:N0} | ⌈changed / 75⌉ = {(users + 74) / 75:N0} |");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"| nothing changed: plan | {nothing.Seconds["plan"]:0.00} s | raw statement {raw.Seconds["nothing changed"]:0.00} s, ratio "
                + $"{nothing.Seconds["plan"] / raw.Seconds["nothing changed"]:0.00} |");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"| nothing changed: whole run | {nothing.Seconds["total"]:0.0} s | {nothing.Numbers["calls"]} calls |");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"| 1 % changed: whole run | {changed.Seconds["total"]:0.0} s | {changed.Numbers["calls"]:N0} calls, deliver "
                + $"{changed.Seconds["deliver"]:0.00} s |");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"| peak memory, first sync | {first.Numbers["peak MB"]:N0} MB | raw {raw.Numbers["peak MB"]:N0} MB |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| peak memory, nothing changed | {nothing.Numbers["peak MB"]:N0} MB | |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| workspace | {first.Numbers["workspace MB"]:N0} MB | |");
        return text.ToString();
    }

    private static async Task<Figures> MeasureAsync(string what, Settings settings)
    {
        using var process = Start(what, settings.Write());
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<Figures>(output)! // printed by Figures.Print
            : throw new InvalidOperationException($"The process '{what}' ended with {process.ExitCode}.");
    }

    private static Process Start(params IReadOnlyList<string> arguments)
    {
        var start =
            new ProcessStartInfo(Environment.ProcessPath!)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true
            };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
            start.ArgumentList.Add(typeof(WholeRuns).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!; // never null without the shell
    }

    private static void Note(string what) => Console.Error.WriteLine($"{DateTime.Now:HH:mm:ss} {what}");

    private static string? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
