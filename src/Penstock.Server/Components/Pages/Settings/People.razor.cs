using Microsoft.AspNetCore.Components;
using Penstock.Contract;
using Penstock.Control.Users;
using Penstock.Server.Components.Shared;

namespace Penstock.Server.Components.Pages.Settings;

/// <summary>Who may sign in and as what.</summary>
public sealed partial class People : ComponentBase
{
    private Loadable<Everybody>? _loadable;
    private Problem? _problem;
    private string? _link;
    private string _linkTitle = "";

    private async Task<Everybody?> LoadAsync(CancellationToken cancellationToken)
    {
        var actor = await Current.GetAsync(cancellationToken);
        return new(
            await Services.People.Users.ListAsync(actor, cancellationToken),
            await Services.People.Invitations.ListAsync(actor, cancellationToken));
    }

    private async Task InviteAsync()
    {
        var dialog = await Dialogs.ShowAsync<InviteDialog>(T["Invite somebody"]);
        if (await dialog.Result is not { Canceled: false, Data: InviteDialog.Asked asked })
            return;
        await DoAsync(async actor => Show(
            T["The invitation of {0}", asked.Email],
            await Services.People.Invitations.InviteAsync(actor, asked.Email, asked.Role, CancellationToken.None)));
    }

    private Task ResetAsync(Person person) => DoAsync(async actor => Show(
        T["The link for a new password of {0}", person.Name],
        await Services.People.Invitations.OfferResetAsync(actor, person.Id, CancellationToken.None)));

    private Task ChangeRoleAsync(Person person, Role role) => DoAsync(async actor =>
    {
        await Services.People.Users.ChangeRoleAsync(actor, person.Id, role, CancellationToken.None);
        Snackbar.Add(T["{0} is {1} now.", person.Name, role.ToString()], MudBlazor.Severity.Success);
    });

    private Task SwitchAsync(Person person) => DoAsync(actor => person.IsDisabled || person.LockedUntil is not null
        ? Services.People.Users.EnableAsync(actor, person.Id, CancellationToken.None)
        : Services.People.Users.DisableAsync(actor, person.Id, CancellationToken.None));

    private async Task RemoveAsync(Person person)
    {
        var isSure = await Dialogs.ShowMessageBoxAsync(
            T["Remove {0}?", person.Name],
            T["The account of {0} is removed and every session of it ends. What they did stays in the audit log.", person.Email],
            T["Remove 1 account"], cancelText: T["Cancel"]);
        if (isSure == true)
            await DoAsync(actor => Services.People.Users.RemoveAsync(actor, person.Id, CancellationToken.None));
    }

    private Task WithdrawAsync(OpenInvitation invitation) =>
        DoAsync(actor => Services.People.Invitations.WithdrawAsync(actor, invitation.Id, CancellationToken.None));

    private void Show(string title, OneTimeLink link) => (_linkTitle, _link) = (title, link.Reveal(Navigation.BaseUri));

    private async Task DoAsync(Func<Actor, Task> act)
    {
        _problem = null;
        try
        {
            await act(await Current.GetAsync());
        }
        catch (PenstockException exception)
        {
            _problem = exception.Problem;
        }

        if (_loadable is not null)
            await _loadable.ReloadAsync();
    }

    private sealed record Everybody(IReadOnlyList<Person> People, IReadOnlyList<OpenInvitation> Invitations);
}
