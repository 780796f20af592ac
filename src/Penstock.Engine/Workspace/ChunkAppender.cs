using System.Runtime.CompilerServices;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Penstock.Contract;
using NativeAppender = DuckDB.NET.Native.DuckDBAppender;

namespace Penstock.Engine.Workspace;

/// <summary>
/// The fastest way into a table: values are written straight into DuckDB's column vectors, a chunk of rows at a time. The managed appender
/// takes one call through an interface and a nullable for each value; this takes none, and text stays UTF-8. The only unsafe code of the
/// engine.
/// </summary>
internal sealed unsafe class ChunkAppender : IDisposable
{
    private readonly NativeAppender _appender;
    private readonly DuckDBLogicalType[] _types;
    private readonly DuckDBDataChunk _chunk;
    private readonly string _file;
    private bool _isComplete;

    /// <summary>Opens an appender for <paramref name="table"/> in the connection's transaction.</summary>
    public ChunkAppender(DuckDBConnection connection, Identifier table)
    {
        _file = connection.DataSource;
        // null: the default schema
        var state = NativeMethods.Appender.DuckDBAppenderCreate(connection.NativeConnection, null!, table.Name, out _appender);
        if (!IsGood(state))
            throw Fault();
        var count = (int)NativeMethods.Appender.DuckDBAppenderColumnCount(_appender);
        _types = new DuckDBLogicalType[count];
        for (var i = 0; i < count; i++)
            _types[i] = NativeMethods.Appender.DuckDBAppenderColumnType(_appender, (ulong)i);
        _chunk = NativeMethods.DataChunks.DuckDBCreateDataChunk([.. _types.Select(type => type.DangerousGetHandle())], (ulong)count);
        Columns = [.. Enumerable.Range(0, count).Select(_ => new ChunkColumn())];
        Bind();
    }

    /// <summary>How many rows a chunk takes.</summary>
    public static int Capacity { get; } = (int)NativeMethods.Helpers.DuckDBVectorSize();

    /// <summary>The table's columns, in order.</summary>
    public IReadOnlyList<ChunkColumn> Columns { get; }

    /// <summary>Appends the first <paramref name="rows"/> rows of the chunk and empties it.</summary>
    public void Append(int rows)
    {
        NativeMethods.DataChunks.DuckDBDataChunkSetSize(_chunk, (ulong)rows);
        if (!IsGood(NativeMethods.Appender.DuckDBAppendDataChunk(_appender, _chunk)))
            throw Fault();
        NativeMethods.DataChunks.DuckDBDataChunkReset(_chunk);
        Bind();
    }

    /// <summary>Hands all that was appended to the table.</summary>
    public void Complete()
    {
        if (!IsGood(NativeMethods.Appender.DuckDBAppenderClose(_appender)))
            throw Fault();
        _isComplete = true;
    }

    /// <summary>Gives the memory back; rows that were not handed over by <see cref="Complete"/> are gone.</summary>
    public void Dispose()
    {
        if (!_isComplete)
            NativeMethods.Appender.DuckDBAppenderClear(_appender);
        _chunk?.Dispose();
        foreach (var type in _types ?? [])
            type.Dispose();
        _appender.Dispose();
    }

    private void Bind()
    {
        for (var i = 0; i < Columns.Count; i++)
            Columns[i].Bind(NativeMethods.DataChunks.DuckDBDataChunkGetVector(_chunk, i));
    }

    private static bool IsGood(DuckDBState state) => state == DuckDBState.Success;

    private Exception Fault()
    {
        using var error = NativeMethods.Appender.DuckDBAppenderErrorData(_appender);
        var message = error.Message ?? "The rows could not be appended.";
        return WorkspaceFaults.Explain(message, _file) is { } problem
            ? new PenstockException(problem)
            : new InvalidOperationException($"DuckDB took no rows: {message}");
    }
}

/// <summary>One column of a chunk. Rows may be written in any order, and again; a row not written is not null but undefined.</summary>
internal sealed unsafe class ChunkColumn
{
    private nint _vector;
    private void* _data;
    private ulong* _validity;
    private ulong _listSize;

    /// <summary>Writes a fixed-size value in DuckDB's own representation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set<T>(int row, T value)
        where T : unmanaged
    {
        ((T*)_data)[row] = value;
        SetValid(row);
    }

    /// <summary>Reads back what was written.</summary>
    public T Get<T>(int row)
        where T : unmanaged => ((T*)_data)[row];

    /// <summary>Writes text, which must be UTF-8 without NUL.</summary>
    public void SetText(int row, ReadOnlySpan<byte> utf8)
    {
        fixed (byte* text = utf8)
        {
            byte nothing;
            NativeMethods.Vectors.DuckDBUnsafeVectorAssignStringElementLength(_vector, (ulong)row, text is null ? &nothing : text,
                utf8.Length);
        }

        SetValid(row);
    }

    /// <summary>Reads back text that was written.</summary>
    public ReadOnlySpan<byte> GetText(int row)
    {
        // duckdb_string_t: a length, then up to 12 bytes in place, or 4 bytes of prefix and a pointer.
        var entry = (byte*)_data + (row * 16L);
        var length = *(int*)entry;
        return new ReadOnlySpan<byte>(length <= 12 ? entry + 4 : *(byte**)(entry + 8), length);
    }

    /// <summary>Writes null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetNull(int row) => _validity[row >> 6] &= ~(1UL << (row & 63));

    /// <summary>Whether null was written.</summary>
    public bool IsNull(int row) => (_validity[row >> 6] & (1UL << (row & 63))) == 0;

    /// <summary>Begins a list of <paramref name="count"/> elements and gives the column and first row to write them to.</summary>
    public (ChunkColumn Elements, int FirstRow) SetList(int row, int count)
    {
        var first = _listSize;
        _listSize += (ulong)count;
        NativeMethods.Vectors.DuckDBListVectorReserve(_vector, _listSize);
        NativeMethods.Vectors.DuckDBListVectorSetSize(_vector, _listSize);
        ((ulong*)_data)[2 * row] = first;
        ((ulong*)_data)[(2 * row) + 1] = (ulong)count;
        SetValid(row);
        var elements = new ChunkColumn();
        elements.Bind(NativeMethods.Vectors.DuckDBListVectorGetChild(_vector)); // reserving may have moved it
        return (elements, (int)first);
    }

    internal void Bind(nint vector)
    {
        _vector = vector;
        _data = NativeMethods.Vectors.DuckDBVectorGetData(vector);
        NativeMethods.Vectors.DuckDBVectorEnsureValidityWritable(vector);
        _validity = NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
        _listSize = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetValid(int row) => _validity[row >> 6] |= 1UL << (row & 63);
}
