using Microsoft.Extensions.Logging;
using Penstock.Control;

namespace Penstock.Server;

/// <summary>What the server is started with; given by the wiring.</summary>
public sealed record ServerSetup
{
    /// <summary>The application services.</summary>
    public required ControlServices Services { get; init; }

    /// <summary>The addresses to listen at, such as <c>http://127.0.0.1:5600</c>; port 0 takes a free one.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>Where it is noted what goes on.</summary>
    public required ILoggerFactory Loggers { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The manifest of the static files (<c>*.staticwebassets.endpoints.json</c>); null for the program's own.</summary>
    public string? StaticFiles { get; init; }

    /// <summary>
    /// Addresses or networks (<c>10.0.0.0/8</c>) of the proxies in front, whose <c>X-Forwarded-*</c> headers are believed. Default: none.
    /// </summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>
    /// The <c>OTEL_*</c> settings of <see cref="Penstock.Server.Telemetry.TelemetrySetup.Settings"/> that are set. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Telemetry { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether everybody may read <c>/metrics</c>. Default: only this machine, keys and people.</summary>
    public bool HasPublicMetrics { get; init; }
}
