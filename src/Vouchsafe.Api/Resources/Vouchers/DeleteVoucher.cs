using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Resources.Sessions;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Api.Resources.Vouchers;

/// <summary>
/// DELETE /v1/vouchers/{code}. Into the bin, where the code stays taken; with <c>force=true</c> for good, which frees the
/// code. Redemptions stay either way: they are the books.
/// </summary>
internal static class DeleteVoucher
{
    internal static async Task<IResult> Handle(ApiCall call, string code, VouchsafeDbContext db, OverdueLocks locks)
    {
        if (call.Query.Flag("force").Failed(out var error, out var force)) return error;
        if (await VoucherState.FindRowAsync(db, call.Project, code, call.Aborted) is not { } voucher) return VoucherErrors.NotFound(code);
        if (force is true)
        {
            await RemoveAsync(db, locks, voucher.Id, call.Aborted);
            return Results.NoContent();
        }

        voucher.DeletedAt = call.Now;
        db.TrashEntries.Add(new TrashEntry
        {
            Id = Ids.New(IdPrefix.TrashEntry, call.Now),
            ProjectId = call.Project.Id,
            ResourceType = "voucher",
            ResourceId = voucher.Id,
            ResourceName = voucher.Code,
            ParentResourceName = voucher.CampaignId,
            CreatedAt = call.Now,
        });
        await db.SaveChangesAsync(call.Aborted);
        return Results.NoContent();
    }

    /// <summary>Removes a voucher for good, with its counters. What locks on it hold in counters of campaigns and customers is given back.</summary>
    internal static async Task RemoveAsync(VouchsafeDbContext db, OverdueLocks locks, string voucherId, CancellationToken ct)
    {
        await locks.ReleaseAsync(await db.ValidationLocks.AsNoTracking().Where(l => l.RedeemableId == voucherId).ToListAsync(ct), ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await CounterErasure.OfAsync(db, [voucherId], ct);
        await db.TrashEntries.Where(t => t.ResourceId == voucherId).ExecuteDeleteAsync(ct);
        await db.RedeemableHolders.Where(h => h.VoucherId == voucherId).ExecuteDeleteAsync(ct);
        await db.Vouchers.Where(v => v.Id == voucherId).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
