namespace Penstock.Connectors.Tests.Braze.Simulator;

public sealed class IdentityTests
{
    private const string Alias = """{"alias_name":"d1","alias_label":"device"}""";

    [Fact]
    public async Task By_alias_only_what_exists_is_updated_unless_asked_otherwise()
    {
        await using var braze = await SimulatedBraze.StartAsync();

        await braze.GivenAsync($$"""{"user_alias":{{Alias}},"plan":"a"}""");
        braze.Simulator.Stats.Users.ShouldBe(0);
        await braze.GivenAsync($$"""{"user_alias":{{Alias}},"plan":"b","_update_existing_only":false}""");
        await braze.GivenAsync($$"""{"user_alias":{{Alias}},"tier":1}""");

        var user = braze.Simulator.Profiles().ShouldHaveSingleItem();
        user["external_id"].ShouldBeNull();
        user["custom_attributes"].ShouldNotBeNull().ToJsonString().ShouldBe("""{"plan":"b","tier":1}""");
        ((string?)user["user_aliases"]?[0]?["alias_name"]).ShouldBe("d1");
    }

    [Fact]
    public async Task By_braze_id_nobody_is_created()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"external_id":"u"}""");

        await braze.GivenAsync($$"""{"braze_id":"{{braze.User("u")["braze_id"]}}","plan":"a"},{"braze_id":"unknown","plan":"a"}""");

        braze.Simulator.Stats.Users.ShouldBe(1);
        braze.Custom("u", "plan").ShouldBe("\"a\"");
    }

    [Fact]
    public async Task By_email_a_profile_with_an_external_id_comes_first_then_the_most_recent()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"external_id":"old","email":"a@example.com"},{"external_id":"new","email":"a@example.com"}""");
        await braze.GivenAsync($$"""{"user_alias":{{Alias}},"_update_existing_only":false,"email":"a@example.com"}""");

        await braze.GivenAsync("""{"email":"A@Example.com","plan":"a"}""");
        braze.Custom("new", "plan").ShouldBe("\"a\"");
        await braze.GivenAsync("""{"external_id":"old","tier":1}""");
        await braze.GivenAsync("""{"email":"a@example.com","plan":"b"}""");

        braze.Custom("old", "plan").ShouldBe("\"b\"");
        braze.Custom("new", "plan").ShouldBe("\"a\"");
    }

    [Fact]
    public async Task An_unknown_address_makes_a_profile_with_only_that_address()
    {
        await using var braze = await SimulatedBraze.StartAsync();

        await braze.GivenAsync("""{"email":"a@example.com","plan":"a"}""");
        await braze.GivenAsync("""{"email":"a@example.com","tier":1}""");

        ((string?)braze.Simulator.Profiles().ShouldHaveSingleItem()["email"]).ShouldBe("a@example.com");
    }

    [Fact]
    public async Task A_phone_number_finds_its_profile_however_it_is_written_and_the_address_wins()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"external_id":"p","phone":"+1 504-327-7269"},{"external_id":"e","email":"e@example.com"}""");

        await braze.GivenAsync("""{"phone":"5043277269","plan":"a"}""");
        await braze.GivenAsync("""{"phone":"+15043277269","email":"e@example.com","plan":"b"}""");

        braze.Custom("p", "plan").ShouldBe("\"a\"");
        braze.Custom("e", "plan").ShouldBe("\"b\"");
    }

    [Fact]
    public async Task A_new_external_id_with_a_known_address_makes_a_second_profile()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"email":"a@example.com"}""");

        await braze.GivenAsync("""{"external_id":"u","email":"a@example.com"}""");

        braze.Simulator.Stats.Users.ShouldBe(2);
    }

    [Fact]
    public async Task A_new_alias_is_added_to_the_user_and_an_unknown_user_gets_none()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"external_id":"u"}""");

        var reply = await braze.PostAsync("/users/alias/new", """
            {"user_aliases":[
              {"external_id":"u","alias_name":"n1","alias_label":"crm"},
              {"external_id":"nobody","alias_name":"n2","alias_label":"crm"},
              {"alias_name":"n3","alias_label":"crm"}]}
            """);
        await braze.PostAsync(
            "/users/alias/update", """{"alias_updates":[{"alias_label":"crm","old_alias_name":"n1","new_alias_name":"n9"}]}""");
        await braze.GivenAsync("""
            {"user_alias":{"alias_name":"n9","alias_label":"crm"},"plan":"a"},
            {"user_alias":{"alias_name":"n1","alias_label":"crm"},"plan":"b"}
            """);

        reply.Status.ShouldBe(201);
        reply.Json.ToJsonString().ShouldBe("""{"aliases_processed":3,"message":"success"}""");
        braze.Simulator.Stats.Users.ShouldBe(2);
        braze.Custom("u", "plan").ShouldBe("\"a\"");
    }

    [Fact]
    public async Task Identifying_gives_the_anonymous_profile_an_external_id()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync($$"""{"user_alias":{{Alias}},"_update_existing_only":false,"plan":"a"}""");

        var reply = await braze.PostAsync("/users/identify", $$"""{"aliases_to_identify":[{"external_id":"u","user_alias":{{Alias}}}]}""");

        reply.Status.ShouldBe(201);
        reply.Json.ToJsonString().ShouldBe("""{"aliases_processed":1,"message":"success"}""");
        braze.Custom("u", "plan").ShouldBe("\"a\"");
    }

    [Fact]
    public async Task Identifying_as_a_user_that_exists_fills_what_is_missing_and_takes_the_anonymous_profile_away()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"external_id":"u","plan":"kept"}""");
        await braze.GivenAsync("""{"email":"a@example.com","plan":"lost","tier":1}""");

        await braze.PostAsync("/users/identify", """
            {"emails_to_identify":[{"external_id":"u","email":"a@example.com","prioritization":["unidentified","most_recently_updated"]}]}
            """);

        braze.Simulator.Stats.Users.ShouldBe(1);
        braze.User("u")["custom_attributes"].ShouldNotBeNull().ToJsonString().ShouldBe("""{"plan":"kept","tier":1}""");
        ((string?)braze.User("u")["email"]).ShouldBe("a@example.com");
    }

    [Fact]
    public async Task Identifying_succeeds_when_nothing_matches()
    {
        await using var braze = await SimulatedBraze.StartAsync();

        var reply = await braze.PostAsync("/users/identify", $$"""{"aliases_to_identify":[{"external_id":"u","user_alias":{{Alias}}}]}""");

        reply.Status.ShouldBe(201);
        braze.Simulator.Stats.Users.ShouldBe(0);
    }

    [Fact]
    public async Task Merging_answers_202_and_keeps_the_fields_of_the_kept_profile()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"external_id":"from","plan":"lost","tier":1},{"external_id":"into","plan":"kept"}""");

        var reply = await braze.PostAsync("/users/merge", """
            {"merge_updates":[{"identifier_to_merge":{"external_id":"from"},"identifier_to_keep":{"external_id":"into"}}]}
            """);

        reply.Status.ShouldBe(202);
        reply.Text.ShouldBe("""{"message":"success"}""");
        braze.Simulator.Profile("from").ShouldBeNull();
        braze.User("into")["custom_attributes"].ShouldNotBeNull().ToJsonString().ShouldBe("""{"plan":"kept","tier":1}""");
    }

    [Theory]
    [InlineData("""{"merge_updates":{}}""", "'merge_updates' must be an array of objects")]
    [InlineData("""{"merge_updates":["a"]}""", "'merge_updates' must be an array of objects")]
    [InlineData(
        """{"merge_updates":[{"identifier_to_merge":{"external_id":"a"}}]}""",
        "'merge_updates' must only have 'identifier_to_merge' and 'identifier_to_keep'")]
    [InlineData(
        """{"merge_updates":[{"identifier_to_merge":{"external_id":1},"identifier_to_keep":{"external_id":"b"}}]}""",
        "identifiers must be objects with an 'external_id' property that is a string, 'user_alias' property that is an object, "
        + "'email' property that is a string, or 'phone' property that is a string")]
    public async Task A_merge_that_is_not_well_formed_is_refused_in_the_words_of_the_docs(string body, string message)
    {
        await using var braze = await SimulatedBraze.StartAsync();

        var reply = await braze.PostAsync("/users/merge", body);

        reply.Status.ShouldBe(400);
        reply.Message.ShouldBe(message);
    }

    [Fact]
    public async Task Fifty_merges_are_the_most()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        var updates = string.Join(",", Enumerable.Range(0, 51)
            .Select(i => $$$"""{"identifier_to_merge":{"external_id":"a{{{i}}}"},"identifier_to_keep":{"external_id":"b{{{i}}}"}}"""));

        var reply = await braze.PostAsync("/users/merge", $$"""{"merge_updates":[{{updates}}]}""");

        reply.Status.ShouldBe(400);
        reply.Message.ShouldBe("a single request may not contain more than 50 merge updates");
    }

    [Fact]
    public async Task A_renamed_user_is_still_found_by_the_old_id_until_it_is_removed()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"external_id":"abc","plan":"a"}""");

        var renamed = await braze.PostAsync(
            "/users/external_ids/rename", """{"external_id_renames":[{"current_external_id":"abc","new_external_id":"foo"}]}""");
        await braze.GivenAsync("""{"external_id":"abc","tier":1}""");

        renamed.Status.ShouldBe(201);
        renamed.Json.ToJsonString().ShouldBe(
            """{"external_ids":[{"current_external_id":"abc","new_external_id":"foo"}],"rename_errors":[],"message":"success"}""");
        braze.User("foo")["custom_attributes"].ShouldNotBeNull().ToJsonString().ShouldBe("""{"plan":"a","tier":1}""");
        braze.Simulator.Stats.Users.ShouldBe(1);

        var removed = await braze.PostAsync("/users/external_ids/remove", """{"external_ids":["abc","foo"]}""");

        ((string?)removed.Json["removed_ids"]?[0]).ShouldBe("abc");
        ((int?)removed.Json["removal_errors"]?[0]?[1]).ShouldBe(1, "only a deprecated id can be removed");
        braze.Simulator.Profile("abc").ShouldBeNull();
        braze.Simulator.Profile("foo").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("abc", "taken")]
    [InlineData("nobody", "foo")]
    [InlineData("old", "foo")]
    public async Task A_rename_that_cannot_be_is_named_by_its_index(string current, string next)
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"external_id":"abc"},{"external_id":"taken"},{"external_id":"old"}""");
        await braze.PostAsync(
            "/users/external_ids/rename", """{"external_id_renames":[{"current_external_id":"old","new_external_id":"newer"}]}""");

        var reply = await braze.PostAsync("/users/external_ids/rename", $$"""
            {"external_id_renames":[
              {"current_external_id":"taken","new_external_id":"fine"},
              {"current_external_id":"{{current}}","new_external_id":"{{(next == "taken" ? "newer" : next)}}"}]}
            """);

        reply.Status.ShouldBe(201);
        reply.Json["external_ids"].ShouldNotBeNull().AsArray().Count.ShouldBe(1);
        ((int?)reply.Json["rename_errors"]?[0]?[1]).ShouldBe(1);
    }

    [Theory]
    [InlineData("/users/delete", "external_ids")]
    [InlineData("/users/external_ids/remove", "external_ids")]
    public async Task Fifty_ids_are_the_most(string path, string member)
    {
        await using var braze = await SimulatedBraze.StartAsync();
        var ids = string.Join(",", Enumerable.Range(0, 51).Select(i => $"\"u{i}\""));

        (await braze.PostAsync(path, $$"""{"{{member}}":[{{ids}}]}""")).Status.ShouldBe(400);
    }
}
