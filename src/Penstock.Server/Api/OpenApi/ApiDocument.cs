using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Penstock.Control;

namespace Penstock.Server.Api;

/// <summary>The OpenAPI document without a running server: for the docs.</summary>
public static class ApiDocument
{
    /// <summary>The document as JSON.</summary>
    public static async Task<string> WriteAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton<IServer, NoServer>();
        builder.Services.AddRouting();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddAuthorization();
        builder.Services.AddSingleton<ControlServices>(
            _ => throw new InvalidOperationException("Nothing is asked while the API is described."));
        builder.Services.AddPenstockApi();
        await using var application = builder.Build();
        application.MapPenstockApi();
        await application.StartAsync(cancellationToken);
        try
        {
            var provider = application.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(OpenApiSetup.Name);
            var document = await provider.GetOpenApiDocumentAsync(cancellationToken);
            return (await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken)).ReplaceLineEndings("\n");
        }
        finally
        {
            await application.StopAsync(CancellationToken.None);
        }
    }

    // Routes are only put together when a server starts; this one listens nowhere.
    private sealed class NoServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
