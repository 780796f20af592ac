using System.Text;
using Penstock.Contract;

namespace Penstock.Engine.Inspecting;

/// <summary>Takes a few rows of a source to look at, and breaks the reading off when they become too many or too large.</summary>
internal sealed class SampleRows(int maxRows, int maxBytes) : IRowWriter
{
    private const int MostLetters = 1_000;
    private readonly List<IReadOnlyList<Value>> _rows = [];
    private List<Value> _row = [];
    private long _bytes;

    /// <summary>The columns.</summary>
    public IReadOnlyList<Column> Columns { get; private set; } = [];

    /// <summary>The rows.</summary>
    public IReadOnlyList<IReadOnlyList<Value>> Rows => _rows;

    /// <summary>Whether there was more than it takes.</summary>
    public bool IsCut { get; private set; }

    /// <inheritdoc/>
    public Task BeginAsync(IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        Columns = columns;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void WriteNull() => _row.Add(Value.Null);

    /// <inheritdoc/>
    public void Write(bool value) => _row.Add(Value.Of(value));

    /// <inheritdoc/>
    public void Write(long value) => _row.Add(Value.Of(value));

    /// <inheritdoc/>
    public void Write(decimal value) => _row.Add(Value.Of(value));

    /// <inheritdoc/>
    public void Write(double value) => _row.Add(Value.Of(value));

    /// <inheritdoc/>
    public void Write(DateOnly value) => _row.Add(Value.Of(value));

    /// <inheritdoc/>
    public void Write(DateTime value) => _row.Add(Value.Of(value));

    /// <inheritdoc/>
    public void Write(string value)
    {
        _bytes += value.Length;
        _row.Add(Value.Of(Cut(value)));
    }

    /// <inheritdoc/>
    public void WriteUtf8(ReadOnlySpan<byte> value)
    {
        _bytes += value.Length;
        // A character has at most four bytes.
        _row.Add(Value.Of(Cut(Encoding.UTF8.GetString(value[..Math.Min(value.Length, 4 * (MostLetters + 1))]))));
    }

    /// <inheritdoc/>
    public void WriteProblem(string reason, string sample) => _row.Add(Value.Null);

    /// <inheritdoc/>
    public ValueTask EndRowAsync(CancellationToken cancellationToken)
    {
        _bytes += 8 * _row.Count;
        if (_rows.Count == maxRows || _bytes > maxBytes)
        {
            IsCut = true;
            throw new EnoughException();
        }

        _rows.Add(_row);
        _row = [];
        return ValueTask.CompletedTask;
    }

    private static string Cut(string text)
    {
        if (text.Length <= MostLetters)
            return text;
        return text[..(char.IsHighSurrogate(text[MostLetters - 1]) ? MostLetters - 1 : MostLetters)] + "…";
    }
}

/// <summary>Ends a reading that has given enough; never seen outside of it.</summary>
internal sealed class EnoughException : Exception;
