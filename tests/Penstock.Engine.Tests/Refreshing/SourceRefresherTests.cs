using System.Text;
using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Refreshing;
using Penstock.Engine.Tests.Workspace;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Tests.Refreshing;

public sealed class SourceRefresherTests : IAsyncLifetime
{
    private static readonly Column Id = new("id", DataKind.Integer, Transport.Integer, "bigint");
    private static readonly Column Text = new("v", DataKind.String, Transport.Text, "text");
    private static readonly StageColumn Key = Staged.Key();

    private readonly TemporaryFolder _folder = new();
    private ModelWorkspace _workspace = null!; // opened before each test

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _workspace = await Workspaces.OpenAsync(_folder);

    [Fact]
    public async Task Rows_arrive_with_their_values()
    {
        var result = await RefreshAsync(FakeSource.OfRows([Id, Text], Row(1, "a"), Row(2, "b"), Row(3, null)));

        result.Rows.ShouldBe(3);
        result.Problems.ShouldBeEmpty();
        (await StageAsync()).ShouldBe(["1|a", "2|b", "3|NULL"]);
    }

    [Fact]
    public async Task An_empty_table_gives_an_empty_stage()
    {
        await RefreshAsync(FakeSource.OfRows([Id, Text], Row(1, "a")));
        (await RefreshAsync(FakeSource.OfRows([Id, Text]))).Rows.ShouldBe(0);
        (await StageAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10_000)]
    public async Task A_source_that_breaks_half_way_leaves_the_stage_as_it_was(int rowsBefore)
    {
        await RefreshAsync(FakeSource.OfRows([Id, Text], Row(1, "a"), Row(2, "b")));
        var broken = new FakeSource([Id, Text], async (rows, cancellationToken) =>
        {
            for (var i = 0; i < rowsBefore; i++)
            {
                Row(i, "new")(rows);
                await rows.EndRowAsync(cancellationToken);
            }

            rows.Write(1L); // within a row
            throw new SourceException(new Problem("source.broke", "The connection broke after some rows."));
        });

        var error = await Should.ThrowAsync<SourceException>(() => RefreshAsync(broken));

        error.Problem.Code.ShouldBe("source.broke");
        (await StageAsync()).ShouldBe(["1|a", "2|b"]);
        await RefreshAsync(FakeSource.OfRows([Id, Text], Row(3, "c")));
        (await StageAsync()).ShouldBe(["3|c"]);
    }

    [Fact]
    public async Task A_dropped_table_leaves_the_stage_as_it_was()
    {
        await RefreshAsync(FakeSource.OfRows([Id, Text], Row(1, "a")));
        var gone =
            new FakeSource([Id, Text],
                (_, _) => throw new SourceException(new Problem("source.no_table", "The table 'users' does not exist.")));
        await Should.ThrowAsync<SourceException>(() => RefreshAsync(gone));
        (await StageAsync()).ShouldBe(["1|a"]);
    }

    [Fact]
    public async Task Cancelling_half_way_leaves_the_stage_as_it_was()
    {
        await RefreshAsync(FakeSource.OfRows([Id, Text], Row(1, "a")));
        using var cancel = new CancellationTokenSource();
        var endless = new FakeSource([Id, Text], async (rows, cancellationToken) =>
        {
            for (var i = 0L; ; i++)
            {
                if (i == 5_000)
                    await cancel.CancelAsync();
                Row(i, "new")(rows);
                await rows.EndRowAsync(cancellationToken);
            }
        });

        await Should.ThrowAsync<OperationCanceledException>(() => RefreshAsync(endless, cancellationToken: cancel.Token));
        (await StageAsync()).ShouldBe(["1|a"]);
    }

    [Fact]
    public async Task Columns_that_changed_between_runs_are_staged_in_their_new_form()
    {
        await RefreshAsync(FakeSource.OfRows([Id, Text], Row(1, "a")));

        var retyped = new Column("v", DataKind.Integer, Transport.Integer, "bigint");
        await RefreshAsync(
            FakeSource.OfRows([Id, retyped], rows =>
            {
                rows.Write(1L);
                rows.Write(7L);
            }),
            DataKind.Integer);
        (await StageAsync()).ShouldBe(["1|7"]);

        await RefreshAsync(
            FakeSource.OfRows([Id, Text, Text], rows =>
            {
                rows.Write(1L);
                rows.Write("a");
                rows.Write("b");
            }),
            columns: [Key, new("renamed", DataKind.String, "renamed"), new("added", DataKind.String, "added")]);
        (await StageAsync()).ShouldBe(["1|a|b"]);
    }

