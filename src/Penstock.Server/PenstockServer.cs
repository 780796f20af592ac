using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MudBlazor;
using MudBlazor.Services;
using Penstock.Server.Api;
using Penstock.Server.Components;
using Penstock.Server.Components.Editing;
using Penstock.Server.Components.Forms;
using Penstock.Server.Components.Shared;
using Penstock.Server.Security;
using Penstock.Server.Telemetry;

namespace Penstock.Server;

/// <summary>The web face: API, UI and what runs by itself, in one process.</summary>
public static class PenstockServer
{
    /// <summary>Puts the server together; nothing listens before it is started.</summary>
    public static WebApplication Build(ServerSetup setup)
    {
        // The configuration of Penstock comes from its own command line and environment, not from ASP.NET's files.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = setup.StaticFiles is null ? "penstock" : Path.GetFileName(setup.StaticFiles).Split(".staticwebassets")[0],
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = "Production",
        });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().UseUrls([.. setup.Urls]);
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        builder.Services.AddSingleton<ILoggerFactory>(new GuardedLoggers(setup.Loggers));
        builder.Services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        builder.AddPenstockTelemetry(setup);
        AddServices(builder.Services, setup);
        var application = builder.Build();
        Use(application, setup);
        return application;
    }

    private static void AddServices(IServiceCollection services, ServerSetup setup)
    {
        services.AddSingleton(setup);
        services.AddSingleton(setup.Services);
        services.AddSingleton(setup.Time);
        services.AddRouting();
        services.AddLocalization();
        services.AddPenstockApi();
        services.AddHostedService<AutomationHost>();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices(mud =>
        {
            mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
            mud.SnackbarConfiguration.PreventDuplicates = true;
            // A message that fades in and out, or lets the page shine through, is harder to read.
            mud.SnackbarConfiguration.MaximumOpacity = 100;
            mud.SnackbarConfiguration.ShowTransitionDuration = 0;
            mud.SnackbarConfiguration.HideTransitionDuration = 0;
        });
        services.AddScoped<Viewer>();
        services.AddScoped<DraftEditor>();
        services.AddScoped<Acting>();
        services.AddSingleton<AppTests>();
        services.AddPenstockSecurity(); // last: it takes the place of what the others bring along
    }

    private static void Use(WebApplication application, ServerSetup setup)
    {
        application.UseStatusCodePagesWithReExecute("/not-found");
        application.UsePenstockApi();
        application.UsePenstockSecurity(setup);
        application.UsePenstockTelemetry(setup);
        application.MapStaticAssets(setup.StaticFiles).AllowAnonymous();
        application.MapRazorComponents<App>().AddInteractiveServerRenderMode().GuardCircuits();
        application.MapAccountEndpoints();
        application.MapPenstockApi();
    }
}
