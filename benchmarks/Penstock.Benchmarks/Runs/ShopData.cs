using Npgsql;

namespace Penstock.Benchmarks.Runs;

/// <summary>The shop: users with nine columns, five purchases each.</summary>
internal static class ShopData
{
    public const int PurchasesEach = 5;

    public static Task FillAsync(NpgsqlConnection connection, long users) => ExecuteAsync(
        connection,
        $"""
        CREATE TABLE users (id bigint PRIMARY KEY, email text, first_name text, last_name text, language text, country text, home_city text, dob date, created_at timestamptz);
        INSERT INTO users
        SELECT i, 'user' || i || '@example.com', 'First' || i % 5000, 'Last' || i % 20000, (ARRAY['en','de','pt','es'])[1 + (i % 4)::int],
               (ARRAY['NO','DE','BR','ES'])[1 + (i % 4)::int], 'City' || i % 300, date '1950-01-01' + (i % 20000)::int, timestamptz '2020-01-01' + i * interval '1 second'
        FROM generate_series(1::bigint, {users}) AS i;
        CREATE TABLE purchases (id bigint PRIMARY KEY, user_id bigint, category text, price numeric(10, 2), state text, created_at timestamptz);
        INSERT INTO purchases
        SELECT i, 1 + (i * 7919) % {users}, (ARRAY['Automotive','Garden','Grocery','Books','Music'])[1 + (i % 5)::int], (i % 10000) / 100.0,
               CASE WHEN i % 20 = 0 THEN 'failed' ELSE 'successful' END, now() - (i % 7776000) * interval '1 second'
        FROM generate_series(1::bigint, {users * PurchasesEach}) AS i;
        CREATE INDEX ON purchases (user_id);
        ANALYZE;
        """);

    /// <summary>Another e-mail address for one user in a hundred.</summary>
    public static Task ChangeAsync(NpgsqlConnection connection) =>
        ExecuteAsync(connection, "UPDATE users SET email = 'new' || id || '@example.com' WHERE id % 100 = 0; ANALYZE users");

    public const string UsersQuery =
        "SELECT id, id, email, first_name, last_name, language, country, home_city, dob, created_at FROM users";

    /// <summary>The aggregates as a person would write them; the same that the compiler writes but for names.</summary>
    public const string PurchasesQuery =
        """
        SELECT user_id, sum(price), count(id), max(created_at),
               (array_agg(category ORDER BY created_at DESC, category DESC NULLS LAST) FILTER (WHERE created_at IS NOT NULL))[1]
        FROM purchases
        WHERE state = 'successful' AND user_id IS NOT NULL
        GROUP BY user_id
        """;

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statements)
    {
        await using var command = new NpgsqlCommand(statements, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }
}
