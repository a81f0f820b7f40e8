namespace Vouchsafe.Api.Management.Projects;

/// <summary>With which day the weeks of a project begin, as the documentation of validation rules has it.</summary>
internal static class ProjectWeek
{
    private static readonly DayOfWeek[] Days = [DayOfWeek.Monday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>The days that are taken, in wire form.</summary>
    internal static readonly string[] Names = [.. Days.Select(ToWire)];

    internal static string ToWire(DayOfWeek day) => day.ToString().ToUpperInvariant();

    /// <summary>The day of a name that is among <see cref="Names"/>.</summary>
    internal static DayOfWeek Parse(string name) => Days[Array.IndexOf(Names, name)];
}
