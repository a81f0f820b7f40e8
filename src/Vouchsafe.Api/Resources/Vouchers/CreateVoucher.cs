using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.ValidationRules;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine.Codes;
using Vouchsafe.Engine.Discounts;
using Vouchsafe.Engine.Loyalty;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Api.Resources.Vouchers;

/// <summary>POST /v1/vouchers (a code is made) and POST /v1/vouchers/{code}.</summary>
internal static class CreateVoucher
{
    /// <summary>Codes tried before we say that the pattern makes too few.</summary>
    private const int CodeTries = 12;

    internal sealed record Request
    {
        public string? Type { get; init; }
        public string? Code { get; init; }
        public CodeConfig? CodeConfig { get; init; }
        public DiscountDefinition? Discount { get; init; }
        public GiftDefinition? Gift { get; init; }
        public LoyaltyCardDefinition? LoyaltyCard { get; init; }
        public string? Category { get; init; }
        public string? CategoryId { get; init; }
        public string? Campaign { get; init; }
        public string? CampaignId { get; init; }
        public DateTimeOffset? StartDate { get; init; }
        public DateTimeOffset? ExpirationDate { get; init; }
        public TimeframeDefinition? ValidityTimeframe { get; init; }
        public int[]? ValidityDayOfWeek { get; init; }
        public HoursDefinition? ValidityHours { get; init; }
        public bool? Active { get; init; }
        public string? AdditionalInfo { get; init; }
        public JsonText? Metadata { get; init; }
        public RedemptionLimit? Redemption { get; init; }
        public IReadOnlyList<string>? ValidationRules { get; init; }
    }

    internal sealed record RedemptionLimit(long? Quantity);

    internal static Task<IResult> HandleGenerated(ApiCall call, VouchsafeDbContext db, Ledger ledger) => Handle(call, null, db, ledger);

    internal static Task<IResult> HandleCode(ApiCall call, string code, VouchsafeDbContext db, Ledger ledger) =>
        OperationsOnMany.Contains(code) ? Task.FromResult<IResult>(CommonErrors.NoRoute(call.Http.Request.Path.Value!)) : Handle(call, code, db, ledger);

