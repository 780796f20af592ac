using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Penstock.Contract;
using Penstock.Engine.Planning;
using Penstock.Server.Components.Pages.Destinations;

namespace Penstock.Server.Tests.Destinations;

public sealed class PlanViewTests : BunitContext
{
    public PlanViewTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLogging();
        Services.AddLocalization();
        Services.AddMudServices();
    }

    [Fact]
    public void A_plan_says_its_numbers_and_its_cost()
    {
        var markup = View(new()
        {
            Destination = "crm",
            Creates = 1204,
            Calls = 17,
            DataPoints = 6020,
            AtLimits = TimeSpan.FromSeconds(75),
        });

        markup.ShouldContain("1,204");
        markup.ShouldContain("17 calls to CRM, at least 1 min 15 s at the vendor's limits, 6,020 data points");
    }

    [Fact]
    public void An_empty_plan_says_that_all_is_there() =>
        View(new() { Destination = "crm", Unchanged = 5 }).ShouldContain("CRM has everything as it should be");

    [Fact]
    public void A_plan_that_leaves_everybody_out_does_not_say_that_all_is_well()
    {
        var markup = View(new()
        {
            Destination = "crm",
            Skips = [new(OutcomeKind.Refused, "row.breaks_rule", "email must be an address.", 9, ["1", "2"])],
        });

        markup.ShouldContain("Nothing would be sent: 9 records are left out");
        markup.ShouldContain("email must be an address.");
    }

    [Fact]
    public void A_guard_that_stops_says_so_in_words()
    {
        var markup = View(new()
        {
            Destination = "crm",
            Removals = 40,
            RemovalMeans = "Delete it.",
            Guards = [new("guard.removals", Stops: true, "40 of 100 would be removed.", null)],
        });

        markup.ShouldContain("40 of 100 would be removed.");
        markup.ShouldContain("until a publisher approves exactly this number");
        markup.ShouldContain("Removing means: Delete it.");
    }

    private string View(DestinationPlan plan) => Render<PlanView>(parameters => parameters
        .Add(one => one.Plan, plan).Add(one => one.Kind, A.Kind).Add(one => one.App, "CRM")
        .Add(one => one.At, DateTimeOffset.UnixEpoch)).Markup;
}
