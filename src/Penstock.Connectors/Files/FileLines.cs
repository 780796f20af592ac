using System.Text.Encodings.Web;
using System.Text.Json;
using Penstock.Contract;

namespace Penstock.Connectors.Files;

/// <summary>
/// The form of a line:
/// <c>{"destination","operation":"create|update|remove|rename","key","previous_key"?,
/// "fields"?:{…},"groups"?:{"entered":[…],"left":[…]}}</c>.
/// </summary>
internal static class FileLines
{
    // Lines are for people too: letters beyond ASCII stay letters.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Appends the batch's lines in one write. They are on the disk before the outcomes are given.</summary>
    /// <exception cref="ConnectionException">The folder can't be used at all.</exception>
    public static async Task<Outcomes> AppendAsync(FileApp app, Batch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = Path.Combine(app.Folder.Full, batch.Destination.Id + ".ndjson");
        try
        {
            Directory.CreateDirectory(app.Folder.Full);
            await AppendAsync(path, Lines(batch), cancellationToken);
            return batch.AllDelivered();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new ConnectionException(
                ConnectionFault.NoPermission,
                new("file.no_permission", $"'{path}' can't be written.", "Give this program's user the right to write there."),
                exception);
        }
        catch (IOException exception)
        {
            return batch.AllFailed(
                new("file.not_written", $"'{path}' could not be written: {exception.Message}", "See that the disk has room."));
        }
    }

    private static async Task AppendAsync(string path, ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0, useAsync: true);
        var before = file.Length;
        try
        {
            await file.WriteAsync(lines, cancellationToken);
            file.Flush(flushToDisk: true);
        }
        catch
        {
            Cut(file, before);
            throw;
        }
    }

    // Half a line would make the rest unreadable.
    private static void Cut(FileStream file, long length)
    {
        try
        {
            file.SetLength(length);
        }
        catch (IOException)
        {
            // The reason of the write says more than that of tidying up after it.
        }
    }

    private static ReadOnlyMemory<byte> Lines(Batch batch)
    {
        using var lines = new MemoryStream();
        using var json = new Utf8JsonWriter(lines, Readable);
        for (var i = 0; i < batch.Count; i++)
        {
            WriteLine(json, batch, batch[i]);
            json.Flush();
            json.Reset();
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }

    private static void WriteLine(Utf8JsonWriter json, Batch batch, Change change)
    {
        json.WriteStartObject();
        json.WriteString("destination", batch.Destination.Id);
        json.WriteString("operation", Word(batch.Operation, change));
        json.WriteString("key", change.Key);
        if (change.PreviousKey is { } previous)
            json.WriteString("previous_key", previous);
        if (batch.Operation == Operation.Write)
        {
            WriteFields(json, change);
            if (change.Groups.Any())
                WriteGroups(json, change);
        }

        json.WriteEndObject();
    }

    private static string Word(Operation operation, Change change) => operation switch
    {
        Operation.Remove => "remove",
        Operation.Rename => "rename",
        _ => change.IsCreate ? "create" : "update",
    };

    private static void WriteFields(Utf8JsonWriter json, Change change)
    {
        json.WriteStartObject("fields");
        foreach (var field in change.Fields)
        {
            json.WritePropertyName(field.Field.Name);
            if (field.Value.Kind == ValueKind.Json)
                WriteOnOneLine(json, field.Value.Json);
            else
                field.Value.WriteTo(json);
        }

        json.WriteEndObject();
    }

    // A document may have been written with line breaks; here a line is a change.
    private static void WriteOnOneLine(Utf8JsonWriter json, string text)
    {
        using var document = JsonDocument.Parse(text);
        document.RootElement.WriteTo(json);
    }

    private static void WriteGroups(Utf8JsonWriter json, Change change)
    {
        json.WriteStartObject("groups");
        foreach (var part in change.Groups.GroupBy(group => group.Entered).OrderByDescending(part => part.Key))
        {
            json.WriteStartArray(part.Key ? "entered" : "left");
            foreach (var group in part)
                json.WriteStringValue(group.Target.Target);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
