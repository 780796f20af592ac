using Penstock.Contract;

namespace Penstock.Connectors.Files;

/// <summary>
/// Changes as lines of JSON, appended to a file. Useful for looking at what would be sent, for loading elsewhere, and as the connector
/// to read first.
/// </summary>
public sealed class FileConnector : IConnector<FileApp>, IDestination<FileApp>, IRemoves, IRenames
{
    /// <inheritdoc/>
    public Declaration Declaration { get; } = new("file", "File")
    {
        Summary = "Changes as lines of JSON (NDJSON), appended to a file for each destination.",
        App = Options.Of<FileApp>(),
        SpeaksHttp = false,
        Destinations =
        [
            new("changes", "Changes")
            {
                Key = new("key", "Key", DataKind.String) { Help = "Names the record in each line.", Required = true, Clearable = false },

                // No known fields: whatever is mapped is written under its name.
                CustomFields = new([.. DataType.Words.Values], Arrays: true) { Word = "field" },
                SyncModes = SyncModes.Sync | SyncModes.Additive,
                Groups =
                [
                    new("tag", "A word in the record's groups")
                    {
                        Help = "Written under groups.entered when a record enters the group, under groups.left when it leaves.",
                        TargetInWords = "any word",
                    },
                ],
                Removals =
                [
                    new("line", RemovalAct.Delete, "Write a line that says the record is gone."),
                    new("leave", RemovalAct.Leave, "Write nothing."),
                ],

                // One request at a time: each appends to the same file. Large ones, since each is flushed to the disk.
                Limits = new() { Records = 1_000, Concurrency = 1, Pool = "file" },
            },
        ],
    };

    /// <inheritdoc/>
    public Task<string> TestAsync(FileApp app, IHttp http, CancellationToken cancellationToken)
    {
        if (File.Exists(app.Folder.Full))
            throw new ConnectionException(ConnectionFault.NotFound, new("file.no_folder", $"'{app.Folder}' is a file.", "Name a folder."));
        return Task.FromResult(
            Directory.Exists(app.Folder.Full) ? $"Folder {app.Folder}" : $"Folder {app.Folder}, which will be made on the first write");
    }

    /// <inheritdoc/>
    public Task<Outcomes> WriteAsync(FileApp app, Batch batch, IHttp http, CancellationToken cancellationToken) =>
        FileLines.AppendAsync(app, batch, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcomes> RemoveAsync(object app, Batch batch, IHttp http, CancellationToken cancellationToken) =>
        FileLines.AppendAsync((FileApp)app, batch, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcomes> RenameAsync(object app, Batch batch, IHttp http, CancellationToken cancellationToken) =>
        FileLines.AppendAsync((FileApp)app, batch, cancellationToken);
}
