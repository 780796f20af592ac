using Penstock.Connectors.Files;
using Penstock.Contract;
using Penstock.Testing;
using Penstock.Testing.Http;

namespace Penstock.Connectors.Tests.Files;

public sealed class FileConnectorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("penstock-files-").FullName;
    private readonly FileConnector _connector = new();

    private FileApp App => new() { Folder = new("changes", Path.Combine(_folder, "changes")) };

    private string Text => File.ReadAllText(Path.Combine(_folder, "changes", "audit.ndjson"));

    private DestinationContext Destination
    {
        get
        {
            var kind = _connector.Declaration.Destinations[0];
            return new("audit", kind, SyncModes.Sync, Options: null)
            {
                Fields = [new("email", DataKind.String, IsCustom: true), new("address", DataKind.Json, IsCustom: true)],
                Groups = [new("vip", kind.Groups[0], "vip"), new("fans", kind.Groups[0], "fans")],
            };
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Each_change_is_a_line_that_says_what_happened()
    {
        var writes = new Batch(Destination, Operation.Write, 2);
        writes.Add(0, "42", isCreate: true);
        writes.Set(0, Value.Of("anné@example.com"));
        writes.Set(1, Value.OfJson("{\n  \"city\": \"Oslo\"\n}"));
        writes.SetGroup(0, entered: true);
        writes.SetGroup(1, entered: false);
        writes.Add(1, "43", isCreate: false);
        writes.Set(0, Value.Null);
        (await _connector.WriteAsync(App, writes, new SilentHttp(), TestContext.Current.CancellationToken)).EnsureComplete();

        var renames = new Batch(Destination, Operation.Rename, 1);
        renames.Add(2, "44", isCreate: false, previousKey: "42");
        (await _connector.RenameAsync(App, renames, new SilentHttp(), TestContext.Current.CancellationToken)).EnsureComplete();

        var removes = new Batch(Destination, Operation.Remove, 1);
        removes.Add(3, "44", isCreate: false);
        (await _connector.RemoveAsync(App, removes, new SilentHttp(), TestContext.Current.CancellationToken)).EnsureComplete();
        Golden.Match(Text, "changes.ndjson");
    }

    [Fact]
    public async Task Lines_are_added_to_those_of_earlier_runs()
    {
        await WriteAsync();
        var before = Text;
        await WriteAsync();
        Text.ShouldBe(before + before);
    }

    [Fact]
    public async Task A_file_that_another_program_holds_delivers_nothing_and_keeps_its_content()
    {
        await WriteAsync();
        var before = Text;
        await using (new FileStream(Path.Combine(_folder, "changes", "audit.ndjson"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            var outcomes = await WriteAsync();
            outcomes[0].Kind.ShouldBe(OutcomeKind.Failed);
            outcomes[0].Reason!.Code.ShouldBe("file.not_written");
        }

        Text.ShouldBe(before);
    }

    [Fact]
    public async Task A_full_disk_delivers_nothing_and_says_so()
    {
        Directory.CreateDirectory(App.Folder.Full);
        File.CreateSymbolicLink(Path.Combine(App.Folder.Full, "audit.ndjson"), "/dev/full"); // every write there finds no room
        var outcomes = await WriteAsync();
        outcomes[0].Kind.ShouldBe(OutcomeKind.Failed);
        outcomes[0].Reason!.Message.ShouldContain("No space left");
    }

    [Fact]
    public async Task A_file_in_the_folders_place_is_told_by_the_test()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "changes"), "", TestContext.Current.CancellationToken);
        var exception = await Should.ThrowAsync<ConnectionException>(
            () => _connector.TestAsync(App, new SilentHttp(), TestContext.Current.CancellationToken));
        exception.Problem.Code.ShouldBe("file.no_folder");
    }

    [Fact]
    public async Task Testing_makes_nothing()
    {
        (await _connector.TestAsync(App, new SilentHttp(), TestContext.Current.CancellationToken)).ShouldContain("changes");
        Directory.EnumerateFileSystemEntries(_folder).ShouldBeEmpty();
    }

    private Task<Outcomes> WriteAsync()
    {
        var batch = new Batch(Destination, Operation.Write, 1);
        batch.Add(0, "42", isCreate: true);
        batch.Set(0, Value.Of("ann@example.com"));
        return _connector.WriteAsync(App, batch, new SilentHttp(), TestContext.Current.CancellationToken);
    }
}
