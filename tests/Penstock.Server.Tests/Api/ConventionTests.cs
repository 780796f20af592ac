using Penstock.Control.Users;
using Penstock.Server.Api;

namespace Penstock.Server.Tests.Api;

public sealed class ConventionTests(ShopServer shop) : IClassFixture<ShopServer>
{
    [Fact]
    public async Task An_unknown_address_is_a_problem_too() => (await shop.GetAsync("nothing")).ShouldBe(404, "api.not_found");

    [Fact]
    public async Task A_method_that_is_not_taken_is_told() =>
        (await shop.SendAsync(HttpMethod.Put, "models", "{}")).ShouldBe(405, "api.method_not_allowed");

    [Fact]
    public async Task Without_a_key_nothing_is_told() =>
        (await shop.SendAsync(HttpMethod.Get, "models", null, key: null)).Status.ShouldBe(401);

    [Fact]
    public async Task An_unknown_field_is_refused_by_its_name() =>
        (await shop.PostAsync("models/users/runs", """{"fulll": true}""")).ShouldBe(400, "api.unknown_field").Text.ShouldContain("fulll");

    [Fact]
    public async Task Malformed_json_is_told_with_its_line() =>
        (await shop.PostAsync("models/users/runs", "{\n\"full\": maybe}")).ShouldBe(400, "api.malformed").Text.ShouldContain("line 2");

    [Fact]
    public async Task A_value_of_another_type_is_told_with_its_place() =>
        (await shop.PostAsync("models/users/runs", """{"full": "yes"}""")).ShouldBe(400, "api.malformed").Text.ShouldContain("$.full");

    [Fact]
    public async Task A_missing_field_is_told_by_its_name() =>
        (await shop.PostAsync("invitations", """{"role": "viewer"}""")).ShouldBe(400, "api.malformed").Text.ShouldContain("email");

    [Fact]
    public async Task A_field_given_twice_is_refused() =>
        (await shop.PostAsync("models/users/runs", """{"full": true, "full": false}""")).ShouldBe(400, "api.malformed");

    [Fact]
    public async Task A_body_that_is_too_large_is_refused() =>
        (await shop.PostAsync("revisions", "{\"files\": {\"a.yaml\": \"" + new string((char)120, (int)ApiSetup.MaxBytes) + "\"}}",
            Role.Administrator, ("Expect", "100-continue")))
            .ShouldBe(413, "api.too_large");

    [Fact]
    public async Task A_parameter_that_cant_be_read_is_named() =>
        (await shop.GetAsync("models/users/records?limit=many")).ShouldBe(400, "api.parameter").Text.ShouldContain("limit");

    [Theory]
    [InlineData("runs?limit=0")]
    [InlineData("runs?limit=501")]
    public async Task A_limit_has_its_range(string path) => (await shop.GetAsync(path)).ShouldBe(400, "api.parameter");

    [Theory]
    [InlineData("runs?cursor=x")]
    [InlineData("revisions?cursor=-1")]
    [InlineData("destinations/braze_users/failures?cursor=x")]
    public async Task A_cursor_of_ones_own_making_is_refused(string path) => (await shop.GetAsync(path)).ShouldBe(400, "api.cursor");

    [Fact]
    public async Task A_role_that_may_not_is_told_so() =>
        (await shop.PostAsync("models/users/runs", "{}", Role.Editor)).Status.ShouldBe(403);

    [Theory]
    [InlineData("models/user", "usage.unknown_model")]
    [InlineData("apps/loca", "usage.unknown_app")]
    [InlineData("destinations/braze", "usage.unknown_destination")]
    [InlineData("models/users/groups/big/count", "usage.unknown_group")]
    [InlineData("runs/999999", "usage.unknown_run")]
    [InlineData("runs/999999/events", "usage.unknown_run")]
    public async Task What_is_not_there_is_404_with_the_command_lines_code(string path, string code) =>
        (await shop.GetAsync(path)).ShouldBe(404, code).Json["help"].ShouldNotBeNull();

    [Fact]
    public void Every_code_with_a_status_is_declared()
    {
        var declared = Contract.ProblemCode.In(
            typeof(Contract.Problem).Assembly, typeof(Penstock.Engine.Configuration.Project).Assembly,
            typeof(Control.ControlServices).Assembly, typeof(ApiProblems).Assembly).Select(code => code.Code).ToHashSet();
        ProblemStatus.Named.Where(code => !declared.Contains(code)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_for_one_model_sees_that_one_only()
    {
        var key = await shop.KeyAsync(Role.Publisher, "accounts");
        (await shop.SendAsync(HttpMethod.Get, "models", null, key)).Good()["items"]!.AsArray().ShouldBeEmpty();
        (await shop.SendAsync(HttpMethod.Get, "models/users", null, key)).ShouldBe(403, "api.other_model");
        (await shop.SendAsync(HttpMethod.Post, "models/users/runs", "{}", key)).ShouldBe(403, "api.other_model");
        (await shop.SendAsync(HttpMethod.Get, "destinations/braze_users", null, key)).ShouldBe(403, "api.other_model");
        (await shop.SendAsync(HttpMethod.Get, "draft", null, key)).ShouldBe(403, "api.other_model");
    }
}
