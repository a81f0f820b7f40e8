using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline.Credentials;
using Vouchsafe.Api.Resources.Loyalties;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Api.Background;

/// <summary>
/// Gives the points of paid orders (docs/adr/0304-loyalty.md). A rule gives once for an order: a counter of the two, limited
/// to 1, moves with the points, so a note that is worked on twice (by two nodes, or by one that died) gives nothing more.
/// </summary>
internal sealed class Earnings(IDbContextFactory<VouchsafeDbContext> contexts, Ledger ledger, TimeProvider time)
{
    private const int PortionSize = 50;

    /// <summary>Works on the oldest notes.</summary>
    /// <returns>Whether there were any.</returns>
    internal async Task<bool> DoPortionAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var notes = await db.PaidOrders.AsNoTracking().OrderBy(o => o.Id).Take(PortionSize).ToListAsync(ct);
        foreach (var note in notes) await GiveAsync(db, note, ct);
        return notes.Count > 0;
    }

    private async Task GiveAsync(VouchsafeDbContext db, PaidOrder note, CancellationToken ct)
    {
        if (await db.Projects.AsNoTracking().FirstOrDefaultAsync(p => p.Id == note.ProjectId, ct) is { } project)
        {
            var zone = ProjectEntry.From(project).Settings.TimeZone;
            var cards = await db.Vouchers.AsNoTracking()
                .Where(v => v.ProjectId == note.ProjectId && v.HolderId == note.CustomerId && v.Type == VoucherType.Loyalty && v.CampaignId != null && v.DeletedAt == null)
                .OrderBy(v => v.Id).ToListAsync(ct);
            List<string?> campaignIds = [.. cards.Where(c => IsOpen(VoucherTerms.AvailabilityOf(c), note, zone)).Select(c => c.CampaignId).Distinct()];
            var campaigns = await db.Campaigns.AsNoTracking().Where(c => campaignIds.Contains(c.Id) && c.Active && c.DeletedAt == null).ToDictionaryAsync(c => c.Id, ct);
            var rules = await db.EarningRules.AsNoTracking().Where(r => campaigns.Keys.Contains(r.CampaignId) && r.Active).OrderBy(r => r.Id).ToListAsync(ct);
            foreach (var rule in rules)
            {
                if (!IsOpen(EarningTerms.AvailabilityOf(rule, campaigns[rule.CampaignId]), note, zone)) continue;
                // Whoever has several cards of a program gets the points on the oldest that is open.
                var card = cards.First(c => c.CampaignId == rule.CampaignId && IsOpen(VoucherTerms.AvailabilityOf(c), note, zone));
                if (EarningTerms.DefinitionOf(rule).PointsFor(note.Amount, note.TotalAmount) is > 0 and var points)
                    await CommitAsync(await IntentAsync(db, note, rule, card, points, ct), ct);
            }
        }

        // Through the ledger too: a statement past it would count as a change of definitions.
        await CommitAsync(new LedgerIntent { Rows = [new(note, RowWriteKind.Delete)] }, ct);
    }

    private async Task<LedgerIntent> IntentAsync(VouchsafeDbContext db, PaidOrder note, EarningRule rule, Voucher card, long points, CancellationToken ct)
    {
        var held = await db.ValidationLocks.Where(l => l.RedeemableId == card.Id).SumAsync(l => l.Credits, ct);
        var now = time.GetUtcNow();
        var transaction = new VoucherTransaction
        {
            Id = Ids.New(IdPrefix.VoucherTransaction, now),
            ProjectId = note.ProjectId,
            VoucherId = card.Id,
            Type = "POINTS_ACCRUAL",
            Amount = points,
            OrderId = note.OrderId,
            EarningRuleId = rule.Id,
            CreatedAt = new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero),
        };
        return new LedgerIntent
        {
            Changes =
            [
                new($"{rule.Id}:{note.OrderId}", CounterKind.Uses, 1, 1),
                new(card.Id, CounterKind.Balance, points, Engine.Money.Minor.Max),
                new(card.Id, CounterKind.RedeemedAmount, 0),
            ],
            Rows = [new(transaction)],
            Complete = values =>
            {
                transaction.Balance = values[1] + held;
                transaction.Total = transaction.Balance + values[2];
            },
        };
    }

    // Refused means given before, or that the card cannot hold any more.
    private async Task CommitAsync(LedgerIntent intent, CancellationToken ct)
    {
        if (await ledger.CommitAsync(intent, ct) is LedgerOutcome.Busy) throw new TimeoutException("The ledger is busy; the note stays and is worked on again.");
    }

    private static bool IsOpen(AvailabilityDefinition terms, PaidOrder note, TimeZoneInfo zone) =>
        AvailabilityCheck.Judge(terms.ToAvailability(), note.PaidAt, zone) == AvailabilityVerdict.Open;
}
