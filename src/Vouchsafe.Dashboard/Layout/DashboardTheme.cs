using MudBlazor;

namespace Vouchsafe.Dashboard.Layout;

/// <summary>The colours and letters, checked for a contrast of 4.5 to 1 or more on their grounds.</summary>
internal static class DashboardTheme
{
    private static readonly string[] Letters = ["Inter", "system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"];

    internal static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0f5f56", PrimaryContrastText = "#ffffff", Secondary = "#8a3d0b", Tertiary = "#3f4fa8",
            Info = "#155d9c", Success = "#1d6b35", Warning = "#8a4b00", Error = "#b3261e",
            Background = "#f6f7f6", Surface = "#ffffff", AppbarBackground = "#ffffff", AppbarText = "#16211f",
            DrawerBackground = "#ffffff", DrawerText = "#34423f", DrawerIcon = "#4d5c58",
            TextPrimary = "#16211f", TextSecondary = "#4d5c58", TextDisabled = "#6b7976", ActionDefault = "#4d5c58",
            LinesDefault = "#dfe5e3", LinesInputs = "#7b8985", TableLines = "#e6ebe9", Divider = "#dfe5e3", TableHover = "#f0f5f3",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#6fd3c3", PrimaryContrastText = "#06201c", Secondary = "#ffb68a", Tertiary = "#b7c0ff",
            Info = "#8cc7ff", InfoContrastText = "#04192b", Success = "#86d99c", SuccessContrastText = "#06210f", Warning = "#ffc46b", WarningContrastText = "#2b1a00", Error = "#ffb4ab", ErrorContrastText = "#3a0906",
            Background = "#101615", Surface = "#182120", AppbarBackground = "#182120", AppbarText = "#e6eeec",
            DrawerBackground = "#182120", DrawerText = "#c5d1ce", DrawerIcon = "#9fb0ac",
            TextPrimary = "#e6eeec", TextSecondary = "#a9b8b4", TextDisabled = "#8a9995", ActionDefault = "#a9b8b4",
            LinesDefault = "#2b3836", LinesInputs = "#7b8d88", TableLines = "#2b3836", Divider = "#2b3836", TableHover = "#1f2a28",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "10px", DrawerWidthLeft = "248px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Letters, FontSize = "0.9rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Letters, FontWeight = "600", TextTransform = "none", LetterSpacing = "normal" },
        },
    };
}
