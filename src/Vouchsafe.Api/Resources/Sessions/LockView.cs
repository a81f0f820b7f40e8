using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Sessions;

/// <summary>Which locks stand in an asker's way: those of other sessions whose time is not over.</summary>
/// <param name="SessionKey">The asking session; null: none.</param>
/// <param name="Now">The instant.</param>
internal readonly record struct LockView(string? SessionKey, DateTimeOffset Now)
{
    internal long HeldUses(VoucherState state) => Standing(state).Sum(l => l.Uses);

    internal long HeldCredits(VoucherState state) => Standing(state).Sum(l => l.Credits);

    /// <summary>The state once this asker's own locks and those that are over were taken back.</summary>
    internal VoucherState Cleared(VoucherState state) => state with { Locks = [.. Standing(state)] };

    private IEnumerable<ValidationLock> Standing(VoucherState state)
    {
        var (key, now) = this;
        return state.Locks.Where(l => l.SessionKey != key && !l.IsOver(now));
    }
}
