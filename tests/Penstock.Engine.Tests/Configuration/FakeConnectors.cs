using Penstock.Contract;

namespace Penstock.Engine.Tests.Configuration;

/// <summary>Connectors that declare themselves as the real ones do, and do nothing.</summary>
internal static class FakeConnectors
{
    public static ConnectorCatalog Catalog { get; } =
        new([new FakePostgres(), new FakeSqlite(), new FakeCsv(), new FakeBraze(), new FakeFile()]);
}

internal sealed record PostgresOptions
{
    [Option("Host", Help = "The server's name or address.")]
    public required string Host { get; init; }

    [Option("Port")]
    public int Port { get; init; } = 5432;

    [Option("Database", Help = "The database's name.")]
    public required string Database { get; init; }

    [Option("User")]
    public required string User { get; init; }

    [Option("Password")]
    public Secret? Password { get; init; }

    [Option("Statement time-out")]
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromMinutes(30);

    [Option("Only these schemas")]
    public IReadOnlyList<string> Schemas { get; init; } = [];
}

internal sealed record FileOptions
{
    [Option("File", Help = "The database's file, relative to the project folder.")]
    public required FilePath File { get; init; }
}

internal sealed record BrazeOptions
{
    [Option("Instance", Help = "The cluster your dashboard's address names, such as US-01.", Choices = typeof(Instances))]
    public required Uri Endpoint { get; init; }

    [Option("REST API key", Help = "Settings → API keys.")]
    public required Secret ApiKey { get; init; }
}

internal sealed record BrazeUserOptions
{
    [Option("Users per request")]
    public int ObjectCap { get; init; } = 75;
}

internal sealed class Instances : IChoices
{
    public IReadOnlyList<Choice> All { get; } = [new("US-01", "https://rest.iad-01.braze.com"), new(
        "EU-01", "https://rest.fra-01.braze.eu")];
}

internal abstract class Fake : IConnector
{
    public abstract Declaration Declaration { get; }

    public Task<string> TestAsync(object app, IHttp http, CancellationToken cancellationToken) => Task.FromResult("fine");
}

internal abstract class FakeSource : Fake, ISource
{
    public SqlDialect Dialect => DuckDbDialect.Instance;

    public IAsyncEnumerable<Table> ListTablesAsync(object app, IHttp http, CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<Table>();

    public Task<Table?> DescribeAsync(object app, Identifier table, IHttp http, CancellationToken cancellationToken) =>
        Task.FromResult<Table?>(null);

    public Task<IReadOnlyList<Column>> DescribeQueryAsync(object app, SourceQuery query, IHttp http, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Column>>([]);

    public Task ReadAsync(object app, SourceQuery query, IRowWriter rows, IHttp http, CancellationToken cancellationToken) =>
        Task.CompletedTask;
}

internal sealed class FakePostgres : FakeSource
{
    public override Declaration Declaration { get; } = new("postgres", "PostgreSQL")
    {
        Summary = "A database.",
        App = Options.Of<PostgresOptions>()
    };
}

internal sealed class FakeSqlite : FakeSource
{
    public override Declaration Declaration { get; } = new("sqlite", "SQLite")
    {
        Summary = "A database file.",
        App = Options.Of<FileOptions>()
    };
}

internal sealed class FakeCsv : FakeSource
{
    public override Declaration Declaration { get; } = new("csv", "CSV files") { Summary = "Files.", App = Options.Of<FolderOptions>() };
}

internal sealed record FolderOptions
{
    [Option("Folder")]
    public required FilePath Folder { get; init; }
}

internal sealed class FakeFile : Fake
{
    public override Declaration Declaration { get; } = new("file", "File")
    {
        Summary = "A file of changes.",
        App = Options.Of<FileOptions>(),
        Destinations =
        [
            new("changes", "Changes")
            {
                Key = new("key", "Key", DataKind.String),
                Fields = [new("label", "Label", DataKind.Integer) { Required = true }],
                SyncModes = SyncModes.Additive,
                Limits = new(),
            },
        ],
    };
}

internal sealed class FakeBraze : Fake
{
    public override Declaration Declaration { get; } = new("braze", "Braze")
    {
        Summary = "Customer engagement.",
        App = Options.Of<BrazeOptions>(),
        Destinations =
        [
            new("users", "Users")
            {
                Options = Options.Of<BrazeUserOptions>(),
                Key = new("external_id", "External id", DataKind.String) { MaxBytes = 997 },
                Fields =
                [
                    new("email", "E-mail", DataKind.Email), new("first_name", "First name", DataKind.String),
                        new("last_name", "Last name", DataKind.String), new(
                        "language", "Language", DataKind.String),
                    new("dob", "Date of birth", DataKind.Date), new("email_open_tracking_disabled", "No open tracking", DataKind.Boolean),
                ],
                CustomFields = new(
                    [DataKind.String, DataKind.Integer, DataKind.Float, DataKind.Decimal, DataKind.Boolean, DataKind.Date,
                    DataKind.Timestamp, DataKind.Json],
                    Arrays: true)
                {
                    Word = "custom attribute",
                    MaxNameLength = 255,
                    NamePattern = "[^$].*",
                    NameRuleInWords = "A name can't begin with `$`.",
                    Reserved = ["braze_id", "user_alias"],
                },
                SyncModes = SyncModes.Sync | SyncModes.Additive | SyncModes.Enrich,
                Groups =
                [
                    new("segment_attribute", "An element of an array attribute") { TargetInWords = "an attribute's name",
                        TargetIsField = true, SharesTarget = true },
                    new("boolean_attribute", "An attribute that is true or false") { TargetInWords = "an attribute's name",
                        TargetIsField = true },
                    new("subscription_group", "A subscription group")
                    {
                        TargetPattern = "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
                        TargetInWords = "the subscription group's id, a UUID",
                        Leaving = [new("unsubscribe", "unsubscribe"), new("leave_alone", "leave_alone")],
                    },
                ],
                Removals = [new("delete", RemovalAct.Delete, "Delete the user."), new("clear", RemovalAct.Clear, "Clear."), new(
                    "leave", RemovalAct.Leave, "Leave.")],
                Limits = new() { Records = 75 },
            },
        ],
    };
}
