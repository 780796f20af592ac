namespace Penstock.Contract;

/// <summary>
/// Takes a source's rows, value by value, without boxing. First <see cref="BeginAsync"/>, then for each row one call per column in
/// order, then <see cref="EndRowAsync"/>. A value that can't be given is given as a <see cref="WriteProblem"/>: it becomes null and is
/// counted, and the row goes on. Not for use by several threads.
/// </summary>
public interface IRowWriter
{
    /// <summary>Says which columns come, in which order. Called once, before the first row.</summary>
    Task BeginAsync(IReadOnlyList<Column> columns, CancellationToken cancellationToken);

    /// <summary>No value.</summary>
    void WriteNull();

    /// <summary>A boolean.</summary>
    void Write(bool value);

    /// <summary>A whole number.</summary>
    void Write(long value);

    /// <summary>An exact number; more than 9 digits after the point are rounded half away from zero.</summary>
    void Write(decimal value);

    /// <summary>A double.</summary>
    void Write(double value);

    /// <summary>A day.</summary>
    void Write(DateOnly value);

    /// <summary>A time: UTC or without zone, as the column's <see cref="Transport"/> says.</summary>
    void Write(DateTime value);

    /// <summary>Text; a lone surrogate or NUL in it is found by the coercion.</summary>
    void Write(string value);

    /// <summary>Text as UTF-8; bytes that are none become a row problem.</summary>
    void WriteUtf8(ReadOnlySpan<byte> value);

    /// <summary>A value that can't be given (out of range, not decodable): null, with a counted problem.</summary>
    /// <param name="reason">Why, as a short phrase without the value, such as <c>number too large</c>.</param>
    /// <param name="sample">The value as text, cut to 100 characters.</param>
    void WriteProblem(string reason, string sample);

    /// <summary>Ends the row. Completes at once unless the writer has to wait for room.</summary>
    ValueTask EndRowAsync(CancellationToken cancellationToken);
}
