using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Penstock.Cli.Demo;

/// <summary>The shop's database: a SQLite file, made from the demo's CSV files, and changed once.</summary>
internal sealed class DemoShop(string file, TimeProvider time)
{
    private const string Tables = """
        CREATE TABLE users (
            id INTEGER PRIMARY KEY, first_name TEXT, last_name TEXT, email TEXT, language TEXT, deactivated BOOLEAN);
        CREATE TABLE purchases (
            id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, category TEXT, price DECIMAL(10, 2), state TEXT, created_at TIMESTAMP);
        CREATE INDEX purchases_user ON purchases (user_id);
        """;

    /// <summary>A user whom the change brings into the group of high value automotive buyers, and who is shown before and after.</summary>
    public const string Person = "231";

    /// <summary>Makes the tables and loads them.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, Tables, [], cancellationToken);
        foreach (var user in await DemoFiles.RowsAsync("users.csv", cancellationToken))
            await AddUserAsync(connection, user["id"], user["first_name"], user["last_name"], user["email"], user["language"],
                cancellationToken);
        foreach (var row in await DemoFiles.RowsAsync("purchases.csv", cancellationToken))
        {
            var daysAgo = int.Parse(row["days_ago"], CultureInfo.InvariantCulture);
            await AddPurchaseAsync(connection, row["id"], row["user_id"], row["category"], row["price"], row["state"], daysAgo,
                cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>What a day in the shop changes: users come, one with a bad e-mail address, change and go, and some buy.</summary>
    public async Task ChangeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await AddUserAsync(connection, "1001", "Ada", "Lovelace", "ada@demo.com", "English", cancellationToken);
        await AddUserAsync(connection, "1002", "Alan", "Turing", "alan@demo.com", "English", cancellationToken);
        await AddUserAsync(connection, "1003", "Grace", "Hopper", "grace at demo.com", "English", cancellationToken);
        await AddPurchaseAsync(connection, "1001", "1001", "Automotive", "249.90", "successful", 1, cancellationToken);
        await AddPurchaseAsync(connection, "1002", "1002", "Books", "12.50", "successful", 0, cancellationToken);
        await AddPurchaseAsync(connection, "1003", Person, "Automotive", "45.00", "successful", 0, cancellationToken);
        await ExecuteAsync(connection, "UPDATE users SET language = 'Spanish' WHERE id = $id", [("$id", Person)], cancellationToken);
        await ExecuteAsync(connection, "UPDATE users SET first_name = upper(first_name) WHERE id BETWEEN 100 AND 119", [],
            cancellationToken);
        await ExecuteAsync(connection, "UPDATE purchases SET state = 'refunded' WHERE user_id = 240", [], cancellationToken);
        await ExecuteAsync(connection, "DELETE FROM users WHERE id BETWEEN 500 AND 507", [], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private static Task AddUserAsync(
        SqliteConnection connection, string id, string firstName, string lastName, string email, string language,
        CancellationToken cancellationToken) =>
        ExecuteAsync(
            connection, "INSERT INTO users VALUES ($id, $first, $last, $email, $language, 0)",
            [("$id", id), ("$first", firstName), ("$last", lastName), ("$email", email), ("$language", language)], cancellationToken);

    // The id spreads the purchases of a day over its hours, so that "the latest" is one of them.
    private Task AddPurchaseAsync(
        SqliteConnection connection, string id, string user, string category, string price, string state, int daysAgo,
        CancellationToken cancellationToken)
    {
        const int MinutesADay = 24 * 60;
        var minutes = int.Parse(id, CultureInfo.InvariantCulture) % MinutesADay;
        var at = time.GetUtcNow().AddDays(-daysAgo).AddMinutes(-1 - minutes).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return ExecuteAsync(
            connection, "INSERT INTO purchases VALUES ($id, $user, $category, $price, $state, $at)",
            [("$id", id), ("$user", user), ("$category", category), ("$price", price), ("$state", state), ("$at", at)], cancellationToken);
    }

    private static async Task ExecuteAsync(
        SqliteConnection connection, string statement, (string Name, string Value)[] values, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
