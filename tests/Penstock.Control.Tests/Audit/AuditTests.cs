using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Penstock.Contract;
using Penstock.Control.Audit;
using Penstock.Control.Tests.Users;
using Penstock.Control.Users;

namespace Penstock.Control.Tests.Audit;

public sealed class AuditTests
{
    private const string Marker = "m4rk3r-that-must-not-be-found";

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_stands_in_the_audit_log_cannot_be_changed_or_deleted(string system)
    {
        using var town = await Town.OnAsync(system);

        foreach (var statement in new[] { """UPDATE audit SET "ActorName" = 'Eve'""", "DELETE FROM audit" })
        {
            await Should.ThrowAsync<Exception>(() => town.Database.UseAsync(
                context => context.Database.ExecuteSqlRawAsync(statement), default));
        }

        (await town.AuditAsync()).ShouldHaveSingleItem().ActorName.ShouldBe("Ada");
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Entries_are_found_by_who_what_when_and_text_page_by_page(string system)
    {
        using var town = await Town.OnAsync(system);
        var bob = await town.JoinAsync("bob", Role.Editor);
        town.Time.Advance(TimeSpan.FromHours(1));
        await town.People.Users.ChangeRoleAsync(town.Ada, bob.Id, Role.Publisher, default);

        var change = (await town.AuditAsync(new AuditFilter { Action = AuditActions.RoleChanged })).ShouldHaveSingleItem();
        (change.ActorName, change.From, change.Subject).ShouldBe(("Ada", "192.0.2.1", "person:bob@example.com"));
        (change.Before, change.After).ShouldBe(("{\"role\":\"editor\"}", "{\"role\":\"publisher\"}"));
        change.Sentence.ShouldBe("changed the role of");
        (await town.AuditAsync(new AuditFilter { Text = "PUBLISHER" })).ShouldHaveSingleItem();
        (await town.AuditAsync(new AuditFilter { Action = "person" })).Count.ShouldBe(3);
        (await town.AuditAsync(new AuditFilter { Actor = "BOB" })).ShouldHaveSingleItem().Action.ShouldBe(AuditActions.Joined);
        (await town.AuditAsync(new AuditFilter { From = town.Time.GetUtcNow() })).ShouldHaveSingleItem();
        (await town.AuditAsync(new AuditFilter { To = town.Time.GetUtcNow() })).Count.ShouldBe(3);
        (await town.AuditAsync(new AuditFilter { Text = "b_b" })).ShouldBeEmpty("_ is no wildcard");
        (await town.AuditAsync(new AuditFilter { Text = "'; DROP TABLE audit; --" })).ShouldBeEmpty();

        var first = await town.People.Audit.ListAsync(new(), null, 3, default);
        var second = await town.People.Audit.ListAsync(new(), first.Next, 3, default);
        first.Items.Concat(second.Items).Select(entry => entry.Id).ShouldBe((await town.AuditAsync()).Select(entry => entry.Id));
        second.Next.ShouldBeNull();
    }

    [Fact]
    public void No_secret_is_written_whatever_it_is_in()
    {
        var json = AuditJson.Write(new
        {
            name = "Braze",
            key = new Secret(Marker),
            options = new Dictionary<string, object?>
            {
                ["api_key"] = Marker,
                ["Password"] = new[] { Marker },
                ["token"] = new { nested = Marker },
                ["client_secret"] = "${secret:BRAZE}",
                ["has_password"] = true,
                ["ConnectionString"] = Marker,
            },
            list = new[] { new { authorization = Marker } },
        }).ShouldNotBeNull();

        json.ShouldNotContain(Marker);
        json.ShouldContain("${secret:BRAZE}"); // which one, not what it is
        json.ShouldContain("\"has_password\":true");
        json.ShouldContain("\"name\":\"Braze\"");
    }

    [Fact]
    public async Task No_password_token_or_key_is_found_in_the_control_database()
    {
        using var town = await Town.OnAsync("sqlite");
        var link = await town.People.Invitations.InviteAsync(town.Ada, "bob@example.com", Role.Editor, default);
        await town.People.Invitations.AcceptAsync(link.Token.Reveal(), "Bob", Marker, null, default);
        var bob = (await town.People.Users.ListAsync(town.Ada, default)).Single(person => person.Name == "Bob");
        var open = await town.People.Invitations.OfferResetAsync(town.Ada, bob.Id, default);
        var key = await town.People.Keys.CreateAsync(town.Ada, new("airflow", Role.Viewer), default);
        await town.People.Sessions.SignInAsync("bob@example.com", Marker, null, default);

        var text = string.Concat(Directory.GetFiles(Path.GetDirectoryName(town.File) ?? "", "control.db*")
            .Select(file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file))));

        text.ShouldContain("bob@example.com");
        foreach (var secret in new[] { Marker, link.Token.Reveal(), open.Token.Reveal(), key.Key.Reveal(), key.Key.Reveal()[15..] })
            text.Contains(secret, StringComparison.Ordinal).ShouldBeFalse();
        $"{link} {open} {key}".ShouldNotContain(open.Token.Reveal());
        $"{link} {open} {key}".ShouldNotContain(key.Key.Reveal());
    }

    [Fact]
    public void Every_action_has_a_sentence()
    {
        var actions = typeof(AuditActions).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!); // constants are strings
        AuditActions.Sentences.Keys.Order(StringComparer.Ordinal).ShouldBe(actions.Order(StringComparer.Ordinal));
    }
}
