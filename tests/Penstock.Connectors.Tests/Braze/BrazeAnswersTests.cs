using Penstock.Connectors.Braze;
using Penstock.Contract;
using Penstock.Testing.Http;

namespace Penstock.Connectors.Tests.Braze;

/// <summary>What Braze's answers come to, record by record.</summary>
public sealed class BrazeAnswersTests
{
    private const string NoData = "Valid data must be provided in the 'attributes', 'events', or 'purchases' fields.";

    [Theory]
    [InlineData(201, """{"attributes_processed":3,"message":"success"}""")]
    [InlineData(201, """{"message":"success"}""")]
    [InlineData(202, """{"message":"queued"}""")]
    public async Task Without_errors_all_are_delivered(int status, string body) =>
        A.Told(await WriteAsync(3, status, body)).ShouldBe("Delivered Delivered Delivered");

    [Fact]
    public async Task A_201_refuses_just_the_users_it_names()
    {
        var outcomes = await WriteAsync(
            5,
            201,
            """
            {"attributes_processed":2,"errors":[
              {"index":1,"input_array":"attributes","type":"'email_subscribe' must be 'subscribed', 'unsubscribed', or 'opted_in'"},
              {"index":3,"input_array":"attributes","type":"'push_subscribe' must be 'subscribed', 'unsubscribed', or 'opted_in'"},
              {"index":4,"input_array":"attributes","type":"EMAIL_BAD_FORMAT"}],"message":"success"}
            """);
        A.Told(outcomes).ShouldBe("Delivered Refused Delivered Refused Refused");
        outcomes[1].Reason!.Code.ShouldBe("braze.bad_consent");
        outcomes[3].Reason!.Code.ShouldBe("braze.bad_consent");
        outcomes[4].Reason!.Code.ShouldBe("braze.bad_email");
        outcomes.WholeReason.ShouldBeNull();
    }

    [Fact]
    public async Task A_400_that_names_all_users_refuses_each_with_its_own_reason()
    {
        var outcomes = await WriteAsync(
            2,
            400,
            $$"""
            {"message":"{{NoData}}","errors":[
              {"type":"EMAIL_BAD_FORMAT","input_array":"attributes","index":0},
              {"type":"BAD_LOCATION_UPDATE","input_array":"attributes","index":1}]}
            """);
        A.Told(outcomes).ShouldBe("Refused Refused");
        outcomes.WholeReason.ShouldBeNull();
        outcomes[0].Reason!.Code.ShouldBe("braze.bad_email");
        outcomes[1].Reason!.Code.ShouldBe("braze.bad_location");
    }

    [Fact]
    public async Task A_400_that_names_some_users_is_halved_so_that_the_others_are_sent_again_in_the_same_run()
    {
        var outcomes = await WriteAsync(
            3, 400, $$"""{"message":"{{NoData}}","errors":[{"type":"EMAIL_BAD_FORMAT","input_array":"attributes","index":0}]}""");
        outcomes.WholeReason.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("""{"message":"success","errors":[{"type":"EMAIL_BAD_FORMAT","input_array":"attributes","index":7}]}""")]
    [InlineData("""{"message":"success","errors":[{"type":"EMAIL_BAD_FORMAT","input_array":"attributes","index":-1}]}""")]
    [InlineData("""{"message":"success","errors":[{"type":"EMAIL_BAD_FORMAT","input_array":"events","index":0}]}""")]
    [InlineData("""{"message":"success","errors":[{"type":"EMAIL_BAD_FORMAT"}]}""")]
    [InlineData("""{"message":"success","errors":["EMAIL_BAD_FORMAT"]}""")]
    [InlineData("""{"message":"success","errors":[{"type":"x","input_array":"attributes","index":0},{"type":"EMAIL_BAD_FORMAT"}]}""")]
    public async Task An_error_without_a_place_is_found_by_halving(string body)
    {
        var outcomes = await WriteAsync(2, 201, body);
        outcomes.WholeReason.ShouldNotBeNull().Code.ShouldBe("braze.bad_email");
    }

