using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Resources.Sessions;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Api.Resources.Vouchers;

/// <summary>POST /v1/vouchers/{code}/balance: loads credits onto a card, or takes some off it.</summary>
internal static class UpdateVoucherBalance
{
    internal sealed record Request(long? Amount, string? SourceId, string? Reason);

    internal sealed record Response(long Amount, long Total, long Balance, Response.Related RelatedObject)
    {
        public string Type => "gift_voucher";
        public string OperationType => "MANUAL";
        public string Object => "balance";

        internal sealed record Related(string Id)
        {
            public string Type => "voucher";
        }
    }

    internal static async Task<IResult> Handle(ApiCall call, string code, VouchsafeDbContext db, Ledger ledger, OverdueLocks overdue)
    {
        if ((await call.ReadBodyAsync<Request>()).Failed(out var error, out var request)) return error;
        if (Check.Text(request.SourceId, "source_id") is { } longId) return longId;
        if (Check.Text(request.Reason, "reason", Check.LongText) is { } longReason) return longReason;
        if (request.Amount is not { } amount || amount == 0) return VoucherErrors.InvalidBalance("amount must be an integer other than 0.");
        if (Math.Abs((decimal)amount) > Engine.Money.Minor.Max) return VoucherErrors.InvalidBalance($"amount must be from -{Engine.Money.Minor.Max} to {Engine.Money.Minor.Max}.");
        if (await VoucherState.FindRowAsync(db, call.Project, code, call.Aborted) is not { } voucher) return VoucherErrors.NotFound(code);
        if (voucher.Type != VoucherType.Gift) return VoucherErrors.InvalidBalance("Only a gift card has a balance.");

        var transaction = new VoucherTransaction
        {
            Id = Ids.New(IdPrefix.VoucherTransaction, call.Now),
            ProjectId = call.Project.Id,
            VoucherId = voucher.Id,
            Type = amount > 0 ? "CREDITS_ADDITION" : "CREDITS_REMOVAL",
            SourceId = request.SourceId,
            Reason = request.Reason,
            Amount = amount,
            CreatedAt = call.Now,
        };
        return await MoveAsync(call, transaction, "credits", () => new Response(amount, transaction.Total, transaction.Balance, new(voucher.Id)), db, ledger, overdue);
    }

    /// <summary>Moves what is on a card by hand; the same for credits and points.</summary>
    /// <param name="call">The call.</param>
    /// <param name="transaction">The movement; its balance and total are filled in.</param>
    /// <param name="unit">What is on the card, in words.</param>
    /// <param name="answer">Makes the answer once they are.</param>
    /// <param name="db">The database.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="overdue">Takes back locks that are over.</param>
    internal static async Task<IResult> MoveAsync<T>(
        ApiCall call, VoucherTransaction transaction, string unit, Func<T> answer, VouchsafeDbContext db, Ledger ledger, OverdueLocks overdue) where T : class
    {
        // What locks hold is on the card all the same, but cannot be taken off it.
        var locks = await db.ValidationLocks.AsNoTracking().Where(l => l.RedeemableId == transaction.VoucherId).ToListAsync(call.Aborted);
        await overdue.ReleaseAsync([.. locks.Where(l => l.IsOver(call.Now))], call.Aborted);
        var held = locks.Where(l => !l.IsOver(call.Now)).Sum(l => l.Credits);
        return await call.CommitAsync(ledger, Intent(transaction, held), _ => answer()) switch
        {
            LedgerOutcome.Accepted => Json.Ok(answer()),
            LedgerOutcome.Refused => VoucherErrors.InvalidBalance(
                transaction.Amount < 0 ? $"The card holds fewer {unit} than are to be taken off." : $"The card cannot hold that many {unit}."),
            _ => CommonErrors.Busy,
        };
    }

    private static LedgerIntent Intent(VoucherTransaction transaction, long held) => new()
    {
        Changes =
        [
            new(transaction.VoucherId, CounterKind.Balance, transaction.Amount, Engine.Money.Minor.Max),
            new(transaction.VoucherId, CounterKind.RedeemedAmount, 0),
            new(transaction.VoucherId, CounterKind.RemovedAmount, Math.Max(0, -transaction.Amount)),
        ],
        Rows = [new(transaction)],
        Complete = values =>
        {
            transaction.Balance = values[0] + held;
            transaction.Total = values[0] + held + values[1];
        },
    };
}
