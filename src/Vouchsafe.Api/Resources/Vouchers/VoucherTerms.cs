using System.Collections.Concurrent;
using System.Text.Json;
using Vouchsafe.Api.Resources.Sessions;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine.Discounts;
using Vouchsafe.Engine.Orders;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Vouchers;

/// <summary>Writes and reads the parts of a voucher that are kept as JSON, and hands them to the engine.</summary>
internal static class VoucherTerms
{
    private const int MostKept = 4_096;
    private static readonly ConcurrentDictionary<string, DiscountDefinition> Discounts = new(StringComparer.Ordinal);
    private static readonly JsonElement EmptyObject = JsonSerializer.Deserialize<JsonElement>("{}");

    internal static string? ToJson<T>(T? definition) where T : class =>
        definition is null ? null : JsonSerializer.Serialize(definition, WireJson.Sparse);

    /// <summary>When it may be used.</summary>
    internal static AvailabilityDefinition AvailabilityOf(Voucher voucher) => new()
    {
        Active = voucher.Active,
        StartDate = voucher.StartDate,
        ExpirationDate = voucher.ExpirationDate,
        ValidityTimeframe = Read<TimeframeDefinition>(voucher.ValidityTimeframeJson),
        ValidityDayOfWeek = Read<int[]>(voucher.ValidityDayOfWeekJson),
        ValidityHours = Read<HoursDefinition>(voucher.ValidityHoursJson),
    };

    /// <summary>The voucher as the engine judges it.</summary>
    /// <param name="state">Voucher and counters.</param>
    /// <param name="id">What the request calls it.</param>
    /// <param name="requestedCredits">Credits a request asks for; null: as many as the order needs.</param>
    /// <param name="locks">Whose locks stand in the way.</param>
    /// <param name="unitItem">Finds products that discounts give for free.</param>
    internal static Redeemable ToRedeemable(VoucherState state, string id, long? requestedCredits, LockView locks, Func<string, OrderItem?>? unitItem = null)
    {
        var voucher = state.Voucher;
        return new Redeemable
        {
            Kind = KindOf(voucher.Type),
            Id = id,
            ResourceId = voucher.Id,
            Availability = AvailabilityOf(voucher).ToAvailability(),
            Usage = new Usage(voucher.RedemptionQuantity, state.Redeemed, locks.HeldUses(state)),
            Benefit = voucher.Type switch
            {
                VoucherType.Gift => new GiftBenefit(state.BalanceWithHolds)
                {
                    Held = locks.HeldCredits(state),
                    RequestedCredits = requestedCredits,
                    ApplyToItems = Read<GiftDefinition>(voucher.GiftJson)?.Effect == "APPLY_TO_ITEMS",
                },
                VoucherType.Loyalty => new PointsBenefit(state.BalanceWithHolds) { Held = locks.HeldCredits(state) },
                VoucherType.Discount => new DiscountBenefit(Discount(voucher.DiscountJson!).ToDiscount(unitItem)),
            },
        };
    }

    private static RedeemableKind KindOf(VoucherType type) => type switch
    {
        VoucherType.Gift => RedeemableKind.GiftCard,
        VoucherType.Loyalty => RedeemableKind.LoyaltyCard,
        VoucherType.Discount => RedeemableKind.Voucher,
    };

    /// <summary>A discount's definition. The codes of a campaign share one text, so what was read last is kept.</summary>
    internal static DiscountDefinition Discount(string json)
    {
        if (Discounts.TryGetValue(json, out var known)) return known;
        if (Discounts.Count >= MostKept) Discounts.Clear();
        return Discounts.GetOrAdd(json, static text => Read<DiscountDefinition>(text)!);
    }

    /// <summary>Metadata as rules read it.</summary>
    internal static JsonElement Metadata(string json) => json == "{}" ? EmptyObject : JsonSerializer.Deserialize<JsonElement>(json);

    internal static T? Read<T>(string? json) where T : class => json is null ? null : JsonSerializer.Deserialize<T>(json, WireJson.Options);
}
