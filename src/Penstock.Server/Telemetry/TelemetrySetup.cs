using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Penstock.Control.Services;
using Penstock.Control.Users;
using Penstock.Server.Security;

namespace Penstock.Server.Telemetry;

/// <summary>
/// Metrics at <c>/metrics</c> for Prometheus, and metrics and traces by OTLP when the standard <c>OTEL_*</c> settings name a receiver.
/// </summary>
public static class TelemetrySetup
{
    private const string Metrics = "/metrics";

    // What decides whether anything is sent; https://opentelemetry.io/docs/specs/otel/protocol/exporter/, read 2026-11.
    private static readonly string[] Receivers =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    /// <summary>The settings that count, to be taken from the environment by the wiring.</summary>
    public static IReadOnlyList<string> Settings { get; } =
    [
        .. Receivers, "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_TRACES_HEADERS", "OTEL_EXPORTER_OTLP_METRICS_HEADERS",
        "OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL",
        "OTEL_EXPORTER_OTLP_TIMEOUT", "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT",
        "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "OTEL_SERVICE_NAME", "OTEL_RESOURCE_ATTRIBUTES", "OTEL_TRACES_SAMPLER",
        "OTEL_TRACES_SAMPLER_ARG", "OTEL_METRIC_EXPORT_INTERVAL", "OTEL_METRIC_EXPORT_TIMEOUT", "OTEL_BSP_SCHEDULE_DELAY",
        "OTEL_BSP_EXPORT_TIMEOUT", "OTEL_BSP_MAX_QUEUE_SIZE", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "OTEL_SDK_DISABLED",
    ];

    /// <summary>Adds the measuring.</summary>
    public static WebApplicationBuilder AddPenstockTelemetry(this WebApplicationBuilder builder, ServerSetup setup)
    {
        builder.Configuration.AddInMemoryCollection(setup.Telemetry.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        var isSent = Receivers.Any(name => setup.Telemetry.TryGetValue(name, out var value) && value.Length > 0);
        var telemetry = builder.Services.AddOpenTelemetry();
        if (!setup.Telemetry.ContainsKey("OTEL_SERVICE_NAME"))
            telemetry.ConfigureResource(resource => resource.AddService("penstock"));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(Measures.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http",
                "Npgsql")
                .AddRuntimeInstrumentation().AddPrometheusExporter();
            if (isSent)
                metrics.AddOtlpExporter();
        });
        if (isSent)
        {
            telemetry.WithTracing(traces => traces.AddSource(Measures.Name).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation()
                .AddNpgsql().AddOtlpExporter());
        }

        return builder;
    }

    /// <summary>
    /// Guards <c>/metrics</c>: for this machine, for who may look, or for everybody when the operator says so. After the security.
    /// </summary>
    public static WebApplication UsePenstockTelemetry(this WebApplication application, ServerSetup setup)
    {
        application.UseWhen(
            context => context.Request.Path.StartsWithSegments(Metrics, StringComparison.OrdinalIgnoreCase),
            metrics => metrics.Use((HttpContext context, RequestDelegate next) =>
                setup.HasPublicMetrics || IsLocal(context) || MayLook(context) ? next(context) : Refusals.UnauthenticatedAsync(context)));
        application.MapPrometheusScrapingEndpoint(Metrics).AllowAnonymous();
        HealthEndpoints.Map(application);
        return application;
    }

    // Behind a proxy on the same machine everybody would seem local.
    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded");

    private static bool MayLook(HttpContext context) =>
        context.User.Identity?.IsAuthenticated == true && Principals.ActorOf(context).Role >= Role.Viewer;
}
