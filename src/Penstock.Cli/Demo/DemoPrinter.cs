using System.Text.Json.Nodes;
using Penstock.Cli.Output;
using Penstock.Contract;
using Penstock.Engine.Runs;

namespace Penstock.Cli.Demo;

/// <summary>Prints the demo's headings and its end.</summary>
internal static class DemoPrinter
{
    /// <summary>A heading.</summary>
    public static void Heading(Screen screen, string text)
    {
        screen.Line();
        screen.Line(Ink.Strong($"── {text}"));
    }

    /// <summary>Both runs side by side.</summary>
    public static void Runs(Screen screen, IReadOnlyList<RunResult> runs)
    {
        var served = runs.Select(run => run.Destinations[0]).ToList();
        var rows = new List<string[]> { Row("records", runs.Select(run => Ink.Number(run.Records))) };
        rows.AddRange(runs[0].Groups.Keys.Select(group => Row("  in " + group,
            runs.Select(run => Ink.Number(run.Groups.GetValueOrDefault(group))))));
        rows.Add(Row("created", served.Select(run => Ink.Number(run.Created))));
        rows.Add(Row("updated", served.Select(run => Ink.Number(run.Updated))));
        rows.Add(Row("removed", served.Select(run => Ink.Number(run.Removed))));
        rows.Add(Row("unchanged", served.Select(run => Ink.Number(run.Unchanged))));
        rows.Add(Row("refused", served.Select(run => Ink.Number(run.Refused))));
        rows.Add(Row("API calls", served.Select(run => Ink.Number(run.Calls))));
        rows.Add(Row("seconds",
            runs.Select(run => run.Elapsed.TotalSeconds.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture))));
        Tables.Print(screen.Results, ["", "#First sync", "#Second sync"], rows);
        foreach (var reason in served.SelectMany(run => run.Reasons).Where(reason => reason.Kind == OutcomeKind.Refused))
            screen.Line($"{Ink.Gone("refused")}  {Ink.Plain($"user {string.Join(", ", reason.Keys)}: {reason.Message}")}");
    }

    /// <summary>What Braze held of a user, before and after.</summary>
    public static void Person(Screen screen, JsonObject? before, JsonObject? after)
    {
        var old = before is null ? [] : DemoProfile.Fields(before);
        var now = after is null ? [] : DemoProfile.Fields(after);
        Tables.Print(screen.Results, ["Field", "Before", "After"], old.Keys.Union(now.Keys).Order(StringComparer.Ordinal).Select(field =>
        {
            var (was, value) = (old.GetValueOrDefault(field), now.GetValueOrDefault(field));
            return new[] { Ink.Plain(field), Ink.Value(was), was == value ? Ink.Value(value) : Ink.Changed(value ?? "(none)") };
        }));
    }

    /// <summary>Whether Braze equals the model, and where not.</summary>
    public static void Verdict(Screen screen, DemoVerdict verdict, IReadOnlyList<string> differences)
    {
        foreach (var difference in differences.Take(10))
            screen.Line(Ink.Gone(difference));
        screen.Line(differences.Count == 0
            ? Ink.Added($"Braze equals the model: {Ink.Number(verdict.Values)} values of {Ink.Count(verdict.Users, "user")} compared.")
            : Ink.Gone($"Braze differs from the model in {Ink.Count(differences.Count, "place")}."));
    }

    private static string[] Row(string name, IEnumerable<string> cells) => [Ink.Plain(name), .. cells];
}
