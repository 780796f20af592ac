using Penstock.Contract;
using Penstock.Engine.Building;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;
using Penstock.Engine.Refreshing;
using Penstock.Engine.Tests.Workspace;

namespace Penstock.Engine.Tests.Refreshing;

/// <summary>The steps one after another, as a run takes them: resolve, compile, refresh, build.</summary>
public sealed class FromSourceToRecordsTests
{
    [Fact]
    public async Task Good_rows_become_records_whatever_is_wrong_with_others()
    {
        using var folder = new TemporaryFolder();
        await using var workspace = await Workspaces.OpenAsync(folder);
        Column[] columns =
        [
            new("id", DataKind.String, Transport.Text, "text"), new("age", DataKind.String, Transport.Text, "text"),
            new("tags", new DataType(DataKind.String, true), Transport.Json, "text[]"),
        ];
        var source = new FakeSource(columns, async (rows, cancellationToken) =>
        {
            foreach (
                var (id, age, tags) in new[] { ("1", "30", "[\"a\"]"), ("2", "old", "[]"), ("2", "31", "[]"), ("", "32", "[]"),
                    ("a\0b", "33", "[]") })
            {
                rows.Write(id);
                rows.Write(age);
                rows.Write(tags);
                await rows.EndRowAsync(cancellationToken);
            }
        })
        {
            Tables = { ["users"] = new Table(new Identifier("users")) { Written = "users", Columns = columns } },
        };
        var model = new Model("users")
        {
            Sources = [new Source("users", "shop") { Table = "users", PrimaryKey = ["id"] }],
            Properties =
            [
                new Property("user_id") { Source = "users", Column = new SelectedColumn { Name = "user_id", Column = "age" },
                    Type = DataKind.Integer },
                new Property("tags") { Source = "users", Column = new SelectedColumn { Name = "tags", Column = "tags" } },
            ],
        };
        var token = TestContext.Current.CancellationToken;

        var resolved = (await ModelResolver.ResolveAsync(model, _ => source.Open(), token)).OrThrow();
        var compiled = ModelCompiler.Compile(resolved, TimeZoneInfo.Utc, DateTimeOffset.UnixEpoch);
        var refreshed = await new SourceRefresher(TimeProvider.System).RefreshAsync(
            workspace.Connection, source.Open(), compiled.Sources[0], new CoercionRules(), null, token);
        var built = await RecordBuilder.BuildAsync(workspace.Connection, compiled, token);

        refreshed.Rows.ShouldBe(4);
        refreshed.Problems.Select(problem => (problem.Property, problem.Reason)).ShouldBe(
            [(null, "key: holds a NUL character"), ("user_id", "not a whole number")]);
        built.Records.ShouldBe(2);
        built.Problems.Select(problem => problem.Reason).ShouldBe(["null primary key", "duplicate primary key"], ignoreOrder: true);
    }
}
