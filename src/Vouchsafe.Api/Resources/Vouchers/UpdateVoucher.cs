using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Resources.Categories;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine.Discounts;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Api.Resources.Vouchers;

/// <summary>PUT /v1/vouchers/{code}: changes only what the body names; null clears.</summary>
internal static class UpdateVoucher
{
    internal sealed record Request
    {
        public Optional<string> Category { get; init; }
        public Optional<string> CategoryId { get; init; }
        public Optional<DateTimeOffset?> StartDate { get; init; }
        public Optional<DateTimeOffset?> ExpirationDate { get; init; }
        public Optional<TimeframeDefinition> ValidityTimeframe { get; init; }
        public Optional<int[]> ValidityDayOfWeek { get; init; }
        public Optional<HoursDefinition> ValidityHours { get; init; }
        public Optional<bool?> Active { get; init; }
        public Optional<string> AdditionalInfo { get; init; }
        public Optional<JsonText?> Metadata { get; init; }
        public Optional<DiscountDefinition> Discount { get; init; }
        public Optional<GiftDefinition> Gift { get; init; }
        public Optional<CreateVoucher.RedemptionLimit> Redemption { get; init; }
    }

    internal static async Task<IResult> Handle(ApiCall call, string code, VouchsafeDbContext db, Ledger ledger)
    {
        if ((await call.ReadBodyAsync<Request>()).Failed(out var error, out var request)) return error;
        if (await VoucherState.FindRowAsync(db, call.Project, code, call.Aborted) is not { } voucher) return VoucherErrors.NotFound(code);
        if (Problem(request, voucher) is { } problem) return problem;
        if ((await CategoryIdAsync(call, db, request, voucher)).Failed(out error, out var categoryId)) return error;
        voucher.CategoryId = categoryId;

        Write(request, voucher);
        if (VoucherErrors.Invalid(VoucherTerms.AvailabilityOf(voucher).Check()) is { } window) return window;
        voucher.UpdatedAt = call.Now;
        if (!request.Redemption.IsPresent)
        {
            await db.SaveChangesAsync(call.Aborted);
        }
        // Limit and counter move together, so that no redemption sees one without the other.
        else if (await ledger.CommitAsync(new LedgerIntent
                 {
                     Changes = [new(voucher.Id, CounterKind.Uses, 0) { NewCeiling = new Ceiling(voucher.RedemptionQuantity) }],
                     Rows = [new(voucher, RowWriteKind.Update)],
                 }, call.Aborted) is not LedgerOutcome.Accepted)
        {
            return CommonErrors.Busy;
        }

        return Json.Ok(await VoucherResponse.LoadAsync(db, call.Project, (await VoucherState.LoadAsync(db, [voucher], call.Aborted))[0], call.Aborted));
    }

    private static ApiError? Problem(Request request, Voucher voucher) =>
        DiscountProblem(request.Discount, voucher)
        ?? Check.Range(request.Redemption.Value?.Quantity, "redemption.quantity", 1)
        ?? Check.Text(request.Category.Value, "category") ?? Check.Text(request.AdditionalInfo.Value, "additional_info", Check.LongText)
        ?? Check.Object(request.Metadata.Value, "metadata")
        ?? (request.Gift.Value is { Effect: not (null or "APPLY_TO_ORDER" or "APPLY_TO_ITEMS") }
            ? VoucherErrors.Invalid("gift.effect must be one of: APPLY_TO_ORDER, APPLY_TO_ITEMS.")
            : null);

    // A category named by its id must be there; one given by name only may be free text.
    private static async ValueTask<Result<string?>> CategoryIdAsync(ApiCall call, VouchsafeDbContext db, Request request, Voucher voucher)
    {
        if (request.CategoryId is { IsPresent: true, Value: { Length: > 0 } id }) return await db.Categories.ResolveAsync(call.Project, id, null, call.Aborted);
        if (request.Category is not { IsPresent: true, Value: { } name }) return request.CategoryId.IsPresent || request.Category.IsPresent ? (string?)null : voucher.CategoryId;
        return await db.Categories.Of(call.Project).Where(c => c.Name == name).Select(c => c.Id).FirstOrDefaultAsync(call.Aborted);
    }

    private static ApiError? DiscountProblem(Optional<DiscountDefinition> change, Voucher voucher)
    {
        if (change.Value is not { } discount) return null;
        if (voucher.Type != VoucherType.Discount) return VoucherErrors.TypeIsFixed("type");
        if (VoucherErrors.Invalid(discount.Check()) is { } fault) return fault;
        return discount.Type == VoucherTerms.Read<DiscountDefinition>(voucher.DiscountJson)!.Type ? null : VoucherErrors.TypeIsFixed("discount.type");
    }

    private static void Write(Request request, Voucher voucher)
    {
        // The id decides what the name is, unless a name is written beside it.
        voucher.Category = request.Category.Or(request.CategoryId.IsPresent ? null : voucher.Category);
        voucher.StartDate = request.StartDate.Or(voucher.StartDate);
        voucher.ExpirationDate = request.ExpirationDate.Or(voucher.ExpirationDate);
        if (request.ValidityTimeframe.IsPresent) voucher.ValidityTimeframeJson = VoucherTerms.ToJson(request.ValidityTimeframe.Value);
        if (request.ValidityDayOfWeek.IsPresent) voucher.ValidityDayOfWeekJson = VoucherTerms.ToJson(request.ValidityDayOfWeek.Value);
        if (request.ValidityHours.IsPresent) voucher.ValidityHoursJson = VoucherTerms.ToJson(request.ValidityHours.Value);
        voucher.Active = request.Active.Value ?? voucher.Active;
        voucher.AdditionalInfo = request.AdditionalInfo.Or(voucher.AdditionalInfo);
        if (request.Metadata.IsPresent) voucher.MetadataJson = request.Metadata.Value?.Text ?? "{}";
        if (request.Discount.Value is { } discount) voucher.DiscountJson = VoucherTerms.ToJson(discount);
        // Credits move only through the balance endpoint; here a card changes how it is applied and nothing else.
        if (request.Gift.Value is { Effect: { } effect } && VoucherTerms.Read<GiftDefinition>(voucher.GiftJson) is { } gift)
            voucher.GiftJson = VoucherTerms.ToJson(gift with { Effect = effect });
        if (request.Redemption.IsPresent) voucher.RedemptionQuantity = request.Redemption.Value?.Quantity;
    }
}
