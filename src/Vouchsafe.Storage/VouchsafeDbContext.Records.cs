using Microsoft.EntityFrameworkCore;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Storage;

/// <summary>What the dashboard shows of the traffic: refusals, use, figures.</summary>
public abstract partial class VouchsafeDbContext
{
    /// <summary>Refused requests, alike ones together.</summary>
    public DbSet<RefusalGroup> Refusals => Set<RefusalGroup>();
    /// <summary>Refused requests by minute.</summary>
    public DbSet<RefusalMinute> RefusalMinutes => Set<RefusalMinute>();
    /// <summary>Calls by hour.</summary>
    public DbSet<UsageHour> UsageHours => Set<UsageHour>();
    /// <summary>Redemptions by hour.</summary>
    public DbSet<RedemptionHour> RedemptionHours => Set<RedemptionHour>();
    /// <summary>What was redeemed most, by day.</summary>
    public DbSet<RedemptionTop> RedemptionTops => Set<RedemptionTop>();
    /// <summary>How far redemptions are counted.</summary>
    public DbSet<FiguresMark> FiguresMarks => Set<FiguresMark>();

    private static void MapRecords(ModelBuilder model)
    {
        model.Entity<RefusalGroup>(e =>
        {
            e.HasKey(r => r.Id);
            e.HasIndex(r => new { r.ProjectId, r.LastSeenMs });
        });
        model.Entity<RefusalMinute>(e => e.HasKey(r => new { r.ProjectId, r.Minute, r.Reason }));
        model.Entity<UsageHour>(e => e.HasKey(u => new { u.ProjectId, u.Hour, u.Channel, u.KeyId }));
        model.Entity<RedemptionHour>(e => e.HasKey(r => new { r.ProjectId, r.Hour }));
        model.Entity<RedemptionTop>(e => e.HasKey(r => new { r.ProjectId, r.Day, r.OwnerId }));
        model.Entity<FiguresMark>(e => e.HasKey(m => m.ProjectId));
    }
}
