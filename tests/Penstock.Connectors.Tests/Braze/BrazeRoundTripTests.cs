using Penstock.Connectors.Tests.Contract;
using Penstock.Contract;
using Penstock.Simulators.Braze;

namespace Penstock.Connectors.Tests.Braze;

/// <summary>The connector against the simulator: what it sends is what the workspace holds.</summary>
public sealed class BrazeRoundTripTests
{
    private const string OtherGroup = "7c1f2e8a-52aa-4b0e-9a0d-0f7f3f1c9e22";

    private static readonly DestinationContext Groups = A.Destination("email") with
    {
        Groups =
        [
            A.Group("vip", "segment_attribute", "penstock_groups"),
            A.Group("fans", "segment_attribute", "penstock_groups"),
            A.Group("rich", "boolean_attribute", "is_rich"),
            A.Group("news", "subscription_group", A.Newsletter, "unsubscribe"),
            A.Group("terms", "subscription_group", OtherGroup, "leave_alone"),
        ],
    };

    [Fact]
    public async Task A_good_key_works_and_leaves_no_trace()
    {
        await using var braze = await Workspace.StartAsync();
        (await braze.TestAsync()).ShouldContain("the key is good");
        braze.Simulator.Profiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_key_and_a_key_that_may_not_are_told_apart()
    {
        await using var wrong = await Workspace.StartAsync(key: "wrong-key-4711");
        var refused = await Should.ThrowAsync<ConnectionException>(wrong.TestAsync);
        refused.Fault.ShouldBe(ConnectionFault.NotAuthorised);
        refused.ToString().ShouldNotContain("wrong-key-4711");

        await using var mayNot = await Workspace.StartAsync(new() { Permissions = new HashSet<string> { "users.delete" } });
        (await Should.ThrowAsync<ConnectionException>(mayNot.TestAsync)).Fault.ShouldBe(ConnectionFault.NoPermission);
    }

    [Fact]
    public async Task Every_field_that_is_declared_is_stored()
    {
        await using var braze = await Workspace.StartAsync();
        using var trial = new Trial("braze-users");
        var batch = new Batch(trial.Destination, Operation.Write, 1);
        batch.Add(0, "ann", isCreate: true);
        foreach (var (place, field) in trial.Destination.Fields.Index())
            batch.Set(place, field.Name == "time_zone" ? Value.Of("America/Sao_Paulo") : Sample.Of(field));
        A.Told(await braze.WriteAsync(batch)).ShouldBe("Delivered");

        var user = braze.User("ann").ShouldNotBeNull();
        foreach (var field in trial.Destination.Fields)
            (field.IsCustom ? user["custom_attributes"]?[field.Name] : user[field.Name]).ShouldNotBeNull(field.Name);
    }

    [Fact]
    public async Task Every_code_that_is_declared_is_known()
    {
        await using var braze = await Workspace.StartAsync();
        foreach (var name in new[] { "country", "language" })
        {
            foreach (var codes in A.Kind.Fields.Single(field => field.Name == name).Allowed.Chunk(75))
            {
                await braze.WriteAsync(A.Users(A.Destination(name), [.. codes.Select(code => new[] { Value.Of(code) })]));
                foreach (var (number, code) in codes.Index())
                    braze.User($"u{number}")![name]!.GetValue<string>().ShouldBe(code);
            }
        }
    }

    [Theory]
    [InlineData(SyncModes.Sync)]
    [InlineData(SyncModes.Additive)]
    public async Task Syncing_creates_changes_and_clears(SyncModes mode)
    {
        await using var braze = await Workspace.StartAsync();
        var destination = A.Destination("first_name", "ltv") with { Mode = mode };
        A.Told(await braze.WriteAsync(A.Users(destination, [Value.Of("Ann"), Value.Of(12.5m)]))).ShouldBe("Delivered");
        braze.Held("u0", "first_name").ShouldBe("\"Ann\"");
        braze.Held("u0", "custom_attributes", "ltv").ShouldBe("12.5");

        await braze.WriteAsync(A.Users(destination, [Value.Of("Anne"), Value.Null]));
        braze.Held("u0", "first_name").ShouldBe("\"Anne\"");
        braze.Held("u0", "custom_attributes", "ltv").ShouldBe("null");
    }

    [Fact]
    public async Task Enriching_changes_who_is_there_and_creates_nobody()
    {
        await using var braze = await Workspace.StartAsync();
        await braze.GivenAsync("""{"external_id":"u0","first_name":"Ann"}""");
        var enriching = A.Destination("first_name") with { Mode = SyncModes.Enrich };
        A.Told(await braze.WriteAsync(A.Users(enriching, [Value.Of("Anne")], [Value.Of("Bob")]))).ShouldBe("Delivered Delivered");
        braze.Held("u0", "first_name").ShouldBe("\"Anne\"");
        braze.User("u1").ShouldBeNull();
        A.Told(await braze.FindAsync(A.Users(2, Operation.Find, enriching))).ShouldBe("Delivered Skipped");
    }

    [Fact]
    public async Task Entering_and_leaving_groups_shows_in_each_form()
    {
        await using var braze = await Workspace.StartAsync();
        await braze.GivenAsync("""{"external_id":"ann","penstock_groups":["somebody else's"]}""");

        await braze.WriteAsync(Everywhere(entered: true));
        braze.Held("ann", "custom_attributes", "penstock_groups").ShouldBe("""["somebody else\u0027s","vip","fans"]""");
        braze.Held("ann", "custom_attributes", "is_rich").ShouldBe("true");
        braze.Held("ann", "subscription_groups", A.Newsletter).ShouldBe("\"subscribed\"");
        braze.Held("ann", "subscription_groups", OtherGroup).ShouldBe("\"subscribed\"");

        await braze.WriteAsync(Everywhere(entered: false));
        braze.Held("ann", "custom_attributes", "penstock_groups").ShouldBe("""["somebody else\u0027s"]""");
        braze.Held("ann", "custom_attributes", "is_rich").ShouldBe("false");
        braze.Held("ann", "subscription_groups", A.Newsletter).ShouldBe("\"unsubscribed\"");
        braze.Held("ann", "subscription_groups", OtherGroup).ShouldBe("\"subscribed\"", "left alone");
    }

    [Fact]
    public async Task A_new_user_enters_its_groups_in_the_request_that_creates_it()
    {
        await using var braze = await Workspace.StartAsync();
        await braze.WriteAsync(Everywhere(entered: true));
        braze.Held("ann", "custom_attributes", "penstock_groups").ShouldBe("""["vip","fans"]""");
        braze.Simulator.Stats.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task Bad_users_are_refused_alone_and_leave_no_trace()
    {
        await using var braze = await Workspace.StartAsync();
        var outcomes = await braze.WriteAsync(A.Users(
            A.Destination("email", "email_subscribe", "current_location"),
            [Value.Of("ann@example.com"), Value.Of("opted_in"), Value.OfJson("""{"longitude":1,"latitude":2}""")],
            [Value.Of("no address"), Value.Of("opted_in")],
            [Value.Of("cleo@example.com"), Value.Of("perhaps")],
            [Value.Of("dora@example.com"), Value.Of("subscribed"), Value.OfJson("""{"lat":2}""")],
            [Value.Of("emma@example.com")]));
        A.Told(outcomes).ShouldBe("Delivered Refused Refused Refused Delivered");
        new[] { outcomes[1], outcomes[2], outcomes[3] }.Select(outcome => outcome.Reason!.Code)
            .ShouldBe(["braze.bad_email", "braze.bad_consent", "braze.bad_location"]);
        braze.Simulator.Profiles().Select(user => (string?)user["external_id"]).ShouldBe(["u0", "u4"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_request_of_bad_users_only_refuses_each()
    {
        await using var braze = await Workspace.StartAsync();
        var outcomes = await braze.WriteAsync(A.Users(A.Destination("email"), [Value.Of("bad")], [Value.Of("worse")]));
        A.Told(outcomes).ShouldBe("Refused Refused");
        outcomes.WholeReason.ShouldBeNull();
        outcomes[1].Reason!.Code.ShouldBe("braze.bad_email");
    }

    [Fact]
    public async Task An_id_that_is_too_long_or_blocked_is_explained()
    {
        await using var braze = await Workspace.StartAsync(new() { BlockedExternalIds = new HashSet<string> { "u0" } });
        var batch = A.Users(1);
        batch.Add(1, new string('x', 988), isCreate: true);
        batch.Add(2, new string('x', 987), isCreate: true);
        var outcomes = await braze.WriteAsync(batch);
        A.Told(outcomes).ShouldBe("Refused Refused Delivered");
        outcomes[0].Reason!.Code.ShouldBe("braze.blocked_user");
        outcomes[1].Reason!.Code.ShouldBe("braze.external_id_too_long");
    }

    [Fact]
    public async Task An_older_contracts_cap_names_the_option_that_heeds_it()
    {
        await using var braze = await Workspace.StartAsync(new() { ObjectCap = 50 });
        var outcomes = await braze.WriteAsync(A.Users(75));
        outcomes.WholeReason.ShouldNotBeNull().Help.ShouldNotBeNull().ShouldContain("object_cap: 50");
        A.Told(await braze.WriteAsync(A.Users(50))).ShouldNotContain("Refused");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_as_a_whole()
    {
        await using var braze = await Workspace.StartAsync();
        var story = Value.Of(new string('x', 3_000_000));
        var outcomes = await braze.WriteAsync(A.Users(A.Destination("story"), [story], [story]));
        outcomes.WholeReason.ShouldNotBeNull().Code.ShouldBe("braze.too_large");
    }

    [Fact]
    public async Task Deleting_is_for_good_and_twice_is_once()
    {
        await using var braze = await Workspace.StartAsync();
        await braze.WriteAsync(A.Users(2));
        for (var time = 0; time < 2; time++)
        {
            A.Told(await braze.RemoveAsync(A.Users(1, Operation.Remove))).ShouldBe("Delivered");
            braze.User("u0").ShouldBeNull();
            braze.User("u1").ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task A_rename_keeps_the_user_and_twice_is_once()
    {
        await using var braze = await Workspace.StartAsync();
        await braze.GivenAsync("""{"external_id":"old0","first_name":"Ann"}""");
        for (var time = 0; time < 2; time++)
        {
            A.Told(await braze.RenameAsync(A.Users(1, Operation.Rename))).ShouldBe("Delivered");
            braze.Held("u0", "first_name").ShouldBe("\"Ann\"");
            braze.Simulator.Profiles().Count.ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_rename_says_why_it_can_not_be_done()
    {
        await using var braze = await Workspace.StartAsync();
        await braze.GivenAsync("""{"external_id":"old0"},{"external_id":"u0"},{"external_id":"old1"}""");
        var outcomes = await braze.RenameAsync(A.Users(3, Operation.Rename));
        A.Told(outcomes).ShouldBe("Refused Delivered Refused");
        outcomes[0].Reason!.Code.ShouldBe("braze.id_taken");
        outcomes[2].Reason!.Code.ShouldBe("braze.nobody_to_rename");
    }

    [Fact]
    public async Task A_rename_that_was_done_before_needs_a_permission_to_be_known()
    {
        var permissions = new HashSet<string> { "users.track", "users.external_ids.rename" };
        await using var braze = await Workspace.StartAsync(new() { Permissions = permissions });
        await braze.GivenAsync("""{"external_id":"old0"}""");
        A.Told(await braze.RenameAsync(A.Users(1, Operation.Rename))).ShouldBe("Delivered");
        var outcomes = await braze.RenameAsync(A.Users(1, Operation.Rename));
        A.Told(outcomes).ShouldBe("Failed");
        outcomes[0].Reason!.Help.ShouldNotBeNull().ShouldContain("users.export.ids");
    }

    [Theory]
    [InlineData("braze.unreadable_answer", BrazeFaultKind.Garbage)]
    [InlineData("braze.unreadable_answer", BrazeFaultKind.Truncate)]
    public async Task A_broken_answer_is_sent_again_and_does_no_harm(string code, BrazeFaultKind fault)
    {
        await using var braze = await Workspace.StartAsync();
        braze.Simulator.AddFault(new() { Times = 1, Kind = fault });
        var outcomes = await Told();
        (outcomes?.WholeReason?.Code ?? code).ShouldBe(code);
        A.Told(await braze.WriteAsync(A.Users(2))).ShouldBe("Delivered Delivered");
        braze.Simulator.Profiles().Count.ShouldBe(2);

        // Half a body may end the connection instead: then the engine sends again.
        async Task<Outcomes?> Told()
        {
            try
            {
                return await braze.WriteAsync(A.Users(2));
            }
            catch (HttpRequestException)
            {
                return null;
            }
        }
    }

    private static Batch Everywhere(bool entered)
    {
        var batch = new Batch(Groups, Operation.Write, 1);
        batch.Add(0, "ann", isCreate: entered);
        for (var group = 0; group < Groups.Groups.Count; group++)
            batch.SetGroup(group, entered);
        return batch;
    }
}
