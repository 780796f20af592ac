using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Penstock.Simulators.Braze;

/// <summary>A request's body in a pooled buffer.</summary>
internal readonly struct RequestBody : IDisposable
{
    // Far above any limit of the vendor: what is longer is read to its end, so that the caller gets its 413, but not kept.
    private const int MaxKept = 8_000_000;

    private readonly byte[] _buffer;
    private readonly bool _pooled;

    private RequestBody(byte[] buffer, int kept, long length, bool pooled) =>
        (_buffer, Kept, Length, _pooled) = (buffer, kept, length, pooled);

    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, Kept);

    /// <summary>Bytes sent, which may be more than were kept.</summary>
    public long Length { get; }

    private int Kept { get; }

    /// <param name="request">Where to read.</param>
    /// <param name="pooled">Whether the buffer may go back when the request ends.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async ValueTask<RequestBody> ReadAsync(HttpRequest request, bool pooled, CancellationToken cancellationToken)
    {
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.IsCompleted || read.Buffer.Length > MaxKept)
            {
                var kept = (int)Math.Min(read.Buffer.Length, MaxKept);
                var buffer = pooled ? ArrayPool<byte>.Shared.Rent(kept) : new byte[kept];
                read.Buffer.Slice(0, kept).CopyTo(buffer);
                var length = read.Buffer.Length;
                reader.AdvanceTo(read.Buffer.End);
                while (!read.IsCompleted)
                {
                    read = await reader.ReadAsync(cancellationToken);
                    length += read.Buffer.Length;
                    reader.AdvanceTo(read.Buffer.End);
                }

                return new RequestBody(buffer, kept, length, pooled);
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public void Dispose()
    {
        if (_pooled)
            ArrayPool<byte>.Shared.Return(_buffer);
    }
}
