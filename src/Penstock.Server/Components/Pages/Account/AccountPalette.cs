using System.Globalization;
using MudBlazor;
using Penstock.Server.Components.Layout;

namespace Penstock.Server.Components.Pages.Account;

/// <summary>The theme's colours for pages without a circuit, where MudBlazor can't ask the browser which palette it prefers.</summary>
internal static class AccountPalette
{
    /// <summary>Custom properties named as MudBlazor's.</summary>
    public static string Css { get; } =
        $":root {{ {Variables(Theme.Penstock.PaletteLight)} }} "
        + $"@media (prefers-color-scheme: dark) {{ :root {{ {Variables(Theme.Penstock.PaletteDark)} }} }}";

    private static string Variables(Palette palette) => string.Join(' ', new[]
    {
        Variable("background", palette.Background), Variable("surface", palette.Surface), Variable("primary", palette.Primary),
        Variable("primary-text", palette.PrimaryContrastText), Variable("text-primary", palette.TextPrimary),
        Variable("text-secondary", palette.TextSecondary), Variable("lines-default", palette.LinesDefault),
        Variable("lines-inputs", palette.LinesInputs), Variable("error", palette.Error), Variable("success", palette.Success),
    });

    private static string Variable(string name, MudBlazor.Utilities.MudColor color) =>
        string.Create(CultureInfo.InvariantCulture, $"--mud-palette-{name}: {color.Value};");
}
