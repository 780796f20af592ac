using Npgsql;

namespace Penstock.Control.Database;

/// <summary>Where the control database is: a SQLite file, or a database in PostgreSQL. As text it holds no password.</summary>
internal sealed record ControlLocation
{
    private ControlLocation()
    {
    }

    /// <summary>Whether it is in PostgreSQL.</summary>
    public bool IsPostgres => ConnectionString is not null;

    /// <summary>The SQLite file; empty for PostgreSQL.</summary>
    public string File { get; private init; } = "";

    /// <summary>The file's folder.</summary>
    public string Folder => Path.GetDirectoryName(File) ?? "";

    /// <summary>Npgsql's connection string; null for SQLite.</summary>
    public string? ConnectionString { get; private init; }

    /// <summary>The SQLite file in a workspace folder.</summary>
    public static ControlLocation InWorkspace(string folder) => new() { File = Path.Combine(folder, ControlDatabase.FileName) };

    /// <summary>A database in PostgreSQL.</summary>
    /// <param name="url"><c>postgres://user:password@host:port/database?sslmode=…</c>; a host that begins with a slash, written
    /// %2F…, is a socket's folder.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static ControlLocation InPostgres(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql"))
            throw new FormatException("It must look like postgres://user:password@host:5432/database.");
        var user = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Length == 0 ? "localhost" : Uri.UnescapeDataString(uri.Host),
            Port = uri.IsDefaultPort || uri.Port < 0 ? 5432 : uri.Port,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
            ApplicationName = "penstock control",
        };
        if (user[0].Length > 0)
            builder.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length == 2)
            builder.Password = Uri.UnescapeDataString(user[1]);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)))
        {
            try
            {
                builder[pair[0]] = pair.Length == 2 ? Uri.UnescapeDataString(pair[1]) : "";
            }
            catch (ArgumentException exception)
            {
                throw new FormatException($"`{pair[0]}` is no option of a PostgreSQL connection.", exception);
            }
        }

        return new() { ConnectionString = builder.ConnectionString };
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        if (ConnectionString is null)
            return File;
        var builder = new NpgsqlConnectionStringBuilder(ConnectionString);
        return $"{builder.Database} on {builder.Host}:{builder.Port}";
    }
}
