using MudBlazor;

namespace Vouchsafe.Dashboard.Shared;

/// <summary>Questions before something is lost.</summary>
public static class Ask
{
    /// <summary>Asks for leave to do something that cannot be taken back; true if it was given.</summary>
    /// <param name="dialogs">The dialogs.</param>
    /// <param name="title">The deed as a question.</param>
    /// <param name="text">What will be lost.</param>
    /// <param name="yes">The button that does it, as a verb.</param>
    public static async Task<bool> ForLeaveAsync(this IDialogService dialogs, string title, string text, string yes) =>
        await dialogs.ShowMessageBoxAsync(title, text, yesText: yes, cancelText: "Cancel", options: new DialogOptions { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true }) == true;
}
