using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Penstock.Engine.Delivering.Http;

/// <summary>Raised out of a connector's encoding when the body outgrows the limit; the engine halves the batch.</summary>
internal sealed class BodyTooLargeException(int maxBytes) : Exception($"The body would have more than {maxBytes} bytes.")
{
    public int MaxBytes { get; } = maxBytes;
}

/// <summary>A request body in a rented buffer, with a writer that is used again and again.</summary>
internal sealed class JsonBody : IBufferWriter<byte>, IDisposable
{
    private const int KeptBytes = 1 << 20;
    private static readonly ConcurrentQueue<JsonBody> Idle = new();

    // Bodies are UTF-8 sent as application/json, never HTML: there is no need to escape what is not ASCII.
    private static readonly JsonWriterOptions Writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly Utf8JsonWriter _writer;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private int _written;
    private int _maxBytes;

    private JsonBody() => _writer = new(this, Writing);

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _written);

    /// <exception cref="BodyTooLargeException">It would be larger than <paramref name="maxBytes"/>.</exception>
    public static JsonBody Encode(Action<Utf8JsonWriter> write, int maxBytes)
    {
        var body = Idle.TryDequeue(out var idle) ? idle : new JsonBody();
        body._maxBytes = maxBytes;
        try
        {
            write(body._writer);
            body._writer.Flush();
            return body._written <= maxBytes ? body : throw new BodyTooLargeException(maxBytes);
        }
        catch
        {
            body.Return();
            throw;
        }
    }

    /// <summary>Gives the buffer back. Not to be called while an abandoned request may still read it.</summary>
    public void Return()
    {
        _written = 0;
        if (_buffer.Length > KeptBytes || Idle.Count >= 256)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            Dispose();
            return;
        }

        _maxBytes = int.MaxValue;
        _writer.Reset(this); // drops what a writer that was interrupted still holds
        Idle.Enqueue(this);
    }

    /// <summary>Gives the writer up; the buffer is left to the garbage collector.</summary>
    public void Dispose()
    {
        _written = 0;
        _writer.Reset(); // nothing is to be written to a buffer that is gone
        _writer.Dispose();
    }

    void IBufferWriter<byte>.Advance(int count) => _written += count;

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => Room(sizeHint).Span;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint) => Room(sizeHint);

    private Memory<byte> Room(int sizeHint)
    {
        if (_written > _maxBytes)
            throw new BodyTooLargeException(_maxBytes);
        var needed = _written + Math.Max(sizeHint, 256);
        if (needed > _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _buffer.Length * 2));
            _buffer.AsSpan(0, _written).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsMemory(_written);
    }
}
