using System.Text.Json.Nodes;
using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Engine.Runs;

namespace Penstock.EndToEnd.Tests.Runs;

/// <summary>One record against Braze: shown without being sent, then sent alone.</summary>
public sealed class TrialTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_preview_shows_the_request_that_a_run_then_sends_and_sends_nothing_itself()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1, "ann@example.com", "Ann");
        shop.Buys(1, 150, "Automotive", TimeSpan.FromDays(3));
        var project = await LoadedAsync(shop);
        var inspector = new DestinationInspector(shop.Runner());

        var preview = await inspector.PreviewRecordAsync(project, project.Destinations[0], null, whole: false, Token);

        preview.Problem.ShouldBeNull();
        shop.Braze.Stats.Requests.ShouldBe(0);
        (preview.Record, preview.Act).ShouldBe(("1", "create"));
        preview.Fields.ShouldContain(new ExplainedField("email", null, "ann@example.com", true));
        var request = preview.Requests.ShouldHaveSingleItem();
        (request.Method, request.Headers["Authorization"]).ShouldBe(("POST", "***"));
        request.Body.ShouldNotContain(Shop.Key);
        await shop.RunAsync();
        var sent = shop.Braze.Requests.Last(call => call.Path == "/users/track").Body;
        JsonNode.DeepEquals(JsonNode.Parse(request.Body), JsonNode.Parse(sent)).ShouldBeTrue($"{request.Body}\n{sent}");
        (await inspector.PreviewRecordAsync(project, project.Destinations[0], "1", whole: false, Token)).Requests.ShouldBeEmpty();
        (await inspector.PreviewRecordAsync(project, project.Destinations[0], "1", whole: true, Token))
            .Requests.ShouldHaveSingleItem().Body.ShouldBe(request.Body);
    }

    [Fact]
    public async Task A_trial_delivers_one_record_and_the_run_after_it_the_others()
    {
        await using var shop = await Shop.OpenAsync();
        for (var id = 1; id <= 3; id++)
            shop.User(id);
        var project = await LoadedAsync(shop);
        var inspector = new DestinationInspector(shop.Runner());

        var trial = await inspector.SendOneAsync(project, project.Destinations[0], "2", "trial-1", again: false, Token);

        (trial.Act, trial.Outcome, trial.Problem).ShouldBe(("create", OutcomeKind.Delivered, null));
        var exchange = trial.Exchanges.ShouldHaveSingleItem();
        (exchange.Status, exchange.Request.Contains("\"2\"", StringComparison.Ordinal)).ShouldBe((201, true));
        shop.There(2).ShouldNotBeNull();
        (shop.There(1), shop.There(3)).ShouldBe((null, null));
        var again = await inspector.SendOneAsync(project, project.Destinations[0], "2", "trial-2", again: false, Token);
        (again.Act, again.Outcome, again.Exchanges.Count).ShouldBe(("nothing", OutcomeKind.None, 0));
        var detail = await new Inspector(shop.Runner()).RecordAsync(project, project.Models[0], "2", Token);
        detail.Destinations[0].History.ShouldHaveSingleItem().Run.ShouldBe("trial-1");
        (await shop.RunAsync()).Destinations[0].Created.ShouldBe(2);
    }

    [Fact]
    public async Task A_trial_removes_nobody_and_forgets_no_refusal_of_others()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1);
        shop.User(2);
        shop.User(3, "not an address");
        shop.User(4);
        await shop.RunAsync();
        shop.Run("DELETE FROM users WHERE id = 2");
        shop.User(1, "new@example.com");
        var project = await LoadedAsync(shop);
        var inspector = new DestinationInspector(shop.Runner());

        var trial = await inspector.SendOneAsync(project, project.Destinations[0], "1", "trial", again: false, Token);

        (trial.Act, trial.Outcome).ShouldBe(("update", OutcomeKind.Delivered));
        shop.There(2).ShouldNotBeNull();
        var failures = await shop.Runner().FailuresAsync(project, project.Destinations[0], Token).ToListAsync(Token);
        failures.ShouldHaveSingleItem().Key.ShouldBe("3");
        var removals = await new Inspector(shop.Runner()).RemovalsAsync(project, project.Destinations[0], null, 10, Token);
        removals.Changes.ShouldHaveSingleItem().Key.ShouldBe("2", "the plan of the model is there again");
    }

    [Fact]
    public async Task A_trial_with_a_refused_address_says_so_and_with_a_wrong_key_too()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1, "not an address");
        shop.User(2);
        var project = await LoadedAsync(shop);
        var inspector = new DestinationInspector(shop.Runner());

        var refused = await inspector.SendOneAsync(project, project.Destinations[0], "1", "t1", again: false, Token);
        var parked = await inspector.SendOneAsync(project, project.Destinations[0], "1", "t2", again: false, Token);
        var forced = await inspector.SendOneAsync(project, project.Destinations[0], "1", "t3", again: true, Token);
        shop.KeyGiven = "wrong-key-77aa";
        var wrong = await inspector.SendOneAsync(project, project.Destinations[0], "2", "t4", again: false, Token);

        refused.Outcome.ShouldBe(OutcomeKind.Refused);
        refused.Problem.ShouldNotBeNull().Message.ShouldContain("email");
        (parked.Outcome, parked.Exchanges.Count).ShouldBe((OutcomeKind.Skipped, 0));
        forced.Outcome.ShouldBe(OutcomeKind.Refused);
        (wrong.Outcome, wrong.Exchanges.Count > 0).ShouldBe((OutcomeKind.Failed, true));
        wrong.Problem.ShouldNotBeNull().Message.ShouldContain("key");
        wrong.ToString().ShouldNotContain("wrong-key-77aa");
        string.Join('\n', wrong.Exchanges).ShouldNotContain("wrong-key-77aa");
    }

    [Fact]
    public async Task Enrich_creates_nobody_in_a_trial_either()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1);
        shop.Files["destinations/braze.yaml"] = shop.Files["destinations/braze.yaml"]
            .Replace("sync_mode: sync", "sync_mode: enrich", StringComparison.Ordinal);
        var project = await LoadedAsync(shop);
        var inspector = new DestinationInspector(shop.Runner());

        await inspector.SendOneAsync(project, project.Destinations[0], "1", "t", again: false, Token);

        shop.There(1).ShouldBeNull();
    }

    [Fact]
    public async Task A_draft_is_loaded_planned_and_tried_without_touching_the_live_workspace()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1, "ann@example.com", "Ann");
        shop.User(2, "bob@example.com", "Bob");
        await shop.RunAsync();
        var live = shop.Project();
        shop.Files["models/users.yaml"] = shop.Files["models/users.yaml"]
            .Replace("language: language }", "language: language, tongue: language }", StringComparison.Ordinal);
        shop.Files["destinations/braze.yaml"] = shop.Files["destinations/braze.yaml"]
            .Replace("greeting: greeting", "greeting: greeting, tongue: tongue", StringComparison.Ordinal);
        var project = shop.Project();
        var draft = shop.Runner().Draft("d-1");
        var inspector = new Inspector(draft);
        var before = await inspector.LoadedAsync(project.Models[0], Token);

        await draft.LoadAsync(project, project.Models[0], null, Token);
        var plan = await draft.PlanAsync(project, project.Models[0], new() { Id = "plan", Loaded = true }, null, Token);
        var trial = await new DestinationInspector(draft).SendOneAsync(project, project.Destinations[0], "2", "t", again: false, Token);

        (before.IsDraft, before.Properties["tongue"], before.Properties["email"])
            .ShouldBe((false, LoadedState.Missing, LoadedState.Current));
        (await inspector.LoadedAsync(project.Models[0], Token)).IsCurrent.ShouldBeTrue();
        (plan.Destinations[0].Plan.Updates, plan.Destinations[0].Plan.Creates).ShouldBe((2, 0));
        (trial.Act, trial.Outcome, trial.Problem).ShouldBe(("update", OutcomeKind.Delivered, null));
        shop.There(2)!["custom_attributes"]!["tongue"]!.GetValue<string>().ShouldBe("English");
        shop.There(1)!["custom_attributes"]!["tongue"].ShouldBeNull();
        (await new Inspector(shop.Runner()).LoadedAsync(project.Models[0], Token)).Properties["tongue"].ShouldBe(LoadedState.Missing);
        await shop.Runner().DiscardDraftAsync("d-1", Token);
        Directory.Exists(Path.Combine(shop.Folder, ".penstock", "drafts", "d-1")).ShouldBeFalse();
        (await shop.RunAsync()).Destinations[0].Updated.ShouldBe(1);
        live.Models.Count.ShouldBe(1);
    }

    private static async Task<Project> LoadedAsync(Shop shop)
    {
        var project = shop.Project();
        await shop.Runner().LoadAsync(project, project.Models[0], null, Token);
        return project;
    }
}
