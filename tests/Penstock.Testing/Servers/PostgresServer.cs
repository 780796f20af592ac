using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Penstock.Testing.Servers;

/// <summary>
/// A private PostgreSQL, made from Debian's programs: started once for the test process, on a free port of 127.0.0.1 and on a socket,
/// without fsync, removed at the end. <see cref="DatabaseAsync"/> gives each test a database of its own.
/// </summary>
public sealed class PostgresServer
{
    /// <summary>The role that owns everything.</summary>
    public const string Owner = "penstock";

    private static readonly Lazy<Task<PostgresServer>> Shared = new(() => Task.Run(StartAsync));
    private static int _databases;

    private readonly string _folder;
    private readonly string _programs;

    private PostgresServer(string folder, string programs, int port)
    {
        _folder = folder;
        _programs = programs;
        Port = port;
    }

    /// <summary>The TCP port on 127.0.0.1, with passwords.</summary>
    public int Port { get; }

    /// <summary>The folder of the socket, without passwords.</summary>
    public string SocketFolder => _folder;

    /// <summary>The owner's password, different in each process.</summary>
    public string Password { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(12));

    /// <summary>The server of this process.</summary>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed.</exception>
    public static Task<PostgresServer> GetAsync() => Shared.Value;

    /// <summary>A fresh, empty database.</summary>
    public static async Task<PostgresDatabase> DatabaseAsync()
    {
        var server = await GetAsync();
        var database = new PostgresDatabase(server, $"test_{Interlocked.Increment(ref _databases)}");
        await new PostgresDatabase(server, "postgres").ExecuteAsync($"CREATE DATABASE {database.Name} TEMPLATE template0");
        return database;
    }

    private static async Task<PostgresServer> StartAsync()
    {
        var programs = FindPrograms();
        var folder = Directory.CreateTempSubdirectory("penstock-pg-").FullName;
        var server = new PostgresServer(folder, programs, FreePort());
        // First, so that a start that fails half way leaves nothing behind either.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Stop();
        if (RunsAsRoot)
            await RunAsync("chown", "postgres", folder);
        await server.RunAsOwnerAsync(
            "initdb", "-D", server.Data, "-U", Owner, "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8",
            "--auth-local=trust", "--auth-host=scram-sha-256");
        await server.RunAsOwnerAsync("pg_ctl", "-D", server.Data, "-w", "-t", "60", "-l", Path.Combine(folder, "log"), "-o",
            server.Settings, "start");
        await new PostgresDatabase(server, "postgres").ExecuteAsync($"ALTER ROLE {Owner} PASSWORD '{server.Password}'");
        return server;
    }

    private static bool RunsAsRoot => Environment.UserName == "root";

    private string Data => Path.Combine(_folder, "data");

    private string Settings =>
        $"-c listen_addresses=127.0.0.1 -p {Port} -k {_folder} -c fsync=off -c synchronous_commit=off -c full_page_writes=off "
        + "-c shared_buffers=64MB -c max_connections=60 -c autovacuum=off";

    private static string FindPrograms() =>
        (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [])
            .Where(folder => File.Exists(Path.Combine(folder, "bin", "initdb")))
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .FirstOrDefault()
        ?? throw new InvalidOperationException("PostgreSQL is not installed under /usr/lib/postgresql. Run ./test, which installs it.");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // PostgreSQL refuses to run as root: Debian's package brings a user for it.
    private Task RunAsOwnerAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs, program);
        return RunsAsRoot ? RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments]) : RunAsync(path, arguments);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var start =
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                WorkingDirectory = "/"
            };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        // The server itself writes to its log, so the pipes end with the program.
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors}{await output}");
    }

    private void Stop()
    {
        try
        {
            // At the end of the process only plain blocking calls still work.
            var pidFile = Path.Combine(Data, "postmaster.pid");
            if (File.Exists(pidFile) && int.TryParse(File.ReadLines(pidFile).First(), out var pid))
            {
                using var server = Process.GetProcessById(pid);
                _ = Signal(pid, 3); // SIGQUIT: an immediate stop, which is all that a folder to be deleted needs
                server.WaitForExit(5_000);
            }

            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception problem) when (
            problem is IOException or ArgumentException or UnauthorizedAccessException or InvalidOperationException)
        {
            Console.Error.WriteLine($"The test server in {_folder} was not removed: {problem.Message}");
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int pid, int signal);
}
