using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Penstock.Contract;

namespace Penstock.Engine.Runs;

/// <summary>What an answer comes to as one number: only its first rows count, and reading stops after them.</summary>
internal sealed class AnswerHash : IRowWriter, IDisposable
{
    /// <summary>The most rows that count.</summary>
    public const int MostRows = 1_000;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _rows;

    /// <summary>SHA-256, in hexadecimal.</summary>
    public string Hex() => Convert.ToHexString(_hash.GetCurrentHash());

    public Task BeginAsync(IReadOnlyList<Column> columns, CancellationToken cancellationToken) => Task.CompletedTask;

    public void WriteNull() => Add('n', []);

    public void Write(bool value) => Add('b', [value ? (byte)1 : (byte)0]);

    public void Write(long value) => Add('i', value.ToString(CultureInfo.InvariantCulture));

    public void Write(decimal value) => Add('m', value.ToString(CultureInfo.InvariantCulture));

    public void Write(double value) => Add('d', value.ToString("R", CultureInfo.InvariantCulture));

    public void Write(DateOnly value) => Add('y', value.ToString("O", CultureInfo.InvariantCulture));

    public void Write(DateTime value) => Add('t', value.ToString("O", CultureInfo.InvariantCulture));

    public void Write(string value) => Add('s', value);

    public void WriteUtf8(ReadOnlySpan<byte> value) => Add('s', value);

    public void WriteProblem(string reason, string sample) => Add('p', sample);

    public ValueTask EndRowAsync(CancellationToken cancellationToken)
    {
        Add('r', []);
        return ++_rows < MostRows ? ValueTask.CompletedTask : throw new EnoughException();
    }

    public void Dispose() => _hash.Dispose();

    private void Add(char kind, string text) => Add(kind, Encoding.UTF8.GetBytes(text));

    private void Add(char kind, ReadOnlySpan<byte> bytes)
    {
        Span<byte> head = stackalloc byte[5];
        head[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], bytes.Length);
        _hash.AppendData(head);
        _hash.AppendData(bytes);
    }

    /// <summary>Ends the reading: what counts has come.</summary>
    internal sealed class EnoughException : Exception;
}
