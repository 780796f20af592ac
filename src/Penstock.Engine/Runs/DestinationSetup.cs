using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;
using Penstock.Engine.Delivering;

namespace Penstock.Engine.Runs;

/// <summary>A destination with all that planning and delivering need of it.</summary>
internal sealed record DestinationSetup(Destination Destination, OpenApp App, CompiledDestination Compiled, bool LooksUp)
{
    /// <summary>What each operation's requests take.</summary>
    public Limits Limits(Operation operation) => OperationLimits.Of(App.Connector, App.Options, Compiled.Context, operation);

    /// <summary>Binds and compiles a destination.</summary>
    /// <exception cref="PenstockException">The app can't be opened, or it takes no records.</exception>
    public static DestinationSetup Of(Project project, Destination destination, CompiledModel model, ResolvedModel resolved, OpenApps apps,
        RunnerSetup setup)
    {
        var app = apps.Open(destination.AppId);
        if (app.Connector is not IDestination)
        {
            throw new PenstockException(new(
                "app.not_a_destination", $"The app `{destination.AppId}` ({app.Connector.Declaration.Name}) takes no records."));
        }

        var context = DestinationBinder.Bind(project, destination, setup.Connectors, setup.Secrets);
        var compiled = DestinationCompiler.Compile(resolved with { Types = model.Types }, destination, context, app.Connector is IRenames);
        return new(destination, app, compiled, app.Connector is ILooksUp lookUp && lookUp.LooksUp(app.Options, compiled.Context));
    }
}
