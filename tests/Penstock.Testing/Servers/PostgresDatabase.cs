using Npgsql;

namespace Penstock.Testing.Servers;

/// <summary>A database on the test server, and how to connect to it.</summary>
public sealed class PostgresDatabase(PostgresServer server, string name)
{
    /// <summary>Its name, which needs no quoting.</summary>
    public string Name { get; } = name;

    /// <summary>The server it is on.</summary>
    public PostgresServer Server { get; } = server;

    /// <summary>Always 127.0.0.1.</summary>
    public string Host => "127.0.0.1";

    /// <summary>The TCP port.</summary>
    public int Port => Server.Port;

    /// <summary>The owner.</summary>
    public string User => PostgresServer.Owner;

    /// <summary>The owner's password.</summary>
    public string Password => Server.Password;

    /// <summary>The owner's connection over the socket, without pooling.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = Server.SocketFolder,
        Port = Server.Port,
        Database = Name,
        Username = PostgresServer.Owner,
        Pooling = false,
        IncludeErrorDetail = true,
    }.ConnectionString;

    /// <summary>Runs one or several statements as the owner.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first value of the first row, as the owner; null for none.</summary>
    public async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        var value = await command.ExecuteScalarAsync();
        return value is DBNull ? null : value;
    }
}
