using Microsoft.AspNetCore.Http;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Pipeline;

/// <summary>Who asks: set by authentication, passed on explicitly, never ambient.</summary>
/// <param name="Channel">The channel that let the caller in.</param>
/// <param name="KeyId">The key that was used, or that the token was made with.</param>
/// <param name="Project">The project it opens; null on the management channel.</param>
/// <param name="IsMember">Whether it is a member at the dashboard, whose id then stands for the key's.</param>
internal sealed record Caller(Channel Channel, string KeyId, ProjectSettings? Project, bool IsMember = false)
{
    /// <summary>What a redemption says that a member made, whose id then stands for the key's.</summary>
    internal const string UserChannel = "USER";

    /// <summary>What a redemption says of where it came from.</summary>
    internal string ChannelName => IsMember ? UserChannel : Channel == Channel.Client ? "CLIENT" : "API";

    /// <summary>The caller of an authenticated request.</summary>
    internal static Caller Of(HttpContext http) =>
        RequestFacts.Of(http).Caller ?? throw new InvalidOperationException("The endpoint was reached without authentication.");

    internal static bool IsKnown(HttpContext http) => RequestFacts.Of(http).Caller is not null;

    internal void Enter(HttpContext http) => RequestFacts.Of(http).Caller = this;
}

/// <summary>A project's settings as a request sees them: immutable, cached for a few seconds.</summary>
internal sealed record ProjectSettings(
    string Id, string Name, TimeZoneInfo TimeZone, DayOfWeek FirstDayOfWeek, string Currency, bool CaseSensitiveCodes, bool IsSandbox,
    ClientPermissions ClientPermissions, int? ServerRequestsPerMinute, byte[] TrackingKey, string CodeCharset)
{
    /// <summary>Addresses of pictures of the project's codes; null where nothing is shown.</summary>
    internal Assets.AssetLinks? Assets { get; init; }

    /// <summary>Addresses of the project's exported files; null where nothing is shown.</summary>
    internal Resources.Exports.ExportLinks? Exports { get; init; }

    /// <summary>The form in which a code is unique in this project; the same rule as <see cref="Vouchsafe.Storage.Entities.Project.CodeKey"/>.</summary>
    internal string CodeKey(string code) => CaseSensitiveCodes ? code : code.ToUpperInvariant();
}
