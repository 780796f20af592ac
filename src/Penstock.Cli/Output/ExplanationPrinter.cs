using Penstock.Engine.Runs;

namespace Penstock.Cli.Output;

/// <summary>Prints all that is known of one record.</summary>
internal static class ExplanationPrinter
{
    /// <summary>From the values over groups and what was delivered to what would be sent.</summary>
    public static void Print(Screen screen, Explanation explanation)
    {
        screen.Line($"{Ink.Strong(explanation.Key)} at {Ink.Strong(explanation.Destination)}  {Ink.Plain(Standing(explanation))}");
        if (explanation.Values.Count > 0)
        {
            screen.Line();
            Tables.Print(screen.Results, ["Property", "Value", "From"], explanation.Values.Select(value =>
                new[] { Ink.Plain(value.Property), Ink.Value(value.Value), Ink.Faint(value.From) }));
        }

        foreach (var group in explanation.Groups)
            Print(screen, group);
        Fields(screen, explanation);
        if (explanation.Failure is { } failure)
            Print(screen, failure);
        History(screen, explanation.History);
    }

    private static string Standing(Explanation explanation)
    {
        var place = (explanation.InModel, explanation.Wanted) switch
        {
            (false, _) => "not in the model",
            (true, false) => "in the model, not in the destination's group",
            _ => "in the model",
        };
        var delivered = explanation.DeliveredAt is { } at ? $"last delivered {at:yyyy-MM-dd HH:mm:ss}Z" : "never delivered";
        return $"{place} · {delivered} · a run now would: {explanation.Act}";
    }

    private static void Print(Screen screen, ExplainedGroup group)
    {
        screen.Line();
        screen.Line($"{(group.IsMember ? Ink.Added("✓") : Ink.Gone("✗"))} group {Ink.Strong(group.Group)}");
        foreach (var rule in group.Rules)
        {
            var saw = rule.Value is { } value ? $"  {Ink.Faint("it is")} {Ink.Value(value)}" : "";
            screen.Line($"  {new string(' ', rule.Depth * 2)}{(rule.Holds ? Ink.Added("✓") : Ink.Gone("✗"))} {Ink.Plain(rule.Rule)}{saw}");
        }
    }

    private static void Fields(Screen screen, Explanation explanation)
    {
        if (explanation.Fields.Count == 0)
            return;
        screen.Line();
        Tables.Print(screen.Results, ["Field", "Delivered", "Desired", ""], explanation.Fields.Select(field => new[]
        {
            Ink.Plain(field.Field), Ink.Value(field.Delivered), Ink.Value(field.Desired), field.WillSend ? Ink.Changed("will be sent") : "",
        }));
    }

    private static void Print(Screen screen, Failure failure)
    {
        screen.Line();
        screen.Line(
            $"{Ink.Gone(failure.Kind.ToString().ToLowerInvariant())}  {Ink.Plain(failure.Message)} {Ink.Faint($"({failure.Code})")}");
        if (failure.Help is { } help)
            screen.Line($"         {Ink.Plain(help)}");
        screen.Line(
            Ink.Faint(
                $"         first {failure.FirstAt:yyyy-MM-dd HH:mm:ss}Z, last {failure.LastAt:yyyy-MM-dd HH:mm:ss}Z, tried "
                    + $"{Ink.Count(failure.Attempts, "time")}"));
    }

    private static void History(Screen screen, IReadOnlyList<ExplainedSend> history)
    {
        if (history.Count == 0)
            return;
        screen.Line();
        Tables.Print(screen.Results, ["Sent", "Run", "Act", "Changes"], history.Select(send => new[]
        {
            Ink.Plain($"{send.At:yyyy-MM-dd HH:mm:ss}Z"), Ink.Plain(send.Run), Ink.Plain(send.Act), Ink.Value(send.Changes),
        }));
    }
}
