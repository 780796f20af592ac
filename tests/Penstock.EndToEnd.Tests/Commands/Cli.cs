using System.Text.Json;
using Penstock.Cli;
using Penstock.Cli.Wiring;

namespace Penstock.EndToEnd.Tests.Commands;

/// <summary>Runs command lines in this process, in a folder that is gone after the test.</summary>
internal sealed class Cli : IDisposable
{
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    /// <summary>The folder that commands are run in.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("penstock-test-").FullName;

    /// <summary>Sets a variable of the environment.</summary>
    public Cli With(string name, string value)
    {
        _environment[name] = value;
        return this;
    }

    /// <summary>Writes a file below the folder.</summary>
    public Cli Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // below the folder
        File.WriteAllText(path, text);
        return this;
    }

    /// <summary>Runs a command line.</summary>
    public Task<Ran> RunAsync(params string[] args) => RunAsync(surroundings => surroundings, args);

    /// <summary>Runs a command line in other surroundings.</summary>
    public async Task<Ran> RunAsync(Func<Surroundings, Surroundings> change, params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var surroundings = new Surroundings { Output = output, Error = error, Environment = _environment, Folder = Folder };
        var code = await CommandLine.RunAsync(args, change(surroundings));
        return new(code, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>What a command line did.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it wrote on standard output.</param>
/// <param name="Error">What it wrote on standard error.</param>
internal sealed record Ran(int Code, string Output, string Error)
{
    /// <summary>The output as JSON.</summary>
    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }

    /// <summary>The names of a JSON object's members.</summary>
    public static IEnumerable<string> Members(JsonElement json) => json.EnumerateObject().Select(member => member.Name);
}
