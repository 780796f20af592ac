using Penstock.Testing.Servers;

namespace Penstock.Connectors.Tests.Postgres;

/// <summary>Databases that several tests share because none changes them.</summary>
internal static class Databases
{
    private static readonly Lazy<Task<PostgresDatabase>> Empty = new(PostgresServer.DatabaseAsync);

    public static Task<PostgresDatabase> EmptyAsync() => Empty.Value;
}
