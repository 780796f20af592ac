using System.Text.Json;

namespace Penstock.Benchmarks.Runs;

/// <summary>What one measured process needs to know.</summary>
internal sealed record Settings(string Host, int Port, string Database, string User, string Password, string Sink, string Folder,
    long Users)
{
    public string Write() => JsonSerializer.Serialize(this);

    public static Settings Read(string text) => JsonSerializer.Deserialize<Settings>(text)!; // written by Write
}

/// <summary>What one measured process came to: seconds by step, and numbers.</summary>
internal sealed record Figures(Dictionary<string, double> Seconds, Dictionary<string, long> Numbers)
{
    /// <summary>The most memory the process had, in MB, from the kernel.</summary>
    public static long PeakMegabytes()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024;
    }

    public int Print()
    {
        Console.WriteLine(JsonSerializer.Serialize(this));
        return 0;
    }
}
