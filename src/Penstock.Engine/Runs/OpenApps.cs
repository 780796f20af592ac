using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Delivering.Http;
using Penstock.Engine.Refreshing;

namespace Penstock.Engine.Runs;

/// <summary>The apps that one call uses, each bound once, with its own way of speaking HTTP.</summary>
internal sealed class OpenApps(Project project, RunnerSetup setup) : IDisposable
{
    private readonly Dictionary<string, OpenApp> _open = [];

    /// <summary>The app, bound and ready.</summary>
    /// <exception cref="PenstockException">A secret it refers to is missing, or an option is not good.</exception>
    public OpenApp Open(string id)
    {
        lock (_open)
        {
            if (!_open.TryGetValue(id, out var app))
            {
                var bound = AppBinder.Bind(project, project.App(id), setup.Connectors, setup.Secrets);
                var http = new DeliveryHttp(
                    setup.Http, bound.Connector.Declaration, id, bound.Options, setup.Delivery, setup.Time,
                    setup.Loggers.CreateLogger("Penstock.Http"));
                _open[id] = app = new(bound.Connector, bound.Options, http);
            }

            return app;
        }
    }

    /// <summary>The app as a source.</summary>
    /// <exception cref="PenstockException">It is none, or it can't be opened.</exception>
    public OpenSource Source(string id)
    {
        var app = Open(id);
        return app.Connector is ISource source
            ? new(source, app.Options, app.Http)
            : throw new PenstockException(new(
                "app.not_a_source", $"The app `{id}` ({app.Connector.Declaration.Name}) has no tables to read.",
                "Use an app that is a database or files."));
    }

    public void Dispose()
    {
        foreach (var app in _open.Values)
            app.Http.Dispose();
    }
}

/// <summary>An app in use.</summary>
internal sealed record OpenApp(IConnector Connector, object Options, DeliveryHttp Http);
