using System.Globalization;
using Microsoft.JSInterop;

namespace Penstock.Server.Components.Shared;

/// <summary>What the UI knows of who looks: their time zone and whether they like it dark. One per circuit.</summary>
public sealed class Viewer(IJSRuntime script, TimeProvider time)
{
    /// <summary>The viewer's zone; UTC until the browser has said.</summary>
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    /// <summary>Whether the dark palette is shown.</summary>
    public bool IsDark { get; private set; }

    /// <summary>Raised when zone or palette became known or changed.</summary>
    public event Action? Changed;

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>Asks the browser, once.</summary>
    public async Task LearnAsync()
    {
        var told = await script.InvokeAsync<Told>("penstock.viewer");
        if (told.Zone is { Length: > 0 } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
            Zone = found;
        IsDark = told.Dark;
        Changed?.Invoke();
    }

    /// <summary>Chooses the palette; the browser remembers it.</summary>
    public async Task SetDarkAsync(bool isDark)
    {
        IsDark = isDark;
        await script.InvokeVoidAsync("penstock.setDark", isDark);
        Changed?.Invoke();
    }

    /// <summary>The exact time in the viewer's zone, such as <c>24 Nov 2026, 13:05:12 (UTC+01:00)</c>.</summary>
    public string Exact(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, Zone);
        return local.ToString("d MMM yyyy, HH:mm:ss '(UTC'zzz')'", CultureInfo.InvariantCulture);
    }

    /// <summary>The time as people say it: <c>just now</c>, <c>5 min ago</c>, <c>yesterday, 13:05</c>, <c>24 Nov, 13:05</c>.</summary>
    public string Relative(DateTimeOffset at)
    {
        var now = time.GetUtcNow();
        var past = now - at;
        if (past.Duration() < TimeSpan.FromSeconds(45))
            return past < TimeSpan.Zero ? "in a moment" : "just now";
        if (past.Duration() < TimeSpan.FromMinutes(60))
            return Span(past, Math.Max(1, (int)Math.Round(past.Duration().TotalMinutes)), "min");
        if (past.Duration() < TimeSpan.FromHours(12))
            return Span(past, (int)Math.Round(past.Duration().TotalHours), "h");
        var (local, today) = (TimeZoneInfo.ConvertTime(at, Zone), TimeZoneInfo.ConvertTime(now, Zone));
        var day = (today.Date - local.Date).Days switch
        {
            0 => "today",
            1 => "yesterday",
            -1 => "tomorrow",
            _ => local.ToString(local.Year == today.Year ? "d MMM" : "d MMM yyyy", CultureInfo.InvariantCulture),
        };
        return $"{day}, {local.ToString("HH:mm", CultureInfo.InvariantCulture)}";
    }

    private static string Span(TimeSpan past, int number, string unit) =>
        past > TimeSpan.Zero ? $"{number} {unit} ago" : $"in {number} {unit}";

    private sealed record Told(string? Zone, bool Dark);
}