    [Fact]
    public async Task A_column_retyped_at_the_source_gives_row_problems_and_not_a_failed_run()
    {
        var result = await RefreshAsync(FakeSource.OfRows([Id, Text], Row(1, "12"), Row(2, "twelve")), DataKind.Integer);

        (await StageAsync()).ShouldBe(["1|12", "2|NULL"]);
        var problem = result.Problems.ShouldHaveSingleItem();
        (problem.Source, problem.Property, problem.Reason, problem.Count).ShouldBe(("users", "v", "not a whole number", 1L));
        problem.Samples.ShouldBe([new RowSample("2", "twelve")]);
    }

    [Fact]
    public async Task Repeated_and_null_keys_are_staged_as_they_come()
    {
        var result = await RefreshAsync(FakeSource.OfRows([Id, Text], Row(1, "a"), Row(1, "b"), Row(null, "c"), Row(null, "d")));
        result.Problems.ShouldBeEmpty();
        (await StageAsync()).ShouldBe(["1|a", "1|b", "NULL|c", "NULL|d"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_row_whose_key_cannot_be_read_is_left_out_and_counted_once()
    {
        var key = new Column("id", DataKind.String, Transport.Text, "text");
        Action<IRowWriter> Keyed(string id, string value) => rows =>
        {
            rows.Write(id);
            rows.Write(value);
        };
        var result = await RefreshAsync(
            FakeSource.OfRows([key, Text], Keyed("1", "5"), Keyed("x1", "y"), Keyed("2", "6"), Keyed("x2", "7")), DataKind.Integer);

        (await StageAsync()).ShouldBe(["1|5", "2|6"]);
        result.Rows.ShouldBe(2);
        var problem = result.Problems.ShouldHaveSingleItem();
        (problem.Property, problem.Reason, problem.Count).ShouldBe((null, "key: not a whole number", 2L));
        problem.Samples.Select(sample => sample.Value).ShouldBe(["x1", "x2"]);
    }

    [Fact]
    public async Task A_row_left_out_leaves_no_trace_in_the_row_that_takes_its_place()
    {
        var tags = new DataType(DataKind.String, IsArray: true);
        var columns = new[] { Text with { Name = "id" }, new Column("v", tags, Transport.Json, "json"), Text with { Name = "w" } };
        var result = await RefreshAsync(
            FakeSource.OfRows(
                columns,
                rows =>
                {
                    rows.Write("bad");
                    rows.Write("[\"left\", \"out\"]");
                    rows.WriteNull();
                },
                rows =>
                {
                    rows.Write("2");
                    rows.Write("[\"kept\"]");
                    rows.Write("w");
                },
                rows =>
                {
                    rows.Write("bad");
                    rows.WriteNull();
                    rows.Write("w");
                },
                rows =>
                {
                    rows.Write("3");
                    rows.Write("[\"also\", \"kept\"]");
                    rows.WriteNull();
                }),
            columns: [Key, new("v", tags, "v"), new("w", DataKind.String, "w")]);

        result.Problems.ShouldHaveSingleItem().Count.ShouldBe(2);
        (await StageAsync()).ShouldBe(["2|[kept]|w", "3|[also, kept]|NULL"]);
    }

    [Fact]
    public async Task Samples_are_ten_at_most_and_cut()
    {
        var rows = Enumerable.Range(0, 5_000).Select(i => Row(i, new string('x', 99) + "🚀 and more"));
        var result = await RefreshAsync(FakeSource.OfRows([Id, Text], [.. rows]), DataKind.Integer);

        var problem = result.Problems.ShouldHaveSingleItem();
        problem.Count.ShouldBe(5_000);
        problem.Samples.Count.ShouldBe(10);
        problem.Samples[9].ShouldBe(new RowSample("9", new string('x', 99)));
    }

    [Fact]
    public async Task Reasons_that_a_source_makes_up_do_not_fill_the_memory()
    {
        var rows = Enumerable.Range(0, 1_000).Select(i => (Action<IRowWriter>)(writer =>
        {
            writer.Write((long)i);
            writer.WriteProblem($"bad value {i}", "sample");
        }));
        var result = await RefreshAsync(FakeSource.OfRows([Id, Text], [.. rows]));

        result.Problems.Count.ShouldBe(101);
        result.Problems.Sum(problem => problem.Count).ShouldBe(1_000);
        result.Problems[0].Reason.ShouldBe("other");
    }

    [Fact]
    public async Task Text_of_any_length_and_script_arrives_unchanged()
    {
        var texts = new[]
        {
            new string('é', 2_500_000) + "end", "🚀👩‍👩‍👧", "مرحبا بالعالم", "'; DROP TABLE stage_users; --", "\"quoted\" \\ \t\r\n",
            "12 bytes long",
            "\u202eRTL override", "a\u0301",
        };
        await RefreshAsync(FakeSource.OfRows([Id, Text], [.. texts.Select((text, i) => Row(i, text))]));

        var staged = new List<string>();
        await foreach (var row in _workspace.Connection.QueryAsync(Sql.Of($"SELECT v FROM stage_users ORDER BY _key_1"), Token))
            staged.Add(row.GetString(0));
        staged.ShouldBe(texts);
    }

    [Fact]
    public async Task Text_that_cannot_be_kept_becomes_null_and_the_rest_of_the_row_stays()
    {
        var result = await RefreshAsync(FakeSource.OfRows(
            [Id, Text],
            Row(1, "a\0b"),
            Row(2, "a\ud800b"),
            rows =>
            {
                rows.Write(3L);
                rows.WriteUtf8([0x61, 0xC3, 0x28]);
            },
            rows =>
            {
                rows.Write(4L);
                rows.WriteUtf8("ünicode"u8);
            }));

        (await StageAsync()).ShouldBe(["1|NULL", "2|NULL", "3|NULL", "4|ünicode"]);
        result.Problems.Select(problem => (problem.Reason, problem.Count))
            .ShouldBe([("not valid Unicode text", 2L), ("holds a NUL character", 1L)]);
    }

    [Fact]
    public async Task More_rows_than_a_chunk_all_arrive()
    {
        var reports = new List<long>();
        var source = new FakeSource([Id, Text], async (rows, cancellationToken) =>
        {
            for (var i = 0L; i < 300_000; i++)
            {
                rows.Write(i);
                rows.WriteUtf8(Encoding.UTF8.GetBytes($"value number {i}"));
                await rows.EndRowAsync(cancellationToken);
            }
        });

        var result = await RefreshAsync(source, progress: new Reports(reports));

        result.Rows.ShouldBe(300_000);
        reports.ShouldBe(reports.Order());
        reports[^1].ShouldBe(300_000);
        var good = await _workspace.Connection.ScalarAsync<long>(
            Sql.Of($"SELECT count(*) FROM stage_users WHERE v = 'value number ' || _key_1"), Token);
        good.ShouldBe(300_000);
    }

    [Fact]
    public async Task Sources_are_read_side_by_side_on_connections_of_their_own()
    {
        await using var second = _workspace.Connect();
        var both = new[] { ("users", _workspace.Connection), ("purchases", second) }.Select(pair => Task.Run(
            () => new SourceRefresher(TimeProvider.System).RefreshAsync(
                pair.Item2,
                FakeSource.OfRows([Id, Text], [.. Enumerable.Range(0, 20_000).Select(i => Row(i, pair.Item1))]).Open(),
                Staged.Source(pair.Item1, Key, new("v", DataKind.String, "v")),
                new CoercionRules(),
                null,
                Token),
            Token));
        await Task.WhenAll(both);

        var rows = await _workspace.Connection.ScalarAsync<long>(
            Sql.Of($"SELECT (SELECT count(*) FROM stage_users WHERE v = 'users') + (SELECT count(*) FROM stage_purchases "
                + $"WHERE v = 'purchases')"), Token);
        rows.ShouldBe(40_000);
    }

    [Fact]
    public async Task A_source_that_breaks_its_contract_is_a_defect_and_changes_nothing()
    {
        await RefreshAsync(FakeSource.OfRows([Id, Text], Row(1, "a")));
        await Should.ThrowAsync<InvalidOperationException>(() => RefreshAsync(FakeSource.OfRows([Id])));
        await Should.ThrowAsync<InvalidOperationException>(() => RefreshAsync(FakeSource.OfRows([Id, Text], rows => rows.Write(1L))));
        (await StageAsync()).ShouldBe(["1|a"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _workspace.DisposeAsync();
        _folder.Dispose();
    }

    private static Action<IRowWriter> Row(long? id, string? value) => rows =>
    {
        if (id is { } number)
            rows.Write(number);
        else
            rows.WriteNull();
        if (value is null)
            rows.WriteNull();
        else
            rows.Write(value);
    };

    private Task<RefreshResult> RefreshAsync(
        FakeSource source,
        DataKind type = DataKind.String,
        IReadOnlyList<StageColumn>? columns = null,
        IProgress<RefreshProgress>? progress = null,
        CancellationToken? cancellationToken = null) =>
        new SourceRefresher(TimeProvider.System).RefreshAsync(
            _workspace.Connection,
            source.Open(),
            Staged.Source("users", columns ?? [Key, new("v", type, "v")]),
            new CoercionRules(),
            progress,
            cancellationToken ?? Token);

    private async Task<List<string>> StageAsync()
    {
        var rows = new List<string>();
        await foreach (
            var row in _workspace.Connection.QueryAsync(Sql.Of($"SELECT COLUMNS(*)::VARCHAR FROM stage_users ORDER BY ALL"), Token))
            rows.Add(string.Join('|', Enumerable.Range(0, row.FieldCount).Select(i => row.IsDBNull(i) ? "NULL" : row.GetString(i))));
        return rows;
    }

    private sealed class Reports(List<long> reports) : IProgress<RefreshProgress>
    {
        public void Report(RefreshProgress value) => reports.Add(value.Rows);
    }
}
