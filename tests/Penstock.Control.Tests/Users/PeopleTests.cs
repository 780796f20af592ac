using Penstock.Contract;
using Penstock.Control.Audit;
using Penstock.Control.Users;

namespace Penstock.Control.Tests.Users;

public sealed class PeopleTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task The_last_administrator_stays_one_also_when_two_demote_each_other_at_once(string system)
    {
        using var town = await Town.OnAsync(system);
        var users = town.People.Users;
        await CodeOf(() => users.ChangeRoleAsync(town.Ada, town.Ada.Id, Role.Editor, default)).ShouldBe("access.last_administrator");
        await CodeOf(() => users.DisableAsync(town.Ada, town.Ada.Id, default)).ShouldBe("access.last_administrator");
        await CodeOf(() => users.RemoveAsync(town.Ada, town.Ada.Id, default)).ShouldBe("access.last_administrator");

        var bob = await town.JoinAsync("bob", Role.Administrator);
        var codes = await Task.WhenAll(
            CodeOf(() => users.ChangeRoleAsync(town.Ada, bob.Id, Role.Viewer, default)).Task,
            CodeOf(() => users.ChangeRoleAsync(town.Ada, town.Ada.Id, Role.Viewer, default)).Task);

        codes.Count(code => code == "access.last_administrator").ShouldBe(1);
        (await users.ListAsync(town.Ada, default)).Count(person => person.Role == Role.Administrator).ShouldBe(1);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task An_invitation_works_once_and_for_seven_days(string system)
    {
        using var town = await Town.OnAsync(system);
        var links = town.People.Invitations;
        var link = await links.InviteAsync(town.Ada, "bob@example.com", Role.Editor, default);

        (await links.AcceptAsync(link.Token.Reveal(), "Bob", Town.Password, null, default)).Role.ShouldBe(Role.Editor);
        await CodeOf(() => links.AcceptAsync(link.Token.Reveal(), "Eve", Town.Password, null, default)).ShouldBe("access.link");

        var late = await links.InviteAsync(town.Ada, "cy@example.com", Role.Editor, default);
        town.Time.Advance(InvitationService.InvitationLasts);
        await CodeOf(() => links.AcceptAsync(late.Token.Reveal(), "Cy", Town.Password, null, default)).ShouldBe("access.link");
        (await links.ListAsync(town.Ada, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_used_by_two_at_once_lets_one_in()
    {
        using var town = await Town.OnAsync("sqlite");
        var link = await town.People.Invitations.InviteAsync(town.Ada, "bob@example.com", Role.Editor, default);

        var codes = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => CodeOf(
            () => town.People.Invitations.AcceptAsync(link.Token.Reveal(), "Bob " + i, Town.Password, null, default)).Task));

        codes.Count(code => code is null).ShouldBe(1);
        (await town.People.Users.ListAsync(town.Ada, default)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_link_of_one_kind_is_none_of_another()
    {
        using var town = await Town.OnAsync("sqlite");
        var links = town.People.Invitations;
        var invitation = await links.InviteAsync(town.Ada, "bob@example.com", Role.Editor, default);
        var reset = await links.OfferResetAsync(town.Ada, town.Ada.Id, default);

        await CodeOf(() => links.ResetAsync(invitation.Token.Reveal(), Town.Password, null, default)).ShouldBe("access.link");
        await CodeOf(() => links.AcceptAsync(reset.Token.Reveal(), "X", Town.Password, null, default)).ShouldBe("access.link");
        await CodeOf(() => links.CompleteSetupAsync(invitation.Token.Reveal(), "x@y.z", "X", Town.Password, null, default))
            .ShouldBe("access.link");
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Five_wrong_passwords_lock_an_account_for_a_quarter_of_an_hour(string system)
    {
        using var town = await Town.OnAsync(system);
        var sessions = town.People.Sessions;
        for (var i = 0; i < 5; i++)
            await CodeOf(() => sessions.SignInAsync("ada@example.com", "wrong", "192.0.2.9", default)).ShouldBe("access.refused");

        await CodeOf(() => sessions.SignInAsync("ada@example.com", Town.Password, null, default)).ShouldBe("access.refused");
        (await town.People.Users.ListAsync(town.Ada, default)).Single().LockedUntil.ShouldNotBeNull();
        town.Time.Advance(SessionService.LockedFor);

        (await sessions.SignInAsync("ADA@example.com ", Town.Password, null, default)).Name.ShouldBe("Ada");
        var refused = await town.AuditAsync(new AuditFilter { Action = AuditActions.SignInRefused });
        refused.Count.ShouldBe(5, "a locked account must not flood the audit log");
        refused[0].From.ShouldBe("192.0.2.9");
    }

    [Fact]
    public async Task A_link_for_a_new_password_ends_sessions_and_lifts_the_lock()
    {
        using var town = await Town.OnAsync("sqlite");
        var session = await town.People.Sessions.SignInAsync("ada@example.com", Town.Password, null, default);
        for (var i = 0; i < 5; i++)
            await CodeOf(() => town.People.Sessions.SignInAsync("ada@example.com", "wrong", null, default)).ShouldBe("access.refused");
        var link = await town.People.Invitations.OfferResetAsync(town.Ada, town.Ada.Id, default);

        await town.People.Invitations.ResetAsync(link.Token.Reveal(), "another four unrelated words", null, default);

        (await town.People.Sessions.CheckAsync(session.PersonId, session.Stamp, default)).ShouldBeNull();
        await town.People.Sessions.SignInAsync("ada@example.com", "another four unrelated words", null, default);
    }

    [Fact]
    public async Task A_change_by_another_process_ends_a_session_within_a_minute()
    {
        using var town = await Town.OnAsync("sqlite");
        var bob = await town.JoinAsync("bob", Role.Editor);
        var session = await town.People.Sessions.SignInAsync("bob@example.com", Town.Password, null, default);
        var other = new PeopleServices(town.Database, town.Time);

        await other.Users.ChangeRoleAsync(town.Ada, bob.Id, Role.Viewer, default);

        town.Time.Advance(TimeSpan.FromSeconds(61));
        (await town.People.Sessions.CheckAsync(session.PersonId, session.Stamp, default)).ShouldBeNull();
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Editor)]
    [InlineData(Role.Publisher)]
    public async Task Only_an_administrator_may_change_people_whatever_a_face_lets_through(Role role)
    {
        using var town = await Town.OnAsync("sqlite");
        var actor = new Actor(ActorKind.Person, "9", "Nine", role);
        var people = town.People;

        Func<Task>[] acts =
        [
            () => people.Users.ListAsync(actor, default),
            () => people.Users.ChangeRoleAsync(actor, town.Ada.Id, Role.Viewer, default),
            () => people.Users.DisableAsync(actor, town.Ada.Id, default),
            () => people.Users.EnableAsync(actor, town.Ada.Id, default),
            () => people.Users.RemoveAsync(actor, town.Ada.Id, default),
            () => people.Invitations.InviteAsync(actor, "x@example.com", Role.Administrator, default),
            () => people.Invitations.OfferResetAsync(actor, town.Ada.Id, default),
            () => people.Invitations.ListAsync(actor, default),
            () => people.Invitations.WithdrawAsync(actor, 1, default),
            () => people.Keys.CreateAsync(actor, new("x", Role.Viewer), default),
            () => people.Keys.ListAsync(actor, default),
            () => people.Keys.RevokeAsync(actor, "1", default),
        ];
        foreach (var act in acts)
            await CodeOf(act).ShouldBe("access.forbidden");
    }

    [Theory]
    [InlineData("short", "it needs at least 12")]
    [InlineData("Password12345", "on the lists")]
    [InlineData("abababababab", "same few characters")]
    [InlineData("ada.lovelace@example.com", "is the e-mail address")]
    [InlineData("ada.lovelace", "is the e-mail address")]
    public void A_password_that_is_guessed_first_is_not_taken(string password, string because) =>
        PasswordRules.Check(password, "ada.lovelace@example.com").ShouldNotBeNull().Message.ShouldContain(because);

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("a b@example.com")]
    [InlineData("Ada <ada@example.com>")]
    [InlineData("a@example.com\r\nBcc: b@example.com")]
    public async Task What_is_no_address_is_not_invited(string email)
    {
        using var town = await Town.OnAsync("sqlite");

        await CodeOf(() => town.People.Invitations.InviteAsync(town.Ada, email, Role.Viewer, default)).ShouldBe("access.field");
        await CodeOf(() => town.People.Invitations.InviteAsync(town.Ada, "x@y.z", (Role)7, default)).ShouldBe("access.field");
    }

    private static Code CodeOf(Func<Task> act) => new(RunAsync(act));

    private static async Task<string?> RunAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (PenstockException exception)
        {
            return exception.Problem.Code;
        }
    }

    private readonly record struct Code(Task<string?> Task)
    {
        public async Task ShouldBe(string expected) => (await Task).ShouldBe(expected);
    }
}
