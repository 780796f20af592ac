using Penstock.Contract;
using Penstock.Control.Users;

namespace Penstock.Control.Tests.Users;

public sealed class KeyTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_key_works_until_it_expires_or_is_revoked_and_its_use_is_noted_once_a_minute(string system)
    {
        using var town = await Town.OnAsync(system);
        var keys = town.People.Keys;
        var made = await keys.CreateAsync(
            town.Ada, new("airflow", Role.Publisher) { Models = ["users"], ExpiresAt = town.Time.GetUtcNow().AddDays(1) }, default);
        var key = made.Key.Reveal();
        key.ShouldMatch("^psk_[a-z2-9]{10}_[A-Za-z0-9_-]{43}$");

        var found = (await keys.VerifyAsync(key, default)).ShouldNotBeNull();
        (found.Name, found.Role, found.Models.Single()).ShouldBe(("airflow", Role.Publisher, "users"));
        var first = town.Time.GetUtcNow();
        town.Time.Advance(TimeSpan.FromSeconds(59));
        await keys.VerifyAsync(key, default);
        (await keys.ListAsync(town.Ada, default)).Single().LastUsedAt.ShouldBe(first);
        town.Time.Advance(TimeSpan.FromSeconds(1));
        await keys.VerifyAsync(key, default);
        (await keys.ListAsync(town.Ada, default)).Single().LastUsedAt.ShouldBe(first.AddMinutes(1));

        town.Time.Advance(TimeSpan.FromDays(1));
        (await keys.VerifyAsync(key, default)).ShouldBeNull("it has expired");
        var other = await keys.CreateAsync(town.Ada, new("dbt", Role.Viewer), default);
        await keys.RevokeAsync(town.Ada, other.Entry.Id, default);
        (await keys.VerifyAsync(other.Key.Reveal(), default)).ShouldBeNull("it is revoked");
    }

    [Fact]
    public async Task Half_a_key_or_one_of_another_prefix_opens_nothing()
    {
        using var town = await Town.OnAsync("sqlite");
        var keys = town.People.Keys;
        var (one, two) = (
            (await keys.CreateAsync(town.Ada, new("one", Role.Viewer), default)).Key.Reveal(),
            (await keys.CreateAsync(town.Ada, new("two", Role.Viewer), default)).Key.Reveal());

        string[] wrongs = ["", "psk_", one[..14], one[..15], one[..^1], one + "x", one[..15] + two[15..], new string('x', 5000)];
        foreach (var wrong in wrongs)
            (await keys.VerifyAsync(wrong, default)).ShouldBeNull(wrong);
    }

    [Fact]
    public async Task A_key_that_would_have_expired_is_not_made()
    {
        using var town = await Town.OnAsync("sqlite");

        var refused = await Should.ThrowAsync<PenstockException>(() => town.People.Keys.CreateAsync(
            town.Ada, new("late", Role.Viewer) { ExpiresAt = town.Time.GetUtcNow() }, default));

        refused.Problem.Code.ShouldBe("access.field");
    }
}
