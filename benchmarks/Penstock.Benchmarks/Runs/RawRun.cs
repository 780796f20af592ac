using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using DuckDB.NET.Data;
using Npgsql;
using NpgsqlTypes;

namespace Penstock.Benchmarks.Runs;

/// <summary>
/// The raw limit: each step written by hand for this one case, without checks, plans, journals or errors in mind. First sync, then
/// the statement that finds that nothing changed.
/// </summary>
internal static class RawRun
{
    private const string Columns =
        "email VARCHAR, first_name VARCHAR, last_name VARCHAR, language VARCHAR, country VARCHAR, home_city VARCHAR, dob DATE, created_at "
            + "TIMESTAMP";
    private const string Aggregates =
        "ltv DECIMAL(38, 9), purchase_count BIGINT, last_purchase_date TIMESTAMP, last_purchase_category VARCHAR";

    private static readonly string[] Fields =
        ["email", "first_name", "last_name", "language", "country", "home_city", "dob", "created_at", "ltv", "purchase_count",
            "last_purchase_date", "last_purchase_category", "grp"];

    public static async Task<int> RunAsync(string text)
    {
        var settings = Settings.Read(text);
        var seconds = new Dictionary<string, double>();
        using var duck = new DuckDBConnection($"Data Source={Path.Combine(settings.Folder, "raw.duckdb")};memory_limit=512MB");
        duck.Open();
        await MeasureAsync("refresh users",
            () => CopyAsync(settings, duck, ShopData.UsersQuery, $"id BIGINT, key BIGINT, {Columns}", "users",
            "llssssssdt"));
        await MeasureAsync("refresh purchases",
            () => CopyAsync(settings, duck, ShopData.PurchasesQuery, $"user_id BIGINT, {Aggregates}", "purchases", "lnlts"));
        Measure("build", () => Execute(duck,
            """
            CREATE TABLE records AS
            SELECT CAST(u.id AS VARCHAR) AS k, u.* EXCLUDE (id, key), coalesce(p.ltv, 0) AS ltv, coalesce(p.purchase_count, 0) AS purchase_count, p.last_purchase_date, p.last_purchase_category,
                   coalesce(p.ltv > 100 AND p.last_purchase_date > now()::TIMESTAMP - INTERVAL 60 DAY AND p.last_purchase_category = 'Automotive', false) AS grp
            FROM users AS u LEFT JOIN purchases AS p ON p.user_id = u.id
            """));
        Measure("plan", () => Execute(duck, "CREATE TABLE plan AS SELECT *, row_number() OVER () AS n FROM records"));
        await MeasureAsync("deliver", () => SendAsync(settings, duck));
        Measure("finish", () => Execute(duck, "CREATE TABLE delivered AS SELECT * FROM plan"));
        Measure("nothing changed",
            () => Execute(duck,
                "CREATE TABLE again AS SELECT r.k FROM records AS r FULL JOIN delivered AS d ON d.k = r.k WHERE d.k IS NULL OR r.k IS "
                    + $"NULL OR {string.Join(" OR ", Fields.Select(field => $"r.{field} IS DISTINCT FROM d.{field}"))}"));
        return new Figures(seconds, new() { ["peak MB"] = Figures.PeakMegabytes() }).Print();

        void Measure(string step, Action work)
        {
            var started = Stopwatch.GetTimestamp();
            work();
            seconds[step] = Stopwatch.GetElapsedTime(started).TotalSeconds;
        }

        async Task MeasureAsync(string step, Func<Task> work)
        {
            var started = Stopwatch.GetTimestamp();
            await work();
            seconds[step] = Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
    }

    private static void Execute(DuckDBConnection duck, string statement)
    {
        using var command = duck.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    // l: bigint, s: text, d: date, t: timestamptz, n: numeric.
    private static async Task CopyAsync(Settings settings, DuckDBConnection duck, string query, string columns, string table, string types)
    {
        Execute(duck, $"CREATE TABLE {table} ({columns})");
        await using var source = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = settings.Host,
            Port = settings.Port,
            Database = settings.Database,
            Username = settings.User,
            Password = settings.Password,
            CommandTimeout = 0,
        }.ConnectionString);
        await source.OpenAsync();
        await using var copy = await source.BeginBinaryExportAsync($"COPY ({query}) TO STDOUT (FORMAT BINARY)");
        copy.Timeout = TimeSpan.Zero;
        using var appender = duck.CreateAppender(table);
        while (await copy.StartRowAsync() >= 0)
        {
            var row = appender.CreateRow();
            foreach (var type in types)
            {
                if (copy.IsNull)
                {
                    copy.Skip();
                    row.AppendNullValue();
                    continue;
                }

                _ = type switch
                {
                    'l' => row.AppendValue(copy.Read<long>()),
                    's' => row.AppendValue(copy.Read<string>()),
                    'd' => row.AppendValue(copy.Read<DateOnly>()),
                    't' => row.AppendValue(copy.Read<DateTime>(NpgsqlDbType.TimestampTz)),
                    _ => row.AppendValue(copy.Read<decimal>()),
                };
            }

            row.EndRow();
        }
    }

