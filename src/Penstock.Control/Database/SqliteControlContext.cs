using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Penstock.Control.Database;

/// <summary>The control database in a SQLite file, as everybody has it who sets up nothing else.</summary>
internal sealed class SqliteControlContext(DbContextOptions<SqliteControlContext> options) : ControlContext(options)
{
    /// <summary>Lets <c>dotnet ef migrations add</c> make a context; the file is never opened then.</summary>
    internal sealed class DesignTime : IDesignTimeDbContextFactory<SqliteControlContext>
    {
        public SqliteControlContext CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<SqliteControlContext>().UseSqlite("Data Source=control.db").Options);
    }
}
