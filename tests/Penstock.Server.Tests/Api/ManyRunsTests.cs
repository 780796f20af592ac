using Microsoft.Data.Sqlite;

namespace Penstock.Server.Tests.Api;

public sealed class ManyRunsTests(ShopServer shop) : IClassFixture<ShopServer>
{
    [Fact]
    public async Task Ten_thousand_runs_are_paged_through_without_a_gap_or_a_repetition()
    {
        await shop.RunAsync();
        Copy(9_999);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var (pages, cursor) = (0, "");
        do
        {
            var page = (await shop.GetAsync($"runs?limit=500{(cursor.Length > 0 ? "&cursor=" + cursor : "")}")).Good();
            foreach (var run in page["items"]!.AsArray())
                seen.Add(run!["id"]!.GetValue<string>()).ShouldBeTrue();
            cursor = page["next"]?.GetValue<string>() ?? "";
            pages++;
        }
        while (cursor.Length > 0);
        seen.Count.ShouldBe(10_000);
        pages.ShouldBe(20);
        (await shop.GetAsync("runs?status=failed")).Good()["items"]!.AsArray().ShouldBeEmpty();
        (await shop.GetAsync("runs?status=done")).ShouldBe(400, "api.parameter");
    }

    private void Copy(int times)
    {
        using var database = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(shop.Folder, ".penstock", "control.db"),
            Pooling = false,
        }.ConnectionString);
        database.Open();
        using var columns = database.CreateCommand();
        columns.CommandText = "SELECT group_concat('\"' || name || '\"') FROM pragma_table_info('runs') WHERE lower(name) <> 'id'";
        var names = (string)columns.ExecuteScalar().ShouldNotBeNull();
        using var copy = database.CreateCommand();
        copy.CommandText =
            $"""
            WITH RECURSIVE numbers(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < {times})
            INSERT INTO runs ({names}) SELECT {names} FROM numbers, (SELECT * FROM runs LIMIT 1)
            """;
        copy.ExecuteNonQuery();
    }
}