    private static async Task SendAsync(Settings settings, DuckDBConnection duck)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 16 });
        client.DefaultRequestHeaders.Authorization = new("Bearer", Sink.Key);
        var address = new Uri(new Uri(settings.Sink), "users/track");
        using var room = new SemaphoreSlim(16);
        var sending = new List<Task>();
        using var command = duck.CreateCommand();
        command.CommandText = $"SELECT k, {string.Join(", ", Fields)} FROM plan";
        command.UseStreamingMode = true;
        using var reader = command.ExecuteReader();
        var body = new MemoryStream(64_000);
        var writer = Begin(body);
        var count = 0;
        while (reader.Read())
        {
            WriteUser(writer, reader);
            if (++count % 75 != 0)
                continue;
            await SendAsync(writer, body);
            writer = Begin(body = new MemoryStream(64_000));
        }

        if (count % 75 != 0)
            await SendAsync(writer, body);
        await Task.WhenAll(sending);

        async Task SendAsync(Utf8JsonWriter json, MemoryStream bytes)
        {
            json.WriteEndArray();
            json.WriteEndObject();
            json.Flush();
            await room.WaitAsync();
            sending.RemoveAll(task => task.IsCompletedSuccessfully);
            sending.Add(PostAsync(bytes));
        }

        async Task PostAsync(MemoryStream bytes)
        {
            using var content = new ByteArrayContent(bytes.GetBuffer(), 0, (int)bytes.Length);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await client.PostAsync(address, content);
            if (answer.StatusCode != HttpStatusCode.Created)
                throw new InvalidOperationException($"The sink answered {answer.StatusCode}.");
            room.Release();
        }
    }

    private static Utf8JsonWriter Begin(MemoryStream body)
    {
        var writer = new Utf8JsonWriter(body);
        writer.WriteStartObject();
        writer.WriteStartArray("attributes");
        return writer;
    }

    private static void WriteUser(Utf8JsonWriter writer, DuckDBDataReader row)
    {
        writer.WriteStartObject();
        writer.WriteString("external_id", row.GetString(0));
        for (var i = 1; i <= 6; i++)
            writer.WriteString(Fields[i - 1], row.GetString(i));
        writer.WriteString("dob", row.GetFieldValue<DateOnly>(7).ToString("yyyy-MM-dd"));
        writer.WriteString("created_at", row.GetDateTime(8));
        writer.WriteNumber("ltv", row.GetDecimal(9));
        writer.WriteNumber("purchase_count", row.GetInt64(10));
        if (!row.IsDBNull(11))
            writer.WriteString("last_purchase_date", row.GetDateTime(11));
        if (!row.IsDBNull(12))
            writer.WriteString("last_purchase_category", row.GetString(12));
        if (row.GetBoolean(13))
            writer.WriteBoolean("grp", true);
        writer.WriteEndObject();
    }
}
