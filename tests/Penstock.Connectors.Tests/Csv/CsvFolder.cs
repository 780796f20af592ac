using Penstock.Connectors.Csv;
using Penstock.Contract;
using Penstock.Testing;

namespace Penstock.Connectors.Tests.Csv;

/// <summary>A folder of a test's own, removed with it.</summary>
internal sealed class CsvFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("penstock-csv-").FullName;

    public CsvFolder(params (string Name, string Text)[] files)
    {
        foreach (var (name, text) in files)
            Write(name, text);
    }

    public static CsvConnector Connector { get; } = new();

    public string Path => System.IO.Path.Combine(_folder, "it's here");

    public CsvApp App => new() { Folder = new FilePath("files", Path) };

    public void Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public void Write(string name, byte[] bytes)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!); // a file has a folder
        File.WriteAllBytes(path, bytes);
    }

    public Task<RowCollector> ReadAsync(string query) => ReadAsync(App, new SourceQuery(Sql.Trusted(query)));

    public Task<RowCollector> ReadTableAsync(string file, CsvApp? app = null)
    {
        var table = Identifier.Parse(file);
        var selection = new SourceSelection { Table = table, Keys = [], Columns = [] };
        return ReadAsync(app ?? App,
            new SourceQuery(Sql.Of($"SELECT * FROM {new Identifier(string.Join('.', table.Parts))}")) { Selection = selection });
    }

    public static async Task<RowCollector> ReadAsync(CsvApp app, SourceQuery query)
    {
        var rows = new RowCollector();
        await Connector.ReadAsync(app, query, rows, NoHttp.Instance, CancellationToken.None);
        return rows;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
