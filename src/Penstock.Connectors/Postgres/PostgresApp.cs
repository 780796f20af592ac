using Penstock.Contract;

namespace Penstock.Connectors.Postgres;

/// <summary>The connection to one PostgreSQL database.</summary>
public sealed record PostgresApp
{
    /// <summary>The host's name or address, or the folder of a Unix socket.</summary>
    [Option("Host", Help = "The server's name or address, or the folder of its Unix socket.", Example = "db.example.com")]
    public required string Host { get; init; }

    /// <summary>The TCP port, or the number in the socket's name. Default 5432.</summary>
    [Option("Port", Help = "The TCP port, or the number in the name of the Unix socket.")]
    public int Port { get; init; } = 5432;

    /// <summary>The database's name.</summary>
    [Option("Database", Help = "The name of the database; upper and lower case matter.", Example = "shop")]
    public required string Database { get; init; }

    /// <summary>The role to connect as.</summary>
    [Option("User", Help = "A role that may only read is enough, and better.", Example = "penstock_reader")]
    public required string User { get; init; }

    /// <summary>The role's password; null where the server asks for none.</summary>
    [Option("Password", Help = "Leave it out where the server asks for none.", Example = "${env:SHOP_PASSWORD}")]
    public Secret? Password { get; init; }

    /// <summary>How the connection is encrypted. Default: where the server can.</summary>
    [Option("Encryption", Help = "verify_full checks the server's certificate and name; use it across the internet.")]
    public PostgresSsl Ssl { get; init; } = PostgresSsl.Prefer;

    /// <summary>The certificate authority that signed the server's certificate; null for the system's own list.</summary>
    [Option("Root certificate", Help = "A PEM file, for verify_ca and verify_full with an authority of your own.")]
    public FilePath? SslRootCertificate { get; init; }

    /// <summary>The schema in which tables are looked for when written without one; null for the role's own search path.</summary>
    [Option("Schema", Help = "Where tables written without a schema are looked for. Default: the user's search path.", Example = "shop")]
    public string? Schema { get; init; }

    /// <summary>How long one statement may run before the server ends it. Default one hour.</summary>
    [Option("Statement time-out", Help = "The server ends a statement that runs longer.")]
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>How a connection to PostgreSQL is encrypted.</summary>
public enum PostgresSsl
{
    /// <summary>Not at all.</summary>
    Disable,

    /// <summary>Where the server can; its certificate is not checked.</summary>
    Prefer,

    /// <summary>Always; the certificate is not checked.</summary>
    Require,

    /// <summary>Always, with a certificate of a known authority.</summary>
    VerifyCa,

    /// <summary>Always, with a certificate of a known authority for this host's name.</summary>
    VerifyFull,
}
