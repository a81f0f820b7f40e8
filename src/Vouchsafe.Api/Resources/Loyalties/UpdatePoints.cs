using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Resources.Sessions;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine.Money;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Api.Resources.Loyalties;

/// <summary>POST .../members/{memberId}/balance: adds points to a card by hand, or takes some off it.</summary>
internal static class UpdatePoints
{
    internal sealed record Request(long? Points, string? ExpirationType, DateTimeOffset? ExpirationDate, string? SourceId, string? Reason)
    {
        internal ApiError? Problem(DateTimeOffset now)
        {
            if (Points is null or 0) return CommonErrors.InvalidPayload("points must be an integer other than 0.");
            if (Math.Abs((decimal)Points.Value) > Minor.Max) return CommonErrors.InvalidPayload($"points must be from -{Minor.Max} to {Minor.Max}.");
            return Check.OneOf(ExpirationType, "expiration_type", "PROGRAM_RULES", "NON_EXPIRING", "CUSTOM_DATE")
                ?? (ExpirationType == "CUSTOM_DATE" ? DateProblem(now) : null)
                ?? Check.Text(SourceId, "source_id") ?? Check.Text(Reason, "reason", Check.LongText);
        }

        // Points that were to expire and stayed would be money given away.
        private ApiError DateProblem(DateTimeOffset now) =>
            ExpirationDate is not { } date ? CommonErrors.InvalidPayload("expiration_date is required with the expiration_type CUSTOM_DATE.")
            : date <= now ? new ApiError(400, "invalid_expiration_date", "Invalid Expiration Date", "Expiration date cannot be set in the past")
            : CommonErrors.InvalidPayload("expiration_type CUSTOM_DATE is not supported by this version; points do not expire.");
    }

    internal sealed record Response(long Points, long Total, long Balance, UpdateVoucherBalance.Response.Related RelatedObject)
    {
        public string Type => "loyalty_card";
        public string Object => "balance";
        public string OperationType => "MANUAL";
    }

    internal static Task<IResult> HandleOf(ApiCall call, string campaignId, string memberId, VouchsafeDbContext db, Ledger ledger, OverdueLocks overdue) =>
        RunAsync(call, campaignId, memberId, db, ledger, overdue);

    internal static Task<IResult> Handle(ApiCall call, string memberId, VouchsafeDbContext db, Ledger ledger, OverdueLocks overdue) =>
        RunAsync(call, null, memberId, db, ledger, overdue);

    private static async Task<IResult> RunAsync(ApiCall call, string? campaignId, string memberId, VouchsafeDbContext db, Ledger ledger, OverdueLocks overdue)
    {
        if ((await call.ReadBodyAsync<Request>()).Failed(out var error, out var request)) return error;
        if (request.Problem(call.Now) is { } problem) return problem;
        if ((await db.CardAsync(call, campaignId, memberId)).Failed(out error, out var card)) return error;
        var points = request.Points!.Value;
        var transaction = new VoucherTransaction
        {
            Id = Ids.New(IdPrefix.VoucherTransaction, call.Now),
            ProjectId = call.Project.Id,
            VoucherId = card.Id,
            Type = points > 0 ? "POINTS_ADDITION" : "POINTS_REMOVAL",
            SourceId = request.SourceId,
            Reason = request.Reason,
            Amount = points,
            CreatedAt = call.Now,
        };
        return await UpdateVoucherBalance.MoveAsync(
            call, transaction, "points", () => new Response(points, transaction.Total, transaction.Balance, new(card.Id)), db, ledger, overdue);
    }
}
