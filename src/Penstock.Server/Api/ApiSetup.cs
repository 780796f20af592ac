using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Penstock.Server.Api;

/// <summary>Puts the API into place.</summary>
public static class ApiSetup
{
    /// <summary>Where it is.</summary>
    public const string Root = "/api/v1";

    /// <summary>The largest body, in bytes: a large configuration with all its files.</summary>
    public const long MaxBytes = 8 << 20;

    /// <summary>What the endpoints need.</summary>
    public static IServiceCollection AddPenstockApi(this IServiceCollection services)
    {
        services.Configure<JsonOptions>(options => ApiJson.Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true); // told as problem+json
        services.AddHttpContextAccessor();
        services.AddScoped<Caller>();
        OpenApiSetup.AddDocument(services);
        return services;
    }

    /// <summary>Around all guards: what goes wrong below <c>/api</c> is told as problem+json. Before the security.</summary>
    public static WebApplication UsePenstockApi(this WebApplication application)
    {
        application.UseWhen(
            context => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase),
            api =>
            {
                api.Use(async (HttpContext context, RequestDelegate next) =>
                {
                    if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
                        pages.Enabled = false;
                    if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
                        size.MaxRequestBodySize = MaxBytes;
                    await next(context);
                });
                api.Use(ApiErrors.CatchAsync);
            });
        return application;
    }

    /// <summary>Adds the endpoints.</summary>
    public static void MapPenstockApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Root).DisableAntiforgery();
        ConnectorEndpoints.Map(api);
        AppEndpoints.Map(api);
        ModelEndpoints.Map(api);
        GroupEndpoints.Map(api);
        DestinationEndpoints.Map(api);
        RunEndpoints.Map(api);
        OverviewEndpoints.Map(api);
        SettingEndpoints.Map(api);
        DraftEndpoints.Map(api);
        DraftThingEndpoints.Map(api);
        RevisionEndpoints.Map(api);
        SecretEndpoints.Map(api);
        PeopleEndpoints.Map(api);
        AuditEndpoints.Map(api);
        OpenApiSetup.Map(routes);
    }
}