    [Theory]
    [InlineData(400, """{"message":"Max Input Length Exceeded"}""", "braze.too_many_users")]
    [InlineData(400, """{"message":"Something new"}""", "braze.refused")]
    [InlineData(413, "<html>413 Request Entity Too Large</html>", "braze.too_large")]
    [InlineData(413, "", "braze.too_large")]
    public async Task A_request_refused_as_a_whole_is_halved(int status, string body, string code)
    {
        var outcomes = await WriteAsync(3, status, body);
        outcomes.WholeReason.ShouldNotBeNull().Code.ShouldBe(code);
        (await WriteAsync(1, status, body))[0].ShouldSatisfyAllConditions(
            outcome => outcome.Kind.ShouldBe(OutcomeKind.Refused), outcome => outcome.Reason!.Code.ShouldBe(code));
    }

    [Theory]
    [InlineData(200, "<html>Sign in</html>")]
    [InlineData(201, "")]
    [InlineData(201, """{"message":"success","errors":[{"ty""")]
    [InlineData(200, """{"ok":true}""")]
    [InlineData(400, "<html>Bad request</html>")]
    public async Task An_answer_that_is_not_brazes_parks_nobody_and_delivers_nobody(int status, string body)
    {
        (await WriteAsync(2, status, body)).WholeReason.ShouldNotBeNull().Code.ShouldBe("braze.unreadable_answer");
        A.Told(await WriteAsync(1, status, body)).ShouldBe("Failed");
    }

    [Theory]
    [InlineData(415)]
    [InlineData(409)]
    public async Task An_answer_nobody_expects_parks_nobody(int status) =>
        A.Told(await WriteAsync(2, status, """{"message":"Unsupported Media Type"}""")).ShouldBe("Failed Failed");

    [Fact]
    public async Task Only_a_400_and_a_201_can_name_users() =>
        A.Told(await WriteAsync(1, 409, """{"message":"No","errors":[{"type":"EMAIL_BAD_FORMAT","input_array":"attributes","index":0}]}"""))
            .ShouldBe("Failed");

    [Fact]
    public async Task No_braze_at_the_address_ends_the_run_rather_than_refuse_everybody()
    {
        var exception = await Should.ThrowAsync<ConnectionException>(() => WriteAsync(2, 404, """{"message":"Invalid URL"}"""));
        exception.Fault.ShouldBe(ConnectionFault.NotFound);
        exception.Problem.Code.ShouldBe("braze.not_braze");
    }

    [Fact]
    public async Task A_long_message_is_cut() =>
        (await WriteAsync(1, 400, $$"""{"message":"{{new string('x', 5_000)}}"}"""))[0].Reason!.Message.Length.ShouldBeLessThan(400);

    [Theory]
    [InlineData("'external_id', 'braze_id', 'user_alias', 'email' or 'phone' is required", "braze.no_identifier")]
    [InlineData("You must specify only one of 'external_id', 'user_alias' or 'braze_id'", "braze.two_identifiers")]
    [InlineData("'email_subscribe' must be 'subscribed', 'unsubscribed', or 'opted_in'", "braze.bad_consent")]
    [InlineData("BAD_PUSH_SUBSCRIPTION_STATE", "braze.bad_consent")]
    [InlineData("EMAIL_BAD_FORMAT", "braze.bad_email")]
    [InlineData("The email address is not valid", "braze.bad_email")]
    [InlineData("EXTERNAL_USER_ID_TOO_LARGE", "braze.external_id_too_long")]
    [InlineData("provided external_id is blacklisted and disallowed", "braze.blocked_user")]
    [InlineData("BAD_LOCATION_UPDATE", "braze.bad_location")]
    [InlineData("BAD_SUBSCRIPTION_GROUP_ID", "braze.bad_subscription_group")]
    [InlineData("Invalid subscription group ID", "braze.bad_subscription_group")]
    [InlineData("BAD_PUSH_TOKEN_VALUE", "braze.bad_push_token")]
    [InlineData("INVALID_ATTRIBUTE_EMAIL_SUBSCRIPTION_INFO", "braze.unknown_attribute")]
    [InlineData("The max number of ids per request was exceeded", "braze.too_many_ids")]
    [InlineData("Something nobody has seen", "braze.refused")]
    public void Names_and_sentences_have_the_same_explanation(string text, string code) => BrazeErrors.Explain(text).Code.ShouldBe(code);

    private static Task<Outcomes> WriteAsync(int users, int status, string body) => A.Connector.WriteAsync(
        A.App, A.Users(users), FakeHttp.Always(status, body, A.App.ApiKey), TestContext.Current.CancellationToken);
}
