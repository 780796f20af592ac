using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Penstock.Contract;
using Penstock.Control.Audit;
using Penstock.Control.Database;
using Penstock.Control.Users;

namespace Penstock.Control.Settings;

/// <summary>Reads and changes the server's settings.</summary>
public sealed class SettingsService
{
    private const string Name = "server";
    private readonly ControlDatabase _database;
    private readonly TimeProvider _time;
    private readonly AuditLog _audit;

    internal SettingsService(ControlDatabase database, TimeProvider time) => (_database, _time, _audit) = (database, time, new(time));

    /// <summary>Told the settings when they were changed here.</summary>
    internal Action<ServerSettings>? Changed { get; set; }

    /// <summary>The settings; the defaults where nobody set any.</summary>
    public Task<ServerSettings> GetAsync(CancellationToken cancellationToken) => _database.UseAsync(
        async context => Read(await context.Settings.AsNoTracking().SingleOrDefaultAsync(setting => setting.Name == Name,
            cancellationToken)),
        cancellationToken);

    /// <summary>Changes the settings.</summary>
    /// <exception cref="PenstockException">One is out of its range.</exception>
    public async Task SetAsync(Actor actor, ServerSettings settings, CancellationToken cancellationToken)
    {
        Check(settings);
        await _database.UseAsync(
            async context =>
            {
                var row = await context.Settings.SingleOrDefaultAsync(setting => setting.Name == Name, cancellationToken);
                var before = Read(row);
                if (row is null)
                    context.Settings.Add(row = new() { Name = Name, Value = "{}", ChangedBy = "" });
                (row.Value, row.ChangedAt, row.ChangedBy) = (JsonSerializer.Serialize(settings), _time.GetUtcNow(), actor.Name);
                _audit.Add(context, actor, AuditActions.SettingChanged, "setting:server", before, settings);
                await context.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
        Changed?.Invoke(settings);
    }

    private static ServerSettings Read(Setting? row) =>
        (row is null ? null : JsonSerializer.Deserialize<ServerSettings>(row.Value)) ?? new();

    private static void Check(ServerSettings settings)
    {
        (string Name, double Value, double From, double To)[] ranges =
        [
            ("models at once", settings.ModelsAtOnce, 1, 32),
            ("unusual share of refused records", settings.UnusualRefusedShare, 0, 1),
            ("unusual difference in records", settings.UnusualRecordsShare, 0, 1),
            ("days that runs are kept", settings.KeepRunsDays, 1, 3650),
            ("runs kept", settings.KeepRuns, 10, 100_000),
            ("days that notifications are kept", settings.KeepMessagesDays, 1, 3650),
        ];
        foreach (var (name, value, from, to) in ranges)
        {
            if (!(value >= from && value <= to))
                throw new PenstockException(SettingProblems.Invalid.Of($"The setting '{name}' takes {from} to {to}, not {value}."));
        }
    }
}
