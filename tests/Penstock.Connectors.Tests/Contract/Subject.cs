using System.Reflection;
using Penstock.Contract;
using Penstock.Testing.Shapes;

namespace Penstock.Connectors.Tests.Contract;

/// <summary>
/// One way of sending records that the suite tries. Found by scanning: the shipped connectors, and those of the suite's own whose far
/// ends are in memory. A new connector is tried without a line here.
/// </summary>
public sealed record Subject(IConnector Connector, DestinationKind Kind)
{
    /// <summary>The shipped connectors.</summary>
    public static Assembly Shipped { get; } = Assembly.Load("Penstock.Connectors");

    public static ConnectorCatalog Catalog { get; } = ConnectorCatalog.Scan(Shipped, typeof(IShape).Assembly);

    public static IReadOnlyList<Subject> All { get; } =
        [.. from connector in Catalog.All from kind in connector.Declaration.Destinations select new Subject(connector, kind)];

    /// <summary>All destinations, for theories.</summary>
    public static TheoryData<string> Destinations => [.. All.Select(subject => subject.Id)];

    /// <summary>All connectors, for theories.</summary>
    public static TheoryData<string> Connectors => [.. Catalog.All.Select(connector => connector.Declaration.Type)];

    public string Id => $"{Connector.Declaration.Type}-{Kind.Id}";

    public static Subject Of(string id) => All.Single(subject => subject.Id == id);

    /// <summary>The modes it offers.</summary>
    public IEnumerable<SyncModes> Modes =>
        new[] { SyncModes.Sync, SyncModes.Additive, SyncModes.Enrich }.Where(mode => Kind.SyncModes.HasFlag(mode));

    /// <summary>What it can be asked to do, besides looking up.</summary>
    public IEnumerable<Operation> Operations
    {
        get
        {
            yield return Operation.Write;
            if (Connector is IRemoves)
                yield return Operation.Remove;
            if (Connector is IRenames)
                yield return Operation.Rename;
            if (Connector is ILooksUp)
                yield return Operation.Find;
            if (Connector is IMembers)
            {
                yield return Operation.Enter;
                yield return Operation.Leave;
            }
        }
    }

    /// <summary>The limits of an operation.</summary>
    public Limits LimitsOf(Operation operation) => operation switch
    {
        Operation.Remove => Kind.RemoveLimits ?? Kind.Limits,
        Operation.Rename => Kind.RenameLimits ?? Kind.Limits,
        Operation.Find => Kind.LookupLimits ?? Kind.Limits,
        Operation.Enter or Operation.Leave => Kind.MemberLimits ?? Kind.Limits,
        _ => Kind.Limits,
    };
}
