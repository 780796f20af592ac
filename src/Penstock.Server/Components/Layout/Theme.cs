using MudBlazor;

namespace Penstock.Server.Components.Layout;

/// <summary>Colours, spacing and type of the UI; <c>app.css</c> takes them from here.</summary>
internal static class Theme
{
    private static readonly string[] Font = ["Inter Variable", "system-ui", "-apple-system", "Segoe UI", "sans-serif"];

    /// <summary>The theme.</summary>
    public static MudTheme Penstock { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0b6b80",
            PrimaryDarken = "#095567",
            Secondary = "#495a68",
            Background = "#f6f8f9",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            AppbarText = "#1d2b34",
            DrawerBackground = "#ffffff",
            DrawerText = "#33434e",
            DrawerIcon = "#5b6b77",
            TextPrimary = "#1d2b34",
            TextSecondary = "#55646f",
            LinesDefault = "#e1e7ea",
            LinesInputs = "#b9c4cb",
            TableLines = "#e8edef",
            Divider = "#e1e7ea",
            ActionDefault = "#55646f",
            Success = "#1f7a4d",
            Warning = "#9a5b00",
            Error = "#b3261e",
            Info = "#1f5fa8",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#4fc3d9",
            PrimaryContrastText = "#06222a",
            Secondary = "#a9b8c2",
            Background = "#12191e",
            Surface = "#1a2329",
            AppbarBackground = "#1a2329",
            AppbarText = "#e4ebef",
            DrawerBackground = "#1a2329",
            DrawerText = "#cbd6dc",
            DrawerIcon = "#93a3ad",
            TextPrimary = "#e4ebef",
            TextSecondary = "#a4b3bc",
            LinesDefault = "#2b3840",
            LinesInputs = "#4a5a64",
            TableLines = "#28343b",
            Divider = "#2b3840",
            ActionDefault = "#a4b3bc",
            Success = "#5cc490",
            SuccessContrastText = "#06251a",
            Warning = "#f0b455",
            WarningContrastText = "#2b1c00",
            Error = "#ff8a80",
            ErrorContrastText = "#3b0805",
            Info = "#80b7f0",
            InfoContrastText = "#06203b",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Font, FontSize = "0.875rem", LineHeight = "1.5" },
            Button = new ButtonTypography
            {
                FontFamily = Font,
                FontSize = "0.875rem",
                FontWeight = "550",
                TextTransform = "none",
                LetterSpacing = "0",
            },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px", DrawerWidthLeft = "232px", AppbarHeight = "52px" },
    };
}
