using Penstock.Cli.Output;
using Penstock.Cli.Wiring;
using Penstock.Engine.Planning;
using Penstock.Engine.Runs;
using Penstock.Testing;

namespace Penstock.EndToEnd.Tests.Commands;

public sealed class PrintingTests
{
    [Fact]
    public void A_plan_reads_like_a_good_diff() => Golden.Match(Print(screen => PlanPrinter.Print(screen, A.Run())), "plan.txt");

    [Fact]
    public void A_run_is_told_in_a_few_lines() => Golden.Match(Print(screen => RunPrinter.Print(screen, A.Run())), "run.txt");

    [Fact]
    public void An_explanation_goes_from_the_values_to_what_would_be_sent() =>
        Golden.Match(Print(screen => ExplanationPrinter.Print(screen, Explanation())), "explanation.txt");

    [Fact]
    public void A_plan_with_nothing_to_send_says_so()
    {
        var plan = new DestinationPlan { Destination = "braze_users", Unchanged = 1000 };
        var run = A.Run() with { RowProblems = [], Destinations = [A.Served() with { Plan = plan }] };

        Print(screen => PlanPrinter.Print(screen, run)).ShouldContain("nothing to send   = 1,000 unchanged");
    }

    [Fact]
    public void Colours_are_for_terminals_without_NO_COLOR_only()
    {
        const char Escape = '\u001b';
        var none = new Dictionary<string, string>();

        Print(screen => RunPrinter.Print(screen, A.Run()), terminal: true, none).ShouldContain(Escape);
        Print(screen => RunPrinter.Print(screen, A.Run()), terminal: true, new() { ["NO_COLOR"] = "1" }).ShouldNotContain(Escape);
        Print(screen => RunPrinter.Print(screen, A.Run()), terminal: true, new() { ["TERM"] = "dumb" }).ShouldNotContain(Escape);
        Print(screen => RunPrinter.Print(screen, A.Run()), terminal: false, none).ShouldNotContain(Escape);
    }

    [Fact]
    public void Nothing_of_the_data_reaches_the_terminal_as_a_command()
    {
        var plan = new DestinationPlan
        {
            Destination = "d",
            Creates = 1,
            Samples = [new("create", "\u001b]0;title\u0007[red]k[/]", null, [new("f", null, "a\nb\u202ec\u009b2J")])],
        };

        var printed = Print(screen => PlanPrinter.Print(screen, A.Run() with { Destinations = [A.Served() with { Plan = plan }] }));

        printed.ShouldContain("␛]0;title␇[red]k[/]");
        printed.ShouldContain("a␊b\ufffdc\ufffd2J");
    }

    [Fact]
    public void Progress_is_told_with_rate_and_time_left() =>
        ProgressPrinter.Text(new("users", RunStep.Deliver, "braze_users", 1_200, 5_000) { Rate = 800, Calls = 16, Refused = 2 })
            .ShouldBe("users · deliver braze_users · 1,200 of 5,000 (24 %) · 800/s · 4.8 s left · 16 calls · 2 refused");

    private static Explanation Explanation() => new()
    {
        Destination = "braze_users",
        Key = "231",
        InModel = true,
        Wanted = true,
        Values =
            [new("email", "elga@demo.com", "shop · users.email"), new("ltv", "142.16", "shop · sum of purchases.price"),
                new("language", null, "shop · users.language")],
        Groups =
        [
            new("high_value_automotive", true,
                [new(0, "all of", true, null), new(1, "ltv greater than 100", true, "142.16"),
                    new(1, "language equals French", false, null)]),
        ],
        DeliveredAt = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero),
        Fields = [new("email", "elga@demo.com", "elga@demo.com", false), new("ltv", "97.16", "142.16", true)],
        Act = "update",
        Failure = new(
            "231", Contract.OutcomeKind.Refused, "braze.email", "email must be an e-mail address", "Correct it.",
            new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero),
            new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero), 2),
        History = [new(new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero), "12", "update", """{"ltv":97.16}""")],
    };

    private static string Print(Action<Screen> print, bool terminal = false, Dictionary<string, string>? environment = null)
    {
        var writer = new StringWriter { NewLine = "\n" };
        print(new Screen(
            new Surroundings
            {
                Output = writer,
                Error = writer,
                OutputIsTerminal = terminal,
                ErrorIsTerminal = terminal,
                Environment = environment ?? [],
                Folder = "/"
            },
            json: false));
        return writer.ToString();
    }
}
