using System.Reflection;
using System.Runtime.Loader;
using Penstock.Contract;

namespace Penstock.Cli.Wiring;

/// <summary>Finds the connectors: those of Penstock.Connectors, and those of others' assemblies in <c>connectors/</c> beside the
/// program.</summary>
internal static class ConnectorAssemblies
{
    private const string Own = "Penstock.Connectors";

    /// <summary>All of them.</summary>
    public static ConnectorCatalog Catalog() => ConnectorCatalog.Scan([Assembly.Load(Own), .. Others()]);

    // An assembly's own drivers lie beside it; Contract must be ours, or its IConnector would be another type.
    private static IEnumerable<Assembly> Others()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "connectors");
        if (!Directory.Exists(folder))
            yield break;
        foreach (var file in Directory.EnumerateFiles(folder, "*.Connector*.dll",
            SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            yield return new Context(file).LoadFromAssemblyPath(Path.GetFullPath(file));
    }

    private sealed class Context(string file) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(file))
    {
        private readonly AssemblyDependencyResolver _resolver = new(file);

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (Default.Assemblies.Any(loaded => loaded.GetName().Name == assemblyName.Name))
                return null;
            return _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
        }

        protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
            _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
    }
}
