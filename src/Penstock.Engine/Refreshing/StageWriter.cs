using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Refreshing;

/// <summary>
/// Takes a source's rows into its stage, each value read as its column's type. A bad value becomes null and is counted; a row whose key
/// can't be read belongs to no record and is left out, counted. Null and repeated keys are staged as they come: what they mean is for the
/// build to say.
/// </summary>
internal sealed class StageWriter : IRowWriter, IDisposable
{
    private const int MaxSample = 100;
    private const int KeptBuffer = 1 << 20;

    private readonly ChunkAppender _appender;
    private readonly StageCell[] _cells;
    private readonly IReadOnlyList<StageColumn> _columns;
    private readonly int _keyCount;
    private readonly Action<long>? _progress;
    private readonly RowProblems _problems;
    private readonly List<(int Column, string Reason, string Sample)> _inRow = [];
    private byte[] _utf8 = new byte[4096];
    private bool _hasBegun;
    private int _at;
    private int _row;

    /// <summary>Opens the stage, an empty table, in the connection's transaction.</summary>
    /// <param name="connection">The connection, used by nobody else until this is disposed.</param>
    /// <param name="source">The source and its stage's columns, in the order in which the source gives them.</param>
    /// <param name="rules">How values are read.</param>
    /// <param name="progress">Told the rows so far, every few thousand.</param>
    public StageWriter(WorkspaceConnection connection, CompiledSource source, CoercionRules rules, Action<long>? progress)
    {
        (_columns, _keyCount, _progress) = (source.Columns, source.KeyCount, progress);
        _problems = new RowProblems(source.Source.Name);
        _appender = connection.AppendChunks(source.Stage);
        _cells = [.. _columns.Select((column, index) => StageCell.For(column.Type, _appender.Columns[index], rules))];
    }

    /// <summary>Rows staged so far.</summary>
    public long Rows { get; private set; }

    /// <summary>What was wrong with rows so far.</summary>
    public IReadOnlyList<RowProblem> Problems => _problems.All;

    /// <inheritdoc/>
    public Task BeginAsync(IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        if (_hasBegun || columns.Count != _cells.Length)
            throw new InvalidOperationException(
                $"The source began with {columns.Count} columns where {_cells.Length} were asked for once.");
        _hasBegun = true;
        for (var i = 0; i < _cells.Length; i++)
        {
            _cells[i].TakesJson = columns[i].Travels == Transport.Json;
            _cells[i].TakesLocal = columns[i].Travels == Transport.LocalTimestamp;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void WriteNull() => _cells[_at++].WriteNull(_row);

    /// <inheritdoc/>
    public void Write(bool value)
    {
        if (_cells[_at].Write(_row, value) is { } reason)
            Note(reason, value ? "true" : "false");
        _at++;
    }

    /// <inheritdoc/>
    public void Write(long value)
    {
        if (_cells[_at].Write(_row, value) is { } reason)
            Note(reason, value.ToString(CultureInfo.InvariantCulture));
        _at++;
    }

    /// <inheritdoc/>
    public void Write(decimal value)
    {
        if (_cells[_at].Write(_row, value) is { } reason)
            Note(reason, value.ToString(CultureInfo.InvariantCulture));
        _at++;
    }

    /// <inheritdoc/>
    public void Write(double value)
    {
        if (_cells[_at].Write(_row, value) is { } reason)
            Note(reason, value.ToString("R", CultureInfo.InvariantCulture));
        _at++;
    }

    /// <inheritdoc/>
    public void Write(DateOnly value)
    {
        if (_cells[_at].Write(_row, value) is { } reason)
            Note(reason, Value.Of(value).ToString());
        _at++;
    }

    /// <inheritdoc/>
    public void Write(DateTime value)
    {
        if (_cells[_at].Write(_row, value) is { } reason)
            Note(reason,
                value.ToString(_cells[_at].TakesLocal ? "yyyy-MM-ddTHH:mm:ss.FFFFFF" : "yyyy-MM-ddTHH:mm:ss.FFFFFFZ",
                    CultureInfo.InvariantCulture));
        _at++;
    }

    /// <inheritdoc/>
    public void Write(string value)
    {
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (most > _utf8.Length)
            _utf8 = new byte[most];
        if (Utf8.FromUtf16(value, _utf8, out _, out var written, replaceInvalidSequences: false) == OperationStatus.Done)
        {
            WriteUtf8(_utf8.AsSpan(0, written));
        }
        else
        {
            Note(Reasons.NotUnicode, Cut(value));
            _at++;
        }

        if (_utf8.Length > KeptBuffer)
            _utf8 = new byte[4096]; // a giant is rare; nobody should pay for it until the end
    }

    /// <inheritdoc/>
    public void WriteUtf8(ReadOnlySpan<byte> value)
    {
        if (_cells[_at].Write(_row, value) is { } reason)
            Note(reason, Cut(Encoding.UTF8.GetString(value[..Math.Min(value.Length, 4 * (MaxSample + 1))])));
        _at++;
    }

    /// <inheritdoc/>
    public void WriteProblem(string reason, string sample)
    {
        Note(reason, Cut(sample));
        _at++;
    }

    /// <inheritdoc/>
    public ValueTask EndRowAsync(CancellationToken cancellationToken)
    {
        if (_at != _cells.Length)
            throw new InvalidOperationException($"The source gave {_at} values for {_cells.Length} columns.");
        _at = 0;
        if (_inRow.Count > 0 && !SettleProblems())
            return ValueTask.CompletedTask; // the next row takes its place
        Rows++;
        if (++_row == ChunkAppender.Capacity)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Flush();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Says that the source ended well; without it, nothing that was given counts.</summary>
    public void Complete()
    {
        if (!_hasBegun || _at != 0)
            throw new InvalidOperationException("The source ended without columns, or within a row.");
        Flush();
        _appender.Complete();
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => _appender.Dispose();

    private void Flush()
    {
        if (_row > 0)
            _appender.Append(_row);
        _row = 0;
        _progress?.Invoke(Rows);
    }

    private void Note(string reason, string sample)
    {
        _cells[_at].WriteNull(_row);
        _inRow.Add((_at, reason, sample));
    }

    // Whether the row is kept. Done at its end, as the key may come after the problem.
    private bool SettleProblems()
    {
        var bad = _inRow.FindIndex(problem => problem.Column < _keyCount);
        if (bad >= 0)
            _problems.Add(property: null, "key: " + _inRow[bad].Reason, _inRow[bad].Sample, Key);
        else
        {
            foreach (var (column, reason, sample) in _inRow)
                _problems.Add(_columns[column].Property, reason, sample, Key);
        }

        _inRow.Clear();
        return bad < 0;
    }

    private string Key() => Cut(string.Join(", ", _cells.Take(_keyCount).Select(cell => cell.Text(_row))));

    private static string Cut(string text)
    {
        if (text.Length <= MaxSample)
            return text;
        var end = char.IsHighSurrogate(text[MaxSample - 1]) ? MaxSample - 1 : MaxSample;
        return text[..end];
    }
}
