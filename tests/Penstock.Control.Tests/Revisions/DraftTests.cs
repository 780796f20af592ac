using CsCheck;
using Microsoft.EntityFrameworkCore;
using Penstock.Contract;
using Penstock.Control.Database;
using Penstock.Control.Revisions;
using Penstock.Control.Services;
using Penstock.Engine.Configuration;
using Penstock.Engine.Tests.Configuration;
using Penstock.Testing.Projects;

namespace Penstock.Control.Tests.Revisions;

public sealed class DraftTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Without_anything_the_draft_is_an_empty_project()
    {
        using var server = Server.Start();

        var state = await server.Drafts.GetAsync(None);

        state.Project.Apps.ShouldBeEmpty();
        state.IsChanged.ShouldBeFalse();
        state.BaseRevision.ShouldBe(0);
        state.Problems.ShouldBeEmpty();
        (await server.Drafts.CompareAsync(None)).IsEmpty.ShouldBeTrue();
    }

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task An_edit_is_kept_unfinished_as_it_is_and_says_what_is_missing(string system)
    {
        using var server = await Server.StartAsync(system);
        await server.ApplyAsync();
        var rule = new PropertyRule("ltv", RuleOperator.GreaterThan);

        var state = await server.Drafts.PutGroupAsync(
            Server.Ana, "users", new("vip", new RuleSet(Match.All, [rule])) { Name = "VIP" }, "", None);

        state.Valid.ShouldBeNull();
        state.IsChanged.ShouldBeTrue();
        state.Version.ShouldBe(1);
        state.Problems.ShouldHaveSingleItem().Path.ShouldBe("models.users.groups.vip.all[0].greater_than");
        using var other = server.Open();
        var again = await other.Drafts.GetAsync(None);
        again.Project.Model("users").Groups[^1].Rule.ShouldBeOfType<RuleSet>().Rules.ShouldHaveSingleItem()
            .ShouldBeOfType<PropertyRule>().Values.ShouldBeEmpty();
        again.Things["group:users/vip"].ShouldBe(new(again.Etag("group:users/vip"), true, "Ana Lima", server.Time.GetUtcNow()));
        again.Things["model:users"].IsChanged.ShouldBeFalse();
    }

    [Fact]
    public async Task Any_unfinished_project_can_be_the_draft()
    {
        using var server = Server.Start();
        await server.ApplyAsync();
        await RandomProjects.Unfinished.SampleAsync(
            async project =>
            {
                var state = await server.Drafts.EditAsync(Server.Ana, "project", null, _ => project, None);
                ProjectJson.Write(state.Project).ShouldBe(ProjectJson.Write(project));
                await server.Drafts.CompareAsync(None);
                await server.Drafts.FilesAsync(None);
            },
            iter: 40, threads: 1);
    }

    [Fact]
    public async Task Of_two_who_edit_the_same_the_second_is_told_by_whom_and_when()
    {
        using var server = Server.Start();
        await server.ApplyAsync();
        var seen = (await server.Drafts.GetAsync(None)).Etag("destination:braze_users");
        await server.Drafts.RenameDestinationAsync(Server.Ana, "braze_users", "Hers", seen, None);

        var problem = (await Should.ThrowAsync<PenstockException>(
            () => server.Drafts.RenameDestinationAsync(Server.Ben, "braze_users", "His", seen, None))).Problem;

        problem.Code.ShouldBe("draft.conflict");
        problem.Message.ShouldBe("Ana Lima changed the destination `braze_users` on 2026-11-24 at 10:00 UTC, after you opened it.");
        (await server.Drafts.GetAsync(None)).Project.Destinations[0].Name.ShouldBe("Hers");
    }

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task Many_who_edit_different_things_at_once_all_come_through(string system)
    {
        using var server = await Server.StartAsync(system);
        await server.ApplyAsync();
        using var other = server.Open();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() =>
            (number % 2 == 0 ? server.Services : other).Drafts.PutGroupAsync(
                Server.Ana, "users", new($"g{number}", new RuleSet(Match.All, [])), "", None))));

        var state = await server.Drafts.GetAsync(None);
        state.Project.Model("users").Groups.Count.ShouldBe(9);
        state.Version.ShouldBe(8);
    }

    [Fact]
    public async Task A_model_is_edited_without_touching_its_groups()
    {
        using var server = Server.Start();
        await server.ApplyAsync();
        var model = (await server.Drafts.GetAsync(None)).Project.Model("users");
        await server.Drafts.PutGroupAsync(Server.Ben, "users", new("vip", new RuleSet(Match.All, [])), "", None);

        var state = await server.Drafts.PutModelAsync(Server.Ana, model with { Name = "People" }, null, None);

        state.Project.Model("users").Groups.Select(group => group.Id).ShouldBe(["high_value_automotive", "vip"]);
        state.Project.Model("users").Name.ShouldBe("People");
    }

    [Fact]
    public async Task What_is_in_use_is_not_removed_and_its_users_are_named()
    {
        using var server = Server.Start();
        await server.ApplyAsync();

        var app = await ProblemOf(() => server.Drafts.RemoveAppAsync(Server.Ana, "shop", null, None));
        var model = await ProblemOf(() => server.Drafts.RemoveModelAsync(Server.Ana, "users", null, None));
        var group = await ProblemOf(() => server.Drafts.RemoveGroupAsync(Server.Ana, "users", "high_value_automotive", null, None));
        var property = await ProblemOf(() => server.Drafts.RemovePropertyAsync(Server.Ana, "users", "ltv", null, None));

        app.ShouldBe(
            "draft.in_use: The app *shop* is used by the source *users* of the model *Users*, "
            + "the source *purchases* of the model *Users*.");
        model.ShouldBe("draft.in_use: The model *users* is used by the destination *braze_users*.");
        group.ShouldBe("draft.in_use: The group *high_value_automotive* is used by the destination *braze_users*.");
        property.ShouldBe(
            "draft.in_use: The property `ltv` is used by the group *High value with recent automotive purchase*, "
            + "the destination *braze_users*.");
        (await server.Drafts.GetAsync(None)).IsChanged.ShouldBeFalse();
    }

    [Fact]
    public async Task A_property_is_renamed_wherever_it_is_used()
    {
        using var server = Server.Start();
        await server.ApplyAsync();

        var state = await server.Drafts.RenamePropertyAsync(Server.Ana, "users", "first_name", "given", null, None);
        state = await server.Drafts.RenamePropertyAsync(Server.Ana, "users", "user_id", "uid", null, None);

        state.Problems.ShouldBeEmpty();
        state.Project.Model("users").Find("full_name")!.Expression.ShouldBe("given || ' ' || last_name"); // the example has it
        state.Project.Model("users").Sources[1].Join[0].Property.ShouldBe("uid");
        state.Project.Destinations[0].Mapping.Select(mapping => mapping.Property).ShouldContain("given");
    }

    [Fact]
    public async Task A_published_draft_is_the_next_revision_and_says_so()
    {
        using var server = Server.Start();
        await server.ApplyAsync();
        var announced = new List<long>();
        server.Revisions.Published += (_, published) => announced.Add(published.Revision.Number);
        server.Revisions.Published += (_, _) => throw new InvalidOperationException("what follows may fail");
        var state = await server.Drafts.RenameModelAsync(Server.Ana, "users", "People", null, None);

        var revision = await server.Drafts.PublishAsync(Server.Ana, " New name ", state.Version, None);

        revision.ShouldBe(new(2, server.Time.GetUtcNow(), "1", "Ana Lima", "New name", "draft", revision.Hash));
        announced.ShouldBe([2]);
        (await server.Revisions.CurrentAsync(None))!.Project.Model("users").Name.ShouldBe("People"); // just published
        (await server.Drafts.GetAsync(None)).IsChanged.ShouldBeFalse();
        (await ProblemOf(() => server.Drafts.PublishAsync(Server.Ana, "", state.Version, None))).ShouldStartWith("draft.unchanged");
    }

    [Fact]
    public async Task What_reading_puts_in_order_is_no_change_after_publishing()
    {
        using var server = Server.Start();
        await server.ApplyAsync();
        var state = await server.Drafts.PutProjectAsync(Server.Ana, "Shop", TimeZoneInfo.Utc, "br", null, None);

        await server.Drafts.PublishAsync(Server.Ana, "", state.Version, None);

        var after = await server.Drafts.GetAsync(None);
        (after.IsChanged, after.Project.DefaultCountry, after.BaseRevision).ShouldBe((false, "BR", 2));
        (await server.Revisions.PullAsync(None))!.Files["models/users.yaml"].ShouldBe(ShopProject.Users); // just published
    }

    [Fact]
    public async Task Of_several_who_publish_at_once_one_does()
    {
        using var server = Server.Start();
        await server.ApplyAsync();
        using var other = server.Open();
        var state = await server.Drafts.RenameModelAsync(Server.Ana, "users", "People", null, None);

        var tries = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(async () =>
        {
            try
            {
                await (number % 2 == 0 ? server.Services : other).Drafts.PublishAsync(Server.Ana, "", state.Version, None);
                return true;
            }
            catch (PenstockException exception)
            {
                exception.Problem.Code.ShouldBeOneOf("revision.busy", "draft.unchanged", "draft.conflict");
                return false;
            }
        })));

        tries.Count(published => published).ShouldBe(1);
        (await server.Revisions.NewestNumberAsync(None)).ShouldBe(2);
    }

    [Fact]
    public async Task A_draft_of_another_version_is_told_and_can_be_discarded()
    {
        using var server = Server.Start();
        await server.ApplyAsync();
        await server.Drafts.RenameModelAsync(Server.Ana, "users", "People", null, None);
        await new ControlDatabase(server.Folder, TimeSpan.FromSeconds(5), TimeProvider.System).UseAsync(
            async context =>
            {
                var draft = await context.Drafts.SingleAsync(None);
                (draft.Document, draft.Version) = ("""{"models":[{"groups":[{"rule":{"rule":"later"}}]}]}""", 7);
                await context.SaveChangesAsync(None);
            },
            None);

        (await ProblemOf(() => server.Drafts.GetAsync(None))).ShouldStartWith(
            "draft.unreadable: The draft that Ana Lima last changed on 2026-11-24 at 10:00 UTC can't be read");
        (await server.Drafts.DiscardAsync(Server.Ana, null, None)).Project.Model("users").Name.ShouldBe("Users");
    }

    [Fact]
    public async Task An_unfinished_draft_is_not_published_and_all_its_problems_are_given()
    {
        using var server = Server.Start();
        await server.ApplyAsync();
        await server.Drafts.PutGroupAsync(Server.Ana, "users", new("a", new PropertyRule("nothing", RuleOperator.Equals)), "", None);
        var state = await server.Drafts.PutDestinationAsync(
            Server.Ana, new("d", "braze", "users") { Kind = "users", SyncMode = SyncModes.Sync, Mapping = [] }, "", None);

        var exception = await Should.ThrowAsync<InvalidProjectException>(
            () => server.Drafts.PublishAsync(Server.Ana, "", state.Version, None));

        exception.Problems.Select(problem => problem.Code).ShouldBe(["mapping.key_missing", "rule.value", "reference.unknown"], true);
    }

    [Fact]
    public async Task What_changed_since_it_was_looked_at_is_not_published_or_discarded()
    {
        using var server = Server.Start();
        await server.ApplyAsync();
        var seen = (await server.Drafts.RenameModelAsync(Server.Ana, "users", "People", null, None)).Version;
        await server.Drafts.RenameModelAsync(Server.Ben, "users", "Persons", null, None);

        (await ProblemOf(() => server.Drafts.PublishAsync(Server.Ana, "", seen, None))).ShouldBe(
            "draft.conflict: Ben Okri changed the draft on 2026-11-24 at 10:00 UTC, after you looked at it.");
        (await ProblemOf(() => server.Drafts.DiscardAsync(Server.Ana, seen, None))).ShouldStartWith("draft.conflict");
        (await server.Drafts.DiscardAsync(Server.Ana, seen + 1, None)).Project.Model("users").Name.ShouldBe("Users");
    }

    [Fact]
    public async Task A_draft_that_is_outdated_is_brought_up_to_date_first()
    {
        using var server = Server.Start();
        await server.ApplyAsync();
        var draft = await server.Drafts.RenameModelAsync(Server.Ana, "users", "People", null, None);
        await PublishFromFilesAsync(server, "sync_mode: sync", "sync_mode: additive");

        (await ProblemOf(() => server.Drafts.PublishAsync(Server.Ana, "", draft.Version, None))).ShouldBe(
            "draft.outdated: The draft was begun from revision 1, and since then were published: "
            + "revision 2 by Ben Okri on 2026-11-24 at 10:00 UTC (“theirs”).");
        var rebased = await server.Drafts.RebaseAsync(Server.Ana, draft.Version, new Dictionary<string, RebaseChoice>(), None);

        rebased.Conflicts.ShouldBeEmpty();
        rebased.State.BaseRevision.ShouldBe(2);
        rebased.State.Project.Model("users").Name.ShouldBe("People");
        rebased.State.Project.Destinations[0].SyncMode.ShouldBe(SyncModes.Additive);
        (await server.Drafts.PublishAsync(Server.Ana, "", rebased.State.Version, None)).Number.ShouldBe(3);
    }

    [Theory]
    [InlineData(RebaseChoice.Draft, "Mine")]
    [InlineData(RebaseChoice.Published, "Theirs")]
    public async Task What_was_changed_on_both_sides_is_decided_by_a_person(RebaseChoice choice, string expected)
    {
        using var server = Server.Start();
        await server.ApplyAsync();
        var draft = await server.Drafts.RenameModelAsync(Server.Ana, "users", "Mine", null, None);
        await PublishFromFilesAsync(server, "name: Users", "name: Theirs");

        var asked = await server.Drafts.RebaseAsync(Server.Ana, draft.Version, new Dictionary<string, RebaseChoice>(), None);
        var decided = await server.Drafts.RebaseAsync(
            Server.Ana, draft.Version, new Dictionary<string, RebaseChoice> { ["model:users"] = choice }, None);

        asked.Conflicts.ShouldBe(["model:users"]);
        asked.State.BaseRevision.ShouldBe(1);
        decided.State.Project.Model("users").Name.ShouldBe(expected);
    }

    [Fact]
    public async Task A_project_locked_to_git_takes_edits_and_gives_their_YAML_but_is_not_published()
    {
        using var server = Server.Start();
        await server.ApplyAsync();
        await server.Revisions.SetLockAsync(Server.Ben, true, None);
        var state = await server.Drafts.RenameModelAsync(Server.Ana, "users", "People", null, None);

        state.IsLocked.ShouldBeTrue();
        (await ProblemOf(() => server.Drafts.PublishAsync(Server.Ana, "", state.Version, None))).ShouldStartWith("revision.locked");
        (await ProblemOf(() => server.Revisions.RollbackAsync(Server.Ana, 1, "", None))).ShouldStartWith("revision.locked");
        (await server.Drafts.FilesAsync(None))["models/users.yaml"].ShouldContain("name: People");
        await server.Revisions.SetLockAsync(Server.Ben, false, None);
        (await server.Drafts.PublishAsync(Server.Ana, "", state.Version, None)).Number.ShouldBe(2);
    }

    private static async Task PublishFromFilesAsync(Server server, string before, string after)
    {
        var files = (await server.Revisions.PullAsync(None))!.Files // the test applied some
            .ToDictionary(file => file.Key, file => file.Value.Replace(before, after, StringComparison.Ordinal));
        await server.Revisions.ApplyAsync(Server.Ben, files, "theirs", 1, dryRun: false, None);
    }

    private static async Task<string> ProblemOf(Func<Task> act)
    {
        var problem = (await Should.ThrowAsync<PenstockException>(act)).Problem;
        return $"{problem.Code}: {problem.Message}";
    }
}
