using System.Buffers.Binary;
using System.Globalization;
using Npgsql;
using Penstock.Contract;

namespace Penstock.Connectors.Postgres;

/// <summary>
/// Reads the binary COPY format row by row, straight from the bytes: no boxing, and text stays UTF-8. The format: a signature, then for
/// each row the number of fields and for each field its length and bytes, big-endian (postgresql.org/docs/current/sql-copy.html).
/// </summary>
internal sealed class PostgresCopy(Stream stream, IReadOnlyList<PostgresColumn> columns)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <summary>Reads all rows into <paramref name="rows"/>.</summary>
    /// <param name="rows">Takes them.</param>
    /// <param name="breaking">Breaks the connection off.</param>
    /// <param name="cancellationToken">Ends the waiting for the writer, between two rows.</param>
    /// <exception cref="NpgsqlException">The connection broke, or the data ended before its end mark.</exception>
    public async Task ReadAsync(IRowWriter rows, CancellationToken breaking, CancellationToken cancellationToken)
    {
        await SkipHeaderAsync(breaking);
        while (true)
        {
            int length;
            while ((length = RowLength()) < 0)
                await FillAsync(breaking);
            if (length == 0)
                return;
            WriteRow(rows);
            _start += length;
            await rows.EndRowAsync(cancellationToken);
        }
    }

    private async Task SkipHeaderAsync(CancellationToken cancellationToken)
    {
        const int Fixed = 11 + 4 + 4;
        while (_end - _start < Fixed)
            await FillAsync(cancellationToken);
        if (_buffer[0] != (byte)'P' || _buffer[5] != (byte)'Y')
            throw new InvalidDataException("What came is not PostgreSQL's binary COPY format.");
        var extension = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(15));
        while (_end - _start < Fixed + extension)
            await FillAsync(cancellationToken);
        _start += Fixed + extension;
    }

    // The bytes of the next row; 0 at the end mark, -1 when it has not come whole yet.
    private int RowLength()
    {
        var data = _buffer.AsSpan(_start, _end - _start);
        if (data.Length < 2)
            return -1;
        var fields = BinaryPrimitives.ReadInt16BigEndian(data);
        if (fields < 0)
            return 0;
        if (fields != columns.Count)
            throw new InvalidDataException($"A row came with {fields} values for {columns.Count} columns.");
        var at = 2;
        for (var i = 0; i < fields; i++)
        {
            if (data.Length < at + 4)
                return -1;
            at += 4 + Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(data[at..]));
            if (data.Length < at)
                return -1;
        }

        return at;
    }

    private void WriteRow(IRowWriter rows)
    {
        var data = _buffer.AsSpan(_start + 2, _end - _start - 2);
        foreach (var column in columns)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(data);
            data = data[4..];
            if (length < 0)
            {
                rows.WriteNull();
                continue;
            }

            Write(column.Wire, data[..length], rows);
            data = data[length..];
        }
    }

    private static void Write(PostgresWire wire, ReadOnlySpan<byte> value, IRowWriter rows)
    {
        switch (wire)
        {
            case PostgresWire.Boolean: rows.Write(value[0] != 0); break;
            case PostgresWire.Int16: rows.Write((long)BinaryPrimitives.ReadInt16BigEndian(value)); break;
            case PostgresWire.Int32: rows.Write((long)BinaryPrimitives.ReadInt32BigEndian(value)); break;
            case PostgresWire.Int64: rows.Write(BinaryPrimitives.ReadInt64BigEndian(value)); break;
            case PostgresWire.Oid: rows.Write((long)BinaryPrimitives.ReadUInt32BigEndian(value)); break;
            case PostgresWire.Float32: rows.Write(Widen(BinaryPrimitives.ReadSingleBigEndian(value))); break;
            case PostgresWire.Float64: rows.Write(BinaryPrimitives.ReadDoubleBigEndian(value)); break;
            case PostgresWire.Numeric: PostgresNumeric.Write(value, rows); break;
            case PostgresWire.Date: PostgresTimes.WriteDate(BinaryPrimitives.ReadInt32BigEndian(value), rows); break;
            case PostgresWire.Timestamp: PostgresTimes.WriteTimestamp(BinaryPrimitives.ReadInt64BigEndian(value), rows); break;
            case PostgresWire.Uuid: WriteUuid(value, rows); break;
            case PostgresWire.Jsonb: rows.WriteUtf8(value[1..]); break; // the first byte is the format's version
            default: rows.WriteUtf8(value); break;
        }
    }

    // 0.1 stays 0.1, as people see it in the database, rather than 0.10000000149011612.
    private static double Widen(float value) => float.IsFinite(value) && (int)value != value
        ? double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : value;

    private static void WriteUuid(ReadOnlySpan<byte> value, IRowWriter rows)
    {
        Span<byte> text = stackalloc byte[36];
        new Guid(value, bigEndian: true).TryFormat(text, out _);
        rows.WriteUtf8(text);
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, (int)Math.Min(2L * _buffer.Length, Array.MaxLength));
        _end += await ReadAsync(_buffer.AsMemory(_end), cancellationToken);
    }

    // An IOException may also come from the writer (a full disk), so the connection's own get the driver's type here.
    private async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            return read > 0 ? read : throw new EndOfStreamException("the data ended in the middle of a row");
        }
        catch (IOException cause)
        {
            throw new NpgsqlException(cause.Message, cause);
        }
    }
}
