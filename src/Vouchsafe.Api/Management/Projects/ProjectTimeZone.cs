using System.Globalization;
using System.Text.RegularExpressions;

namespace Vouchsafe.Api.Management.Projects;

/// <summary>
/// Time zones as projects name them: a name of the IANA database, or an offset from Greenwich such as <c>GMT+1</c> or
/// <c>GMT-03:30</c>. East is plus there; the database's own <c>Etc/GMT+1</c> lies west.
/// </summary>
internal static partial class ProjectTimeZone
{
    private const int FurthestHours = 14; // Kiribati

    internal static bool TryFind(string name, out TimeZoneInfo zone)
    {
        // The database is a folder of files: names that could lead out of it are not looked up.
        if (IanaName().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found))
        {
            zone = found;
            return true;
        }
        zone = TimeZoneInfo.Utc;
        if (Offset().Match(name) is not { Success: true } match) return false;
        var hours = int.Parse(match.Groups["hours"].ValueSpan, CultureInfo.InvariantCulture);
        var minutes = match.Groups["minutes"] is { Success: true } group ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;
        var offset = new TimeSpan(hours, minutes, 0);
        if (minutes > 59 || offset > TimeSpan.FromHours(FurthestHours)) return false;
        zone = TimeZoneInfo.CreateCustomTimeZone(name, match.Groups["sign"].Value == "-" ? -offset : offset, name, name);
        return true;
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_+\-]{0,31}(/[A-Za-z0-9_+\-]{1,32}){0,2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IanaName();

    [GeneratedRegex(@"^(GMT|UTC)(?<sign>[+-])(?<hours>[0-9]{1,2})(:?(?<minutes>[0-9]{2}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Offset();
}
