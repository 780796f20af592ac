using Penstock.Contract;
using Penstock.Testing;
using Penstock.Testing.Http;

namespace Penstock.Connectors.Tests.Braze;

/// <summary>What is sent to <c>/users/track</c>.</summary>
public sealed class BrazeTrackTests
{
    private readonly FakeHttp _http = FakeHttp.Always(201, """{"attributes_processed":1,"message":"success"}""");

    [Fact]
    public async Task Only_changed_values_travel_and_null_clears()
    {
        var batch = new Batch(A.Destination("email", "first_name", "ltv"), Operation.Write, 2);
        batch.Add(1, "u1", isCreate: false);
        batch.Set(1, Value.Of("Ann"));
        batch.Add(2, "u2", isCreate: false);
        batch.Set(2, Value.Null);
        (await SentAsync(batch)).Body.ShouldBe(
            """{"attributes":[{"external_id":"u1","first_name":"Ann"},{"external_id":"u2","ltv":null}]}""");
    }

    [Fact]
    public async Task Enriching_never_creates()
    {
        var batch = A.Users(2, destination: A.Destination() with { Mode = SyncModes.Enrich });
        (await SentAsync(batch)).Json["attributes"]!.AsArray()
            .ShouldAllBe(user => user!["_update_existing_only"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData(SyncModes.Sync)]
    [InlineData(SyncModes.Additive)]
    public async Task Other_modes_create(SyncModes mode) =>
        (await SentAsync(A.Users(1, destination: A.Destination() with { Mode = mode }))).Body.ShouldNotContain("_update_existing_only");

    [Fact]
    public async Task Groups_travel_with_the_user_in_the_form_that_was_chosen()
    {
        var destination = A.Destination("email") with
        {
            Groups =
            [
                A.Group("vip", "segment_attribute", "penstock_groups"),
                A.Group("news", "subscription_group", A.Newsletter, "unsubscribe"),
                A.Group("consent", "subscription_group", "aaaaaaaa-0000-4000-8000-000000000002", "leave_alone"),
                A.Group("fans", "segment_attribute", "penstock_groups"),
                A.Group("rich", "boolean_attribute", "is_rich"),
                A.Group("cars", "segment_attribute", "interests"),
            ],
        };
        var batch = new Batch(destination, Operation.Write, 4);
        batch.Add(0, "enters all", isCreate: true);
        for (var group = 0; group < 6; group++)
            batch.SetGroup(group, entered: true);
        batch.Add(1, "leaves all", isCreate: false);
        for (var group = 0; group < 6; group++)
            batch.SetGroup(group, entered: false);
        batch.Add(2, "swaps", isCreate: false);
        batch.SetGroup(0, entered: true);
        batch.SetGroup(3, entered: false);
        batch.Add(3, "leaves what is left alone", isCreate: false);
        batch.SetGroup(2, entered: false);
        Golden.Match((await SentAsync(batch)).ToString(), "groups.json");
    }

    [Fact]
    public async Task Values_are_written_as_braze_stores_them()
    {
        string[] fields = ["dob", "marked_email_as_spam_at", "price", "share", "tags", "address", "gone", "quoted"];
        var batch = A.Users(
            A.Destination(fields),
            [
                Value.Of(new DateOnly(1990, 12, 31)),
                Value.Of(new DateTime(2026, 3, 1, 12, 30, 15, 250, DateTimeKind.Utc)),
                Value.Of(129.90m),
                Value.Of(0.1),
                Value.OfJson("""["a","b"]"""),
                Value.OfJson("""{"city":"Oslo","since":{"$time":"2020-05-28"}}"""),
                Value.OfJson("null"),
                Value.Of("\"Ann\" 👩‍🚀 שלום \\ \u0001"),
            ]);
        Golden.Match((await SentAsync(batch)).ToString(), "values.json");
    }

    [Theory]
    [InlineData("""{"a":null,"b":{"c":null,"d":[1,null,{"e":null}]},"f":"null"}""", """{"b":{"d":[1,{}]},"f":"null"}""")]
    [InlineData("""["x",null]""", """["x"]""")]
    [InlineData("""{"a":1.50}""", """{"a":1.50}""")]
    [InlineData("null", "null")]
    public async Task Nulls_inside_an_object_are_left_out_for_braze_would_drop_the_whole(string given, string sent) =>
        (await SentAsync(A.Users(A.Destination("address"), [Value.OfJson(given)]))).Body
            .ShouldBe($$"""{"attributes":[{"external_id":"u0","address":{{sent}}}]}""");

    [Fact]
    public async Task The_body_says_the_same_each_time_it_is_written()
    {
        var batch = A.Users(A.Destination("email"), [Value.Of("ann@example.com")]);
        (await SentAsync(batch)).Body.ShouldBe((await SentAsync(batch)).Body);
    }

    [Fact]
    public async Task It_is_posted_to_the_instance_without_a_trailing_slash()
    {
        var call = await SentAsync(A.Users(1));
        call.Method.ShouldBe("POST");
        call.Address.ShouldBe(new("https://rest.iad-01.braze.com/users/track"));
    }

    [Fact]
    public void Writing_a_batch_allocates_next_to_nothing()
    {
        var destination = A.Destination("email", "first_name", "ltv", "visits") with
        {
            Groups = [A.Group("vip", "segment_attribute", "penstock_groups"), A.Group("news", "subscription_group", A.Newsletter)],
        };
        var batch = new Batch(destination, Operation.Write, 75);
        for (var i = 0; i < 75; i++)
        {
            batch.Add(i, $"user {i}", isCreate: true);
            batch.Set(0, Value.Of("ann@example.com"));
            batch.Set(2, Value.Of(12.5m));
            batch.Set(3, Value.Of(3L));
            batch.SetGroup(0, entered: true);
            batch.SetGroup(1, entered: false);
        }

        var buffer = new System.Buffers.ArrayBufferWriter<byte>(100_000);
        using var json = new System.Text.Json.Utf8JsonWriter(buffer);
        Write();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Write();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(75, "less than a byte a user");

        void Write()
        {
            buffer.ResetWrittenCount();
            json.Reset();
            Penstock.Connectors.Braze.BrazeTrack.Write(json, batch);
            json.Flush();
        }
    }

    private async Task<RecordedCall> SentAsync(Batch batch)
    {
        A.Told(await A.Connector.WriteAsync(A.App, batch, _http, TestContext.Current.CancellationToken)).ShouldNotContain("Refused");
        return _http.Last;
    }
}
