using System.Globalization;
using MudBlazor;

namespace Vouchsafe.Dashboard.Pages.Vouchers;

/// <summary>Whether a voucher can be redeemed now, and if not, why, in words. Rules and the order can still refuse it.</summary>
/// <param name="Name">One word for lists.</param>
/// <param name="Color">Its colour.</param>
/// <param name="Words">The explanation.</param>
public sealed record VoucherStanding(string Name, Color Color, string Words)
{
    /// <summary>The first thing that stands in the way, in the order in which the engine asks.</summary>
    public static VoucherStanding Of(Voucher voucher, DateTimeOffset now)
    {
        if (!voucher.Active) return new("Disabled", Color.Default, "It is switched off: every redemption is refused until somebody enables it.");
        if (voucher.StartDate > now) return new("Scheduled", Color.Info, $"It starts on {Instant(voucher.StartDate.Value)}; until then it is refused.");
        if (voucher.ExpirationDate < now) return new("Expired", Color.Warning, $"It ended on {Instant(voucher.ExpirationDate.Value)}. A later end date makes it work again.");
        if (voucher.Redemption is { Quantity: { } limit, RedeemedQuantity: var used } && used >= limit)
            return new("Used up", Color.Warning, $"It was redeemed {Times(used)}, which is its limit. A rollback or a higher limit makes it work again.");
        if (voucher.Gift is { Balance: 0 }) return new("Empty", Color.Warning, "Nothing is left on the card. Adding credits makes it work again.");
        return new("Active", Color.Success, $"It can be redeemed{Left(voucher.Redemption)}{Windows(voucher)}{Rules(voucher)}.");
    }

    private static string Left(UseCount count) => count.Quantity is { } limit ? $" {Times(limit - count.RedeemedQuantity)} more" : " as often as customers like";

    private static string Windows(Voucher voucher) =>
        voucher.ValidityDayOfWeek is { Length: > 0 } || voucher.ValidityHours is not null || voucher.ValidityTimeframe is not null ? ", at the times set below" : "";

    private static string Rules(Voucher voucher) => voucher.ValidationRulesAssignments?.Data?.Count switch
    {
        null or 0 => "",
        1 => ", if its validation rule agrees",
        _ => ", if its validation rules agree",
    };

    private static string Times(long count) => count == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{count:#,##0} times");

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
