using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Refreshing;
using Penstock.Engine.Runs;

namespace Penstock.Engine.Inspecting;

/// <summary>Asks a source for a little: read only (each source's own session is), few rows, few bytes, not for long.</summary>
internal sealed class SourceReading(OpenSource source, RunnerSetup setup, SampleOptions options)
{
    /// <summary>How it writes SQL.</summary>
    public SqlDialect Dialect => source.Source.Dialect;

    /// <summary>A table's columns and keys; null when there is none of that name.</summary>
    public Task<Table?> DescribeAsync(string table, CancellationToken cancellationToken) => WithinAsync(
        token => source.Source.DescribeAsync(source.App, Identifier.Parse(table), source.Http, token), cancellationToken);

    /// <summary>What the rows of a table or query are, as a selection without conditions.</summary>
    /// <exception cref="SourceException">There is no such table, or the query is not one SELECT or not valid.</exception>
    public async Task<SourceSelection> SelectAsync(SourceOf from, CancellationToken cancellationToken)
    {
        if (from.Query is { } query)
        {
            var columns = await WithinAsync(
                token => source.Source.DescribeQueryAsync(
                    source.App, new(Sql.Trusted(OneSelect(query))) { TimeOut = options.TimeOut }, source.Http, token),
                cancellationToken);
            return Selection([.. columns.Select(column => column.Name)]) with { Query = OneSelect(query) };
        }

        var table = await DescribeAsync(from.Table ?? "", cancellationToken)
            ?? throw new SourceException(SourceProblems.UnknownTable.Of($"There is no table `{from.Table}`.", "Choose one of the list."));
        // one or the other
        return Selection([.. table.Columns.Select(column => column.Name)]) with { Table = Identifier.Parse(from.Table!) };
    }

    /// <summary>Reads a selection's rows, or a statement over it.</summary>
    public async Task<SampleRows> ReadAsync(SourceSelection selection, Sql? statement, CancellationToken cancellationToken)
    {
        var rows = new SampleRows(Math.Clamp(options.Rows, 1, 1_000), options.Bytes);
        var query = new SourceQuery(statement ?? Dialect.Select(selection)) { Selection = selection, TimeOut = options.TimeOut };
        try
        {
            await WithinAsync(
                async token =>
                {
                    await source.Source.ReadAsync(source.App, query, rows, source.Http, token);
                    return true;
                },
                cancellationToken);
        }
        catch (EnoughException)
        {
            // It said so itself: rows.IsCut.
        }

        return rows;
    }

    // A source that hangs while connecting knows nothing of the statement's time: the same time holds for all.
    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(options.TimeOut, setup.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await ask(both.Token);
        }
        catch (OperationCanceledException error) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SourceException(
                InspectingProblems.TooSlow.Of(
                    $"The source gave no answer within {options.TimeOut.TotalSeconds:0} seconds.", InspectingProblems.TooSlow.ToDo),
                error);
        }
    }

    private static SourceSelection Selection(IReadOnlyList<string> columns) => new()
    {
        Keys = [],
        Columns = [.. columns.Distinct(StringComparer.Ordinal).Select(column => new SelectedColumn { Name = column, Column = column })],
    };

    // The sources take one statement in a read-only session; this says beforehand, in the same words for all of them, what is wrong.
    private static string OneSelect(string query)
    {
        var text = SqlTokens.WithoutLastSemicolon(query);
        var depth = 0;
        var isGood = true;
        string? first = null;
        foreach (var token in SqlTokens.Of(text).Where(token => token.Kind != SqlTokenKind.Comment))
        {
            if (token is { Kind: SqlTokenKind.Sign, Text: "(" })
                depth++;
            else if (token is { Kind: SqlTokenKind.Sign, Text: ")" })
                isGood &= --depth >= 0;
            else if (token is { Kind: SqlTokenKind.Sign, Text: ";" })
                isGood = false;
            else
                first ??= token.Kind == SqlTokenKind.Word ? token.Text : "";
            isGood &= token.IsClosed;
        }

        var begins = string.Equals(first, "SELECT", StringComparison.OrdinalIgnoreCase)
            || string.Equals(first, "WITH", StringComparison.OrdinalIgnoreCase);
        return isGood && depth == 0 && begins
            ? text
            : throw new SourceException(InspectingProblems.NotOneSelect.Of(
                "The query is not exactly one SELECT.", InspectingProblems.NotOneSelect.ToDo));
    }
}
