using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Reads;

namespace Vouchsafe.Api.Resources.Vouchers;

/// <summary>A voucher together with what changes with use, as it stood when it was read.</summary>
/// <param name="Voucher">The voucher.</param>
/// <param name="Uses">Redemptions that count, holds included.</param>
/// <param name="Balance">Credits that nobody spent or holds.</param>
/// <param name="RedeemedAmount">Credits redeemed and not taken back.</param>
/// <param name="RemovedAmount">Credits taken off by hand.</param>
/// <param name="Publications">How often it was published.</param>
/// <param name="Locks">Its validation locks, those included that are over but not yet released.</param>
internal sealed record VoucherState(
    Voucher Voucher, long Uses, long Balance, long RedeemedAmount, long RemovedAmount, long Publications, IReadOnlyList<ValidationLock> Locks)
{
    /// <summary>False only if it is known that no validation rule is assigned to the voucher itself.</summary>
    internal bool MayHaveRules { get; init; } = true;

    /// <summary>Uses that locks hold.</summary>
    internal long HeldUses => Locks.Sum(l => l.Uses);

    /// <summary>Credits that locks hold.</summary>
    internal long HeldCredits => Locks.Sum(l => l.Credits);

    /// <summary>Redemptions that count.</summary>
    internal long Redeemed => Uses - HeldUses;

    /// <summary>Credits on the card, those held included.</summary>
    internal long BalanceWithHolds => Balance + HeldCredits;

    /// <summary>A voucher that was just made.</summary>
    internal static VoucherState New(Voucher voucher) => new(voucher, 0, voucher.GiftAmount ?? 0, 0, 0, 0, []);

    /// <summary>The state after counters moved.</summary>
    internal VoucherState With(CounterKind kind, long value) => kind switch
    {
        CounterKind.Uses => this with { Uses = value },
        CounterKind.Balance => this with { Balance = value },
        CounterKind.RedeemedAmount => this with { RedeemedAmount = value },
        CounterKind.RemovedAmount => this with { RemovedAmount = value },
        CounterKind.Publications => this with { Publications = value },
        CounterKind.Rollbacks or CounterKind.Locks or CounterKind.Recounts or CounterKind.OrderChanges => this,
    };

    /// <summary>The voucher of a code, or else of an id; null if there is none or it lies in the bin.</summary>
    internal static async ValueTask<VoucherState?> FindAsync(VouchsafeDbContext db, ProjectSettings project, string codeOrId, CancellationToken ct)
    {
        var voucher = await FindRowAsync(db, project, codeOrId, ct);
        return voucher is null ? null : (await LoadAsync(db, [voucher], ct))[0];
    }

    /// <summary>The same by the prepared statement; ids and locks, which are rare, take a query more.</summary>
    internal static async ValueTask<VoucherState?> FindAsync(Database database, VoucherReads reads, ProjectSettings project, string codeOrId, CancellationToken ct)
    {
        if (await reads.FindAsync(project.Id, project.CodeKey(codeOrId), ct) is not { } record)
            return codeOrId.StartsWith(IdPrefix.Voucher + "_", StringComparison.Ordinal) ? await FindAsync(database.Context, project, codeOrId, ct) : null;
        var locks = record.HasLocks
            ? await database.Context.ValidationLocks.AsNoTracking().Where(l => l.RedeemableId == record.Voucher.Id).ToListAsync(ct)
            : (IReadOnlyList<ValidationLock>)[];
        return new VoucherState(record.Voucher, record.Uses, record.Balance, record.RedeemedAmount, record.RemovedAmount, record.Publications, locks)
        {
            MayHaveRules = record.HasRules,
        };
    }

    /// <summary>The voucher's row alone, tracked.</summary>
    internal static async ValueTask<Voucher?> FindRowAsync(VouchsafeDbContext db, ProjectSettings project, string codeOrId, CancellationToken ct)
    {
        var key = project.CodeKey(codeOrId);
        return await db.Vouchers.FirstOrDefaultAsync(v => v.ProjectId == project.Id && v.CodeKey == key && v.DeletedAt == null, ct)
            ?? (codeOrId.StartsWith(IdPrefix.Voucher + "_", StringComparison.Ordinal)
                ? await db.Vouchers.FirstOrDefaultAsync(v => v.Id == codeOrId && v.ProjectId == project.Id && v.DeletedAt == null, ct)
                : null);
    }

    /// <summary>The states of many vouchers, in their order, in two queries.</summary>
    internal static async ValueTask<IReadOnlyList<VoucherState>> LoadAsync(VouchsafeDbContext db, IReadOnlyList<Voucher> vouchers, CancellationToken ct)
    {
        if (vouchers.Count == 0) return [];
        var ids = vouchers.Select(v => v.Id).ToList();
        var counters = await db.Counters.AsNoTracking().Where(c => ids.Contains(c.Owner)).ToListAsync(ct);
        var locks = await db.ValidationLocks.AsNoTracking().Where(l => ids.Contains(l.RedeemableId)).ToListAsync(ct);
        return [.. vouchers.Select(v => counters.Where(c => c.Owner == v.Id).Aggregate(
            New(v) with { Balance = 0, Locks = [.. locks.Where(l => l.RedeemableId == v.Id)] },
            (state, counter) => state.With(counter.Kind, counter.Value)))];
    }
}
