namespace Penstock.Control.Tests;

/// <summary>A workspace folder that is gone after the test.</summary>
internal sealed class Workspace : IDisposable
{
    /// <summary>The folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("penstock-test-").FullName;

    /// <summary>The control database's file.</summary>
    public string File => Path.Combine(Folder, "control.db");

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
