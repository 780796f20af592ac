using CsCheck;
using Penstock.Contract;
using Penstock.Control.Revisions;
using Penstock.Engine.Configuration;
using Penstock.Engine.Tests.Configuration;
using Penstock.Testing;
using Penstock.Testing.Projects;

namespace Penstock.Control.Tests.Revisions;

public sealed class RevisionTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task What_is_applied_is_pulled_as_the_same_bytes(string system)
    {
        using var server = await Server.StartAsync(system);

        var result = await server.ApplyAsync();
        var pulled = await server.Revisions.PullAsync(None);

        result.Number.ShouldBe(1);
        result.Changes.Things.Select(thing => $"{thing.Kind} {thing.Title}").ShouldContain("Added Destination *braze_users*");
        pulled.ShouldNotBeNull().Files.ShouldBe(ShopProject.Files, ignoreOrder: true);
        (await server.ApplyAsync(1)).IsUnchanged.ShouldBeTrue();
        (await server.Revisions.ListAsync(null, 10, None)).Revisions.ShouldHaveSingleItem().Comment.ShouldBe("first");
    }

    [Fact]
    public async Task Apply_then_pull_is_the_identity()
    {
        using var server = Server.Start();
        await RandomProjects.Finished.SampleAsync(
            async project =>
            {
                var files = ProjectWriter.Write(project);
                await server.Revisions.ApplyAsync(Server.Ana, files, "", null, dryRun: false, None);
                (await server.Revisions.PullAsync(None))!.Files.ShouldBe(files, ignoreOrder: true); // something was applied
                var current = (await server.Revisions.CurrentAsync(None))!;
                ProjectWriter.WriteCanonical(current.Project).ShouldBe(ProjectWriter.WriteCanonical(project));
                current.Info.Hash.ShouldBe(RevisionStore.Hash(project));
            },
            iter: 30, threads: 1);
    }

    [Fact]
    public async Task A_published_draft_reads_as_the_draft_whatever_files_it_was_begun_from()
    {
        using var server = Server.Start();
        await Gen.Select(RandomProjects.Finished, RandomProjects.Finished).SampleAsync(
            async (before, after) =>
            {
                await server.Revisions.ApplyAsync(Server.Ana, ProjectWriter.Write(before), "", null, dryRun: false, None);
                var state = await server.Drafts.EditAsync(Server.Ana, "project", null, _ => after, None);
                if (state.IsChanged)
                    await server.Drafts.PublishAsync(Server.Ana, "", state.Version, None);
                var current = (await server.Revisions.CurrentAsync(None))!; // something was applied
                ProjectWriter.WriteCanonical(current.Project).ShouldBe(ProjectWriter.WriteCanonical(after));
            },
            iter: 30, threads: 1);
    }

    [Fact]
    public async Task Files_whose_things_did_not_change_stay_as_they_are()
    {
        using var server = Server.Start();
        await server.ApplyAsync();
        await server.Drafts.PutGroupAsync(
            Server.Ana, "users",
            new("vip", new RuleSet(Match.All, [new PropertyRule("ltv", RuleOperator.GreaterThan) { Values = [Value.Of(500L)] }])),
            "", None);
        var state = await server.Drafts.PutModelAsync(
            Server.Ana,
            new("orders")
            {
                Sources = [new("orders", "shop") { Table = "orders", PrimaryKey = ["id"] }],
                Properties = [new("oid") { Source = "orders", Column = new() { Name = "oid", Column = "id" } }],
            },
            "", None);

        var changes = await server.Drafts.CompareAsync(None);
        await server.Drafts.PublishAsync(Server.Ana, "", state.Version, None);

        var files = (await server.Revisions.PullAsync(None))!.Files; // just published
        files.Keys.ShouldBe(
            ["destinations/braze-users.yaml", "models/orders.yaml", "models/users.yaml", "penstock.yaml"], ignoreOrder: true);
        files["penstock.yaml"].ShouldBe(ShopProject.Penstock);
        files["destinations/braze-users.yaml"].ShouldBe(ShopProject.Braze);
        changes.Files.Select(file => (file.File, file.Kind, file.LosesComments)).ShouldBe(
            [("models/orders.yaml", ChangeKind.Added, false), ("models/users.yaml", ChangeKind.Changed, true)]);
    }

    [Fact]
    public async Task A_kept_file_that_would_mean_something_else_is_written_out()
    {
        using var server = Server.Start();
        var files = new Dictionary<string, string>
        {
            ["penstock.yaml"] = "project: P # mine\nignore: [data/**]\napps: { a: { type: sqlite, file: a.db } }\n",
            ["models/m.yaml"] = "# the only app is meant\nmodel: m\nsources: [ { table: t, primary_key: id, properties: { i: id } } ]\n",
        };
        await server.ApplyAsync(0, files);
        var state = await server.Drafts.PutAppAsync(
            Server.Ana, new("b", "sqlite") { Texts = new Dictionary<string, string> { ["file"] = "b.db" } }, "", None);
        await server.Drafts.PublishAsync(Server.Ana, "", state.Version, None);

        var pulled = (await server.Revisions.PullAsync(None))!.Files; // just published

        pulled["models/m.yaml"].ShouldContain("app: a");
        pulled["penstock.yaml"].ShouldContain("data/**");
        (await server.Revisions.CurrentAsync(None))!.Project.Model("m").Primary.AppId.ShouldBe("a");
    }

    [Fact]
    public async Task Files_from_an_older_revision_are_not_put_over_a_newer_one()
    {
        using var server = Server.Start();
        await server.ApplyAsync();
        var state = await server.Drafts.RenameModelAsync(Server.Ben, "users", "People", null, None);
        await server.Drafts.PublishAsync(Server.Ben, "New name", state.Version, None);
        var files = ShopProject.Files;
        files["penstock.yaml"] = files["penstock.yaml"].Replace("Shop", "Store", StringComparison.Ordinal);

        var problem = (await Should.ThrowAsync<PenstockException>(() => server.ApplyAsync(1, files))).Problem;
        var forced = await server.ApplyAsync(null, files);

        problem.Code.ShouldBe("revision.conflict");
        problem.Message.ShouldBe(
            "The files come from revision 1, and newer ones were published since: "
            + "revision 2 by Ben Okri on 2026-11-24 at 10:00 UTC (“New name”). They change: Model *People*.");
        forced.Number.ShouldBe(3);
    }

    [Fact]
    public async Task A_dry_run_publishes_nothing()
    {
        using var server = Server.Start();

        var result = await server.Revisions.ApplyAsync(Server.Ana, ShopProject.Files, "", 0, dryRun: true, None);

        (result.Number, result.IsDryRun).ShouldBe((1, true));
        (await server.Revisions.NewestNumberAsync(None)).ShouldBe(0);
    }

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task Any_revision_can_be_gone_back_to(string system)
    {
        using var server = await Server.StartAsync(system);
        await server.ApplyAsync();
        var state = await server.Drafts.RenameModelAsync(Server.Ana, "users", "People", null, None);
        await server.Drafts.PublishAsync(Server.Ana, "", state.Version, None);

        var back = await server.Revisions.RollbackAsync(Server.Ben, 1, "", None);

        (back.Number, back.Comment, back.Origin).ShouldBe((3, "Back to revision 1", "rollback"));
        (await server.Revisions.GetAsync(3, None)).Files.ShouldBe(ShopProject.Files, ignoreOrder: true);
        (await server.Revisions.CompareAsync(1, 3, None)).IsEmpty.ShouldBeTrue();
        (await Should.ThrowAsync<PenstockException>(() => server.Revisions.RollbackAsync(Server.Ben, 9, "", None))).Problem.Code
            .ShouldBe("revision.unknown");
        var page = await server.Revisions.ListAsync(null, 2, None);
        page.Revisions.Select(revision => revision.Number).ShouldBe([3, 2]);
        page.Next.ShouldBe(2);
        (await server.Revisions.ListAsync(page.Next, 2, None)).ShouldSatisfyAllConditions(
            last => last.Revisions.ShouldHaveSingleItem().Number.ShouldBe(1), last => last.Next.ShouldBeNull());
    }

    [Theory]
    [InlineData("../x.yaml")]
    [InlineData("/etc/x.yaml")]
    [InlineData("a/../../x.yaml")]
    [InlineData(".penstock/x.yaml")]
    [InlineData("a\\x.yaml")]
    [InlineData("x.sh")]
    public async Task A_name_that_leads_elsewhere_is_refused(string name)
    {
        using var server = Server.Start();
        var files = ShopProject.Files;
        files[name] = "app: x\ntype: sqlite\nfile: x\n";

        (await Should.ThrowAsync<PenstockException>(() => server.ApplyAsync(0, files))).Problem.Code.ShouldBe("revision.file_name");
    }

    [Fact]
    public async Task Changes_are_told_in_the_words_of_people()
    {
        using var server = Server.Start();
        await server.ApplyAsync();
        await server.Drafts.EditAsync(Server.Ana, "model:users", null, Changed, None);

        var changes = await server.Drafts.CompareAsync(None);

        var text = string.Join('\n', changes.Things.Select(
            thing => $"{thing.Kind} {thing.Title}\n{string.Concat(thing.Details.Select(detail => $"  {detail}\n"))}"))
            + string.Concat(changes.Files.Select(file => $"\n{file.Kind} {file.File}\n"
                + string.Concat(file.Lines.Select(line => $"{Sign(line)}{line.Line,4} {line.Text}\n"))));
        Golden.Match(text, "changes.txt");
    }

    private static string Sign(LineChange line) =>
        line.Kind switch { null => " ", ChangeKind.Added => "+", _ => "-" };

    private static Project Changed(Project project)
    {
        var users = project.Model("users");
        var rules = ((RuleSet)users.Groups[0].Rule).Rules;
        return project with
        {
            TimeZone = TimeZoneInfo.Utc,
            Apps = [.. project.Apps.Where(app => app.Id != "local").Select(app => app.Id == "braze"
                ? app with
                {
                    Texts = app.Texts.ToDictionary(pair => pair.Key, pair => pair.Key == "endpoint" ? "EU-01" : "it is written out"),
                }
                : app)],
            Models =
            [
                users with
                {
                    Properties =
                    [
                        .. users.Properties.Where(property => property.Id != "full_name"),
                        new("vip") { Expression = "ltv > 1000", Type = DataKind.Boolean },
                    ],
                    Groups =
                    [
                        users.Groups[0] with
                        {
                            Rule = new RuleSet(Match.All,
                            [
                                ((PropertyRule)((RuleSet)users.Groups[0].Rule).Rules[0]) with { Values = [Value.Of(200L)] }, rules[1],
                                new RuleSet(Match.Any, [new PropertyRule("email", RuleOperator.Exists), new MembershipRule("vip", true)]),
                            ]),
                        },
                        new("vip", new PropertyRule("vip", RuleOperator.Equals) { Values = [Value.Of(true)] }) { Name = "VIP" },
                    ],
                },
            ],
            Destinations =
            [
                project.Destinations[0] with
                {
                    SyncMode = SyncModes.Additive,
                    Removal = "",
                    Mapping =
                    [
                        .. project.Destinations[0].Mapping.Where(mapping => mapping.Field is not ("language" or "email")),
                        new("email", false) { Property = "email", Nulls = Nulls.Keep },
                        new("last_name", false) { Property = "last_name" },
                    ],
                    Groups = [.. project.Destinations[0].Groups.Skip(1), new("vip", "segment_attribute", "penstock_groups")],
                },
            ],
        };
    }
}
