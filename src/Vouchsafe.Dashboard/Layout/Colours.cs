namespace Vouchsafe.Dashboard.Layout;

/// <summary>Light or dark pages, for as long as a browser's connection stands.</summary>
/// <param name="chosen">Whether dark ones were chosen; null: nothing was chosen.</param>
/// <param name="isPreferred">Whether the browser's system prefers dark ones, which counts until something is chosen.</param>
public sealed class Colours(bool? chosen, bool isPreferred)
{
    /// <summary>The name of the cookie that keeps the choice.</summary>
    public const string Cookie = "vouchsafe-colours";

    /// <summary>Whether somebody chose them.</summary>
    public bool IsChosen { get; private set; } = chosen is not null;

    /// <summary>Whether pages are dark.</summary>
    public bool IsDark { get; private set; } = chosen ?? isPreferred;

    /// <summary>What a cookie says was chosen; null: nothing.</summary>
    public static bool? Read(string? cookie) => cookie switch { "dark" => true, "light" => false, _ => null };

    /// <summary>Somebody chose.</summary>
    public void Choose(bool isDark) => (IsDark, IsChosen) = (isDark, true);

    /// <summary>The system changed to others, by the hour for example.</summary>
    public void Prefer(bool isDark)
    {
        if (!IsChosen) IsDark = isDark;
    }
}
