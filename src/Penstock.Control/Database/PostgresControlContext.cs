using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Penstock.Control.Database;

/// <summary>The control database in PostgreSQL: for several nodes, and for who has one already.</summary>
internal sealed class PostgresControlContext(DbContextOptions<PostgresControlContext> options) : ControlContext(options)
{
    /// <summary>Lets <c>dotnet ef migrations add</c> make a context; the server is never asked then.</summary>
    internal sealed class DesignTime : IDesignTimeDbContextFactory<PostgresControlContext>
    {
        public PostgresControlContext CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<PostgresControlContext>().UseNpgsql("Host=localhost").Options);
    }
}
