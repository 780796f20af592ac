using Microsoft.Extensions.Time.Testing;
using Penstock.Control.Audit;
using Penstock.Control.Database;
using Penstock.Control.Users;
using Penstock.Testing.Servers;

namespace Penstock.Control.Tests.Users;

/// <summary>The services for people over a control database of their own, on either system.</summary>
internal sealed class Town : IDisposable
{
    public const string Password = "four unrelated words here";

    private readonly Workspace _workspace = new();

    private Town(ControlLocation? location)
    {
        Location = location ?? ControlLocation.InWorkspace(_workspace.Folder);
        Database = new(Location, TimeSpan.FromSeconds(15), Time);
        People = new(Database, Time);
    }

    public FakeTimeProvider Time { get; } = new(new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero));

    public ControlLocation Location { get; }

    public ControlDatabase Database { get; }

    public PeopleServices People { get; }

    /// <summary>The first administrator.</summary>
    public Actor Ada { get; private set; } = Actor.System;

    public string File => Location.File;

    public static async Task<Town> OnAsync(string system)
    {
        ControlLocation? location = null;
        if (system == "postgres")
        {
            var database = await PostgresServer.DatabaseAsync();
            location = ControlLocation.InPostgres(
                $"postgres://{database.User}:{database.Password}@{database.Host}:{database.Port}/{database.Name}?pooling=false");
        }

        var town = new Town(location);
        var link = (await town.People.Invitations.SetupAsync(default)).ShouldNotBeNull();
        var ada = await town.People.Invitations.CompleteSetupAsync(
            link.Token.Reveal(), "ada@example.com", "Ada", Password, "192.0.2.1", default);
        town.Ada = new(ActorKind.Person, ada.Id, ada.Name, ada.Role, "192.0.2.1");
        return town;
    }

    public async Task<Person> JoinAsync(string name, Role role)
    {
        var link = await People.Invitations.InviteAsync(Ada, name + "@example.com", role, default);
        return await People.Invitations.AcceptAsync(link.Token.Reveal(), name, Password, null, default);
    }

    public async Task<IReadOnlyList<AuditRecord>> AuditAsync(AuditFilter? filter = null) =>
        (await People.Audit.ListAsync(filter ?? new(), null, 500, default)).Items;

    public void Dispose() => _workspace.Dispose();
}