    // A client that calls an operation which is not there must not make a voucher of that name.
    private static readonly FrozenSet<string> OperationsOnMany = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "enable", "disable", "publish", "importCSV");

    private static async Task<IResult> Handle(ApiCall call, string? code, VouchsafeDbContext db, Ledger ledger)
    {
        if ((await call.ReadBodyAsync<Request>()).Failed(out var error, out var request)) return error;
        if ((await VoucherPlacement.ResolveAsync(db, call.Project, request, call.Aborted)).Failed(out error, out var placement)) return error;
        return (await RunAsync(call, code ?? request.Code, request, placement, ledger)).Failed(out error, out var voucher)
            ? error
            : Json.Ok(await VoucherResponse.LoadAsync(db, call.Project, VoucherState.New(voucher), call.Aborted));
    }

    /// <summary>Creates a voucher; without a code one is made by the request's pattern.</summary>
    internal static async ValueTask<Result<Voucher>> RunAsync(
        ApiCall call, string? code, Request request, VoucherPlacement placement, Ledger ledger)
    {
        var (project, now) = (call.Project, call.Now);
        if (Problem(request) is { } problem) return problem;
        if (code is not null) return CodeProblem(code) is { } bad ? bad : await StoreAsync(Plan(project, code, request, placement, now), ledger, call);

        var pattern = PatternOf(request with { CodeConfig = CodesOf(project, request.CodeConfig) });
        for (var tries = 0; tries < CodeTries; tries++)
        {
            var voucher = await StoreAsync(Plan(project, pattern.Generate(RandomNumberGenerator.GetInt32), request, placement, now), ledger, call);
            if (!voucher.Failed(out var error, out _) || error.Key != "duplicate_found") return voucher;
        }

        return VoucherErrors.CodesUsedUp;
    }

    /// <summary>How codes of a project are made where the request leaves the characters open.</summary>
    internal static CodeConfig? CodesOf(ProjectSettings project, CodeConfig? given) =>
        given?.Charset is not null || project.CodeCharset == CodePattern.Alphanumeric ? given : (given ?? new CodeConfig()) with { Charset = project.CodeCharset };

    /// <summary>How its codes are made.</summary>
    internal static CodePattern PatternOf(Request request) => CodePattern.From(request.CodeConfig,
        request.Type is "GIFT_VOUCHER" or "LOYALTY_CARD" ? CodePattern.DefaultCardLength : CodePattern.DefaultDiscountLength);

    /// <summary>What is wrong with the request itself; null: nothing.</summary>
    internal static ApiError? Problem(Request request) =>
        TypeProblem(request)
        ?? VoucherErrors.Invalid(AvailabilityOf(request).Check())
        ?? VoucherErrors.InvalidCodeConfig(request.CodeConfig?.Check() ?? [])
        ?? Check.Range(request.Redemption?.Quantity, "redemption.quantity", 1)
        ?? Check.Text(request.Category, "category") ?? Check.Text(request.AdditionalInfo, "additional_info", Check.LongText)
        ?? Check.Object(request.Metadata, "metadata");

    private static ApiError? TypeProblem(Request request) => request.Type switch
    {
        "DISCOUNT_VOUCHER" when request.Discount is null => VoucherErrors.Invalid("discount is required for a DISCOUNT_VOUCHER."),
        "DISCOUNT_VOUCHER" => VoucherErrors.Invalid(request.Discount.Check()),
        "GIFT_VOUCHER" when request.Gift is null => VoucherErrors.Invalid("gift is required for a GIFT_VOUCHER."),
        "GIFT_VOUCHER" => VoucherErrors.Invalid(request.Gift.Check()),
        "LOYALTY_CARD" when request.LoyaltyCard is null => VoucherErrors.Invalid("loyalty_card is required for a LOYALTY_CARD."),
        "LOYALTY_CARD" => VoucherErrors.Invalid(request.LoyaltyCard.Check()),
        null => VoucherErrors.Invalid("type is required."),
        _ => VoucherErrors.Invalid("type must be one of: DISCOUNT_VOUCHER, GIFT_VOUCHER, LOYALTY_CARD."),
    };

    internal static ApiError? CodeProblem(string code) =>
        code.Length is 0 or > CodeConfig.LongestCode ? VoucherErrors.Invalid($"code must hold 1 to {CodeConfig.LongestCode} characters.")
        : code.Any(char.IsControl) || code.Contains('\uFFFD') || code.Trim() != code ? VoucherErrors.Invalid("code must not hold control signs, nor begin or end with a space.")
        : null;

    private static AvailabilityDefinition AvailabilityOf(Request request) => new()
    {
        Active = request.Active,
        StartDate = request.StartDate,
        ExpirationDate = request.ExpirationDate,
        ValidityTimeframe = request.ValidityTimeframe,
        ValidityDayOfWeek = request.ValidityDayOfWeek,
        ValidityHours = request.ValidityHours,
    };

    private static Voucher Build(ProjectSettings project, string code, Request request, VoucherPlacement placement, DateTimeOffset now)
    {
        var type = request.Type switch
        {
            "GIFT_VOUCHER" => VoucherType.Gift,
            "LOYALTY_CARD" => VoucherType.Loyalty,
            _ => VoucherType.Discount,
        };
        return new Voucher
        {
            Id = Ids.New(IdPrefix.Voucher, now),
            ProjectId = project.Id,
            Code = code,
            CodeKey = project.CodeKey(code),
            Type = type,
            DiscountJson = type == VoucherType.Discount ? VoucherTerms.ToJson(request.Discount) : null,
            GiftJson = type == VoucherType.Gift ? VoucherTerms.ToJson(request.Gift) : null,
            GiftAmount = (long?)(type == VoucherType.Gift ? request.Gift!.Amount : type == VoucherType.Loyalty ? request.LoyaltyCard!.Points : null),
            CampaignId = placement.CampaignId,
            Category = request.Category,
            CategoryId = placement.CategoryId,
            StartDate = request.StartDate,
            ExpirationDate = request.ExpirationDate,
            ValidityTimeframeJson = VoucherTerms.ToJson(request.ValidityTimeframe),
            ValidityDayOfWeekJson = VoucherTerms.ToJson(request.ValidityDayOfWeek),
            ValidityHoursJson = VoucherTerms.ToJson(request.ValidityHours),
            Active = request.Active ?? true,
            AdditionalInfo = request.AdditionalInfo,
            MetadataJson = request.Metadata?.Text ?? "{}",
            RedemptionQuantity = request.Redemption?.Quantity,
            CreatedAt = now,
        };
    }

    /// <summary>All that creating a voucher writes, so that callers can add to the same intent.</summary>
    internal static VoucherPlan Plan(ProjectSettings project, string code, Request request, VoucherPlacement placement, DateTimeOffset now)
    {
        var voucher = Build(project, code, request, placement, now);
        List<CounterChange> changes = [new(voucher.Id, CounterKind.Uses, 0) { NewCeiling = new Ceiling(voucher.RedemptionQuantity) }];
        if (voucher.GiftAmount is { } credits) changes.Add(new(voucher.Id, CounterKind.Balance, credits) { NewCeiling = Ceiling.None });
        var rules = placement.RuleIds.Select(id => new RowWrite(RuleAssignments.New(project, id, RuleAssignments.Voucher, voucher.Id, now)));
        return new VoucherPlan(voucher, changes, [new(voucher), .. rules]);
    }

    private static async ValueTask<Result<Voucher>> StoreAsync(VoucherPlan plan, Ledger ledger, ApiCall call) =>
        await call.CommitAsync(ledger, new LedgerIntent { Changes = plan.Changes, Rows = plan.Rows }, plan.Voucher.Id) switch
        {
            LedgerOutcome.Accepted => plan.Voucher,
            LedgerOutcome.Duplicate => VoucherErrors.Duplicate(plan.Voucher.Code),
            LedgerOutcome.Busy => CommonErrors.Busy,
            LedgerOutcome.Refused refused => throw new InvalidOperationException($"A new counter refused {refused.Change}."),
            _ => throw new InvalidOperationException("An unknown outcome of the ledger."),
        };
}

/// <summary>What creating a voucher writes.</summary>
internal sealed record VoucherPlan(Voucher Voucher, IReadOnlyList<CounterChange> Changes, IReadOnlyList<RowWrite> Rows);
