using DuckDB.NET.Data;
using Penstock.Contract;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Tests.Workspace;

/// <summary>
/// What DuckDB itself refuses, whoever asks. What it cannot refuse (reading the workspace's other tables, <c>current_setting</c>, an
/// in-memory database, profiling, heavy computing) is kept out by the check of expressions, which takes scalar expressions only.
/// </summary>
public sealed class LockDownTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private ModelWorkspace _workspace = null!; // opened before each test

    public static TheoryData<string, string> Hostile => new()
    {
        { "SELECT * FROM read_csv('SECRET')", "file system operations are disabled" },
        { "SELECT * FROM read_text('SECRET')", "file system operations are disabled" },
        { "SELECT * FROM read_blob('SECRET')", "file system operations are disabled" },
        { "SELECT * FROM read_json('SECRET')", "file system operations are disabled" },
        { "SELECT * FROM read_parquet('SECRET')", "file system operations are disabled" },
        { "SELECT * FROM 'SECRET.csv'", "file system operations are disabled" },
        { "SELECT * FROM glob('FOLDER/*')", "file system operations are disabled" },
        { "SELECT (SELECT content FROM read_text('SECRET'))", "file system operations are disabled" },
        { "SELECT * FROM query('SELECT * FROM read_text(''SECRET'')')", "file system operations are disabled" },
        { "CREATE MACRO m() AS TABLE SELECT * FROM read_text('SECRET')", "file system operations are disabled" },
        { "COPY (SELECT 1) TO 'FOLDER/out.csv'", "file system operations are disabled" },
        { "COPY _meta FROM 'SECRET'", "file system operations are disabled" },
        { "EXPORT DATABASE 'FOLDER/export'", "file system operations are disabled" },
        { "IMPORT DATABASE 'FOLDER'", "file system operations are disabled" },
        { "ATTACH 'FOLDER/other.duckdb'", "file system operations are disabled" },
        { "ATTACH 'FOLDER/other.duckdb' (TYPE sqlite)", "disabled" },
        { "SELECT * FROM 'https://127.0.0.1:1/x.parquet'", "file system operations are disabled" },
        { "SELECT * FROM read_csv('s3://bucket/x.csv')", "file system operations are disabled" },
        { "INSTALL httpfs", "disabled" },
        { "INSTALL httpfs FROM community", "disabled" },
        { "FORCE INSTALL 'FOLDER/x.duckdb_extension'", "disabled" },
        { "LOAD httpfs", "disabled" },
        { "LOAD 'FOLDER/x.duckdb_extension'", "disabled" },
        { "SELECT * FROM sqlite_scan('SECRET', 't')", "sqlite_scan" },
        { "SELECT * FROM postgres_scan('host=127.0.0.1', 'public', 't')", "postgres_scan" },
        { "SELECT getenv('HOME')", "getenv" },
        { "SET enable_external_access = true", "locked" },
        { "PRAGMA enable_external_access = true", "locked" },
        { "RESET enable_external_access", "locked" },
        { "SET GLOBAL lock_configuration = false", "locked" },
        { "SET SESSION memory_limit = '1TB'", "locked" },
        { "SET threads = 64", "locked" },
        { "SET temp_directory = 'FOLDER'", "locked" },
        { "SET autoload_known_extensions = true", "locked" },
        { "SET allowed_directories = ['FOLDER']", "locked" },
        { "SET allow_unsigned_extensions = true", "locked" },
        { "SET log_query_path = 'FOLDER/log'", "locked" },
        { "PRAGMA profiling_output = 'FOLDER/profile'", "locked" },
        { "SET home_directory = 'FOLDER'", "locked" },
        { "SET secret_directory = 'FOLDER'", "locked" },
        { "SET custom_extension_repository = 'http://127.0.0.1:1'", "locked" },
    };

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_folder.File("secret"), "secret");
        await File.WriteAllTextAsync(_folder.File("secret.csv"), "secret");
        _workspace = await Workspaces.OpenAsync(_folder);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_hostile_statement_is_refused(string statement, string because)
    {
        var before = Directory.GetFileSystemEntries(_folder.Path);
        var sql = statement
            .Replace("SECRET", _folder.File("secret"), StringComparison.Ordinal)
            .Replace("FOLDER", _folder.Path, StringComparison.Ordinal);

        await using var second = _workspace.Connect();
        foreach (var connection in new[] { _workspace.Connection, second })
        {
            var error = await Should.ThrowAsync<DuckDBException>(
                () => connection.ScalarAsync<object>(Sql.Trusted(sql), TestContext.Current.CancellationToken));
            error.Message.ShouldContain(because);
        }

        Directory.GetFileSystemEntries(_folder.Path).ShouldBe(before, ignoreOrder: true);
    }

    [Fact]
    public async Task What_does_not_fit_in_memory_still_goes_to_the_workspaces_own_folder()
    {
        await using var workspace = await ModelWorkspace.OpenAsync(
            _folder.File("small"),
            "users",
            "a test",
            TimeProvider.System,
            new WorkspaceOptions { MemoryBytes = 48 << 20, Threads = 1 },
            TestContext.Current.CancellationToken);

        await workspace.Connection.ExecuteAsync(
            Sql.Of($"CREATE TABLE t AS SELECT md5(i::VARCHAR) AS a, repeat(md5(i::VARCHAR), 3) AS b FROM range(500000) r(i) ORDER BY a"),
            TestContext.Current.CancellationToken);

        var rows =
            await workspace.Connection.ScalarAsync<long>(Sql.Of($"SELECT count(DISTINCT a) FROM t"), TestContext.Current.CancellationToken);
        rows.ShouldBe(500_000);
    }

    public async ValueTask DisposeAsync()
    {
        await _workspace.DisposeAsync();
        _folder.Dispose();
    }
}
