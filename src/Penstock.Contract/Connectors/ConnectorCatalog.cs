using System.Reflection;

namespace Penstock.Contract;

/// <summary>The connectors at hand, by type.</summary>
public sealed class ConnectorCatalog
{
    private readonly SortedDictionary<string, IConnector> _byType = new(StringComparer.Ordinal);

    /// <summary>A catalogue of given connectors.</summary>
    /// <exception cref="InvalidOperationException">Two of them have the same type.</exception>
    public ConnectorCatalog(IEnumerable<IConnector> connectors)
    {
        foreach (var connector in connectors)
        {
            if (!_byType.TryAdd(connector.Declaration.Type, connector))
                throw new InvalidOperationException($"Two connectors call themselves '{connector.Declaration.Type}'.");
        }
    }

    /// <summary>All connectors, by type.</summary>
    public IReadOnlyCollection<IConnector> All => _byType.Values;

    /// <summary>The connector of that type; null when there is none.</summary>
    public IConnector? Find(string type) => _byType.GetValueOrDefault(type);

    /// <summary>
    /// Every class with a public parameterless constructor that implements <see cref="IConnector"/>, in the given assemblies.
    /// </summary>
    public static ConnectorCatalog Scan(params IEnumerable<Assembly> assemblies) => new(
        from assembly in assemblies
        from type in assembly.GetExportedTypes()
        where type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IConnector))
        let constructor = type.GetConstructor(Type.EmptyTypes)
        where constructor is not null
        select (IConnector)constructor.Invoke(null));
}
