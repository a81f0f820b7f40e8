using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Campaigns;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Qualifications;

/// <summary>Codes for everybody: vouchers outside of campaigns, and the one code of a campaign that has one.</summary>
internal static class GenericCodes
{
    /// <summary>Campaigns that have one code for everybody.</summary>
    internal static Task<List<string>> CampaignsAsync(VouchsafeDbContext db, ProjectSettings project, CancellationToken ct) =>
        db.Campaigns.Of(project).Where(c => c.Mode == CampaignMode.Standalone && c.Active).Select(c => c.Id).ToListAsync(ct);
}
