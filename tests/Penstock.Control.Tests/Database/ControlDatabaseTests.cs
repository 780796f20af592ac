using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Penstock.Contract;
using Penstock.Control.Database;

namespace Penstock.Control.Tests.Database;

public sealed class ControlDatabaseTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task The_database_is_made_from_nothing_by_its_migrations_and_fits_the_model()
    {
        var folder = Path.Combine(_workspace.Folder, "new", "workspace");

        await Database(folder).UseAsync(
            async context =>
            {
                (await context.Database.GetPendingMigrationsAsync()).ShouldBeEmpty();
                context.Database.HasPendingModelChanges().ShouldBeFalse("a migration is missing: see CONTRIBUTING");
            },
            default);

        File.Exists(Path.Combine(folder, "control.db")).ShouldBeTrue();
    }

    [Fact]
    public async Task Several_processes_may_make_it_at_once()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            Database(_workspace.Folder).UseAsync(context => context.Runs.CountAsync(), default))));

        runs.ShouldAllBe(count => count == 0);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_left_alone()
    {
        await Touch();
        Execute("INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Future', '99.0.0')");

        var problem = (await Should.ThrowAsync<PenstockException>(Touch)).Problem;

        problem.Code.ShouldBe("control.newer");
        problem.Message.ShouldContain("29990101000000_Future");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_told_with_what_to_do()
    {
        await File.WriteAllTextAsync(_workspace.File, new string('x', 5000));

        var problem = (await Should.ThrowAsync<PenstockException>(Touch)).Problem;

        problem.Code.ShouldBe("control.damaged");
        problem.Help.ShouldNotBeNull().ShouldContain("only the list of runs");
    }

    [Fact]
    public async Task A_busy_database_is_waited_for_and_then_told()
    {
        await Touch();
        using var other = Open();
        using var held = other.BeginTransaction(deferred: false);

        var problem = (await Should.ThrowAsync<PenstockException>(Write)).Problem;

        problem.Code.ShouldBe("control.busy");
        problem.Message.ShouldContain(_workspace.File);
    }

    [Fact]
    public async Task A_database_that_was_busy_is_used_when_it_is_free()
    {
        await Touch();
        using var other = Open();
        var held = other.BeginTransaction(deferred: false);
        var writing = Task.Run(Write);
        held.Commit();

        await writing;
    }

    private static ControlDatabase Database(string folder) => new(folder, TimeSpan.FromSeconds(1), TimeProvider.System);

    private Task Touch() => Database(_workspace.Folder).UseAsync(context => context.Runs.CountAsync(), default);

    private Task Write() => Database(_workspace.Folder).UseAsync(
        async context =>
        {
            context.Runs.Add(new() { Model = "users", Status = "running", Owner = "" });
            await context.SaveChangesAsync();
        },
        default);

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_workspace.File};Pooling=false");
        connection.Open();
        return connection;
    }

    private void Execute(string statement)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }
}
