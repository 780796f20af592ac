using Penstock.Contract;

namespace Penstock.Testing;

/// <summary>Keeps the rows that a source writes, for tests. Checks the order of calls as the real writer needs it.</summary>
public sealed class RowCollector : IRowWriter
{
    private readonly List<Value?[]> _rows = [];
    private Value?[] _row = [];
    private int _at;

    /// <summary>The columns, once begun.</summary>
    public IReadOnlyList<Column> Columns { get; private set; } = [];

    /// <summary>The rows; a problem is null here (and not <see cref="Value.Null"/>).</summary>
    public IReadOnlyList<Value?[]> Rows => _rows;

    /// <summary>Column, reason and sample of each value that could not be given.</summary>
    public List<(string Column, string Reason, string Sample)> Problems { get; } = [];

    /// <summary>The raw bytes that came by <see cref="WriteUtf8"/> and were no UTF-8.</summary>
    public List<byte[]> InvalidUtf8 { get; } = [];

    /// <summary>Called after each row, with the number of rows so far: to break or cancel half way.</summary>
    public Func<int, CancellationToken, ValueTask>? OnRow { get; init; }

    /// <summary>The value of a column in a row.</summary>
    public Value? this[int row, string column] =>
        Rows[row][Columns.Select(c => c.Name).ToList().IndexOf(column)];

    /// <summary>The only row as text, for short assertions: null is <c>NULL</c>, a problem <c>!</c>.</summary>
    public IReadOnlyList<string> Texts(int row) =>
        [.. Rows[row].Select(value => value is null ? "!" : value.Value.IsNull ? "NULL" : value.Value.ToString())];

    /// <inheritdoc/>
    public Task BeginAsync(IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        if (Columns.Count > 0)
            throw new InvalidOperationException("BeginAsync was called twice.");
        Columns = columns;
        _row = new Value?[columns.Count];
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void WriteNull() => Add(Value.Null);

    /// <inheritdoc/>
    public void Write(bool value) => Add(Value.Of(value), Transport.Boolean);

    /// <inheritdoc/>
    public void Write(long value) => Add(Value.Of(value), Transport.Integer);

    /// <inheritdoc/>
    public void Write(decimal value) => Add(Value.Of(value), Transport.Decimal);

    /// <inheritdoc/>
    public void Write(double value) => Add(Value.Of(value), Transport.Float);

    /// <inheritdoc/>
    public void Write(DateOnly value) => Add(Value.Of(value), Transport.Date);

    /// <inheritdoc/>
    public void Write(DateTime value) => Add(Value.Of(value), Transport.Timestamp, Transport.LocalTimestamp);

    /// <inheritdoc/>
    public void Write(string value) =>
        Add(Columns[_at].Travels == Transport.Json ? Value.OfJson(value) : Value.Of(value), Transport.Text, Transport.Json);

    /// <inheritdoc/>
    public void WriteUtf8(ReadOnlySpan<byte> value)
    {
        if (!System.Text.Unicode.Utf8.IsValid(value))
            InvalidUtf8.Add(value.ToArray());
        Write(System.Text.Encoding.UTF8.GetString(value));
    }

    /// <inheritdoc/>
    public void WriteProblem(string reason, string sample)
    {
        if (sample.Length > 100)
            throw new InvalidOperationException("A sample is longer than 100 characters.");
        Problems.Add((Columns[_at].Name, reason, sample));
        _row[_at++] = null;
    }

    /// <inheritdoc/>
    public ValueTask EndRowAsync(CancellationToken cancellationToken)
    {
        if (_at != Columns.Count)
            throw new InvalidOperationException($"{_at} values were given for {Columns.Count} columns.");
        _rows.Add(_row);
        _row = new Value?[Columns.Count];
        _at = 0;
        return OnRow?.Invoke(_rows.Count, cancellationToken) ?? ValueTask.CompletedTask;
    }

    private void Add(Value value, params ReadOnlySpan<Transport> travels)
    {
        if (travels.Length > 0 && !travels.Contains(Columns[_at].Travels))
            throw new InvalidOperationException($"{Columns[_at].Name} travels as {Columns[_at].Travels}, but came as {value.Kind}.");
        _row[_at++] = value;
    }
}
