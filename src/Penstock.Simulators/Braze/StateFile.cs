using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Penstock.Simulators.Braze;

/// <summary>
/// The profiles as a JSON file. Written whole and put in place atomically, a moment after a change; a big file is written less often, so
/// that saving takes a tenth of the time at most.
/// </summary>
internal sealed class StateFile : IDisposable
{
    private const int Version = 1;

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly Profiles _profiles;
    private readonly ITimer _timer;
    private readonly Lock _saving = new();
    private TimeSpan _wait = Moment;
    private int _planned;

    public StateFile(string path, Profiles profiles, TimeProvider time)
    {
        _path = path;
        _profiles = profiles;
        _timer = time.CreateTimer(_ => SavePlanned(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Reads the file when it is there, and saves changes from now on.</summary>
    public void Load()
    {
        if (File.Exists(_path))
            Read();
        _profiles.Changed = Plan;
    }

    public void Save()
    {
        lock (_saving)
        {
            var started = Stopwatch.GetTimestamp();
            var temporary = _path + ".new";
            using (var stream = File.Create(temporary))
            using (var json = new Utf8JsonWriter(stream, Json.PlainWriter))
                _profiles.Read(() => Write(json));
            File.Move(temporary, _path, overwrite: true);
            var tenfold = Stopwatch.GetElapsedTime(started) * 10;
            _wait = tenfold > Moment ? tenfold : Moment;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Plan()
    {
        if (Interlocked.Exchange(ref _planned, 1) == 0)
            _timer.Change(_wait, Timeout.InfiniteTimeSpan);
    }

    private void SavePlanned()
    {
        Interlocked.Exchange(ref _planned, 0);
        try
        {
            Save();
        }
        catch (IOException)
        {
            Plan(); // a full disk or a locked file must not end the simulator; stopping saves once more and then says so
        }
    }

    private int Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteStartObject("attributes");
        foreach (var (name, type) in _profiles.Attributes)
            json.WriteString(name, type);
        json.WriteEndObject();
        json.WriteStartArray("profiles");
        foreach (var profile in _profiles.All)
            profile.ToJson().WriteTo(json);
        json.WriteEndArray();
        json.WriteEndObject();
        return 0;
    }

    private void Read()
    {
        try
        {
            using var stream = File.OpenRead(_path);
            var state = JsonNode.Parse(stream) as JsonObject;
            if ((int?)state?["version"] != Version || state["profiles"] is not JsonArray profiles)
                throw new FormatException("its version is not one this program writes");
            foreach (var profile in profiles.OfType<JsonObject>())
                _profiles.Add(Profile.FromJson(profile));
            foreach (var (name, type) in state["attributes"] as JsonObject ?? [])
                _profiles.Attributes[name] = (string?)type ?? "String";
        }
        catch (Exception exception) when (exception
            is JsonException or FormatException or InvalidOperationException or NullReferenceException)
        {
            throw new InvalidDataException(
                $"The simulator's state file '{_path}' cannot be read: {exception.Message}. Delete it to start empty, or name another one.",
                exception);
        }
    }
}
