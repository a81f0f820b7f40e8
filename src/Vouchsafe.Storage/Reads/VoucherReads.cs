using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Storage.Reads;

/// <summary>A voucher with what the counters say of it, read in one statement.</summary>
/// <param name="Voucher">The voucher; not tracked.</param>
/// <param name="Uses">Redemptions not rolled back, plus uses held by locks.</param>
/// <param name="Balance">Credits left, less those held by locks, in minor units.</param>
/// <param name="RedeemedAmount">Credits redeemed and not rolled back.</param>
/// <param name="RemovedAmount">Credits taken off by hand.</param>
/// <param name="Publications">How often it was published.</param>
/// <param name="HasLocks">Whether validation locks stand on it, those that are over but not yet released included.</param>
/// <param name="HasRules">Whether validation rules are assigned to it itself.</param>
public sealed record VoucherRecord(
    Voucher Voucher, long Uses, long Balance, long RedeemedAmount, long RemovedAmount, long Publications, bool HasLocks, bool HasRules);

/// <summary>
/// Reads vouchers by code for validation and redemption: one prepared statement, no change tracking
/// (docs/adr/0401-hot-reads.md). Vouchers in the bin are not found.
/// </summary>
public abstract class VoucherReads
{
    // A row a counter: one range of the counters' index is read, and the voucher's columns of the first row are used.
    // Most vouchers leave most columns empty, and asking for each of them costs more than finding the row: the column
    // before them says whether there is anything in those after it.
    private protected const string Select =
        """
        SELECT c.kind, c.value, v.id, v.code, v.type, v.discount_json, v.active, v.metadata_json, v.created_at, v.updated_at,
        v.redemption_quantity, v.campaign_id, v.expiration_date, v.holder_id,
        EXISTS (SELECT 1 FROM validation_locks l WHERE l.redeemable_id = v.id),
        EXISTS (SELECT 1 FROM validation_rule_assignments a WHERE a.project_id = v.project_id AND a.related_object_id = v.id),
        (v.gift_json IS NOT NULL OR v.gift_amount IS NOT NULL OR v.category IS NOT NULL OR v.category_id IS NOT NULL OR v.start_date IS NOT NULL
            OR v.validity_timeframe_json IS NOT NULL OR v.validity_day_of_week_json IS NOT NULL OR v.validity_hours_json IS NOT NULL
            OR v.additional_info IS NOT NULL),
        v.gift_json, v.gift_amount, v.category, v.category_id, v.start_date, v.validity_timeframe_json, v.validity_day_of_week_json,
        v.validity_hours_json, v.additional_info
        FROM vouchers v LEFT JOIN counters c ON c.owner = v.id
        WHERE v.project_id = $1 AND v.code_key = $2 AND v.deleted_at IS NULL
        """;

    /// <summary>The voucher of a code; null if there is none.</summary>
    /// <param name="projectId">Project.</param>
    /// <param name="codeKey">The code in the form in which it is unique (<see cref="Project.CodeKey"/>).</param>
    /// <param name="ct">Cancels.</param>
    public abstract ValueTask<VoucherRecord?> FindAsync(string projectId, string codeKey, CancellationToken ct = default);

    /// <summary>Begins a record with the first row.</summary>
    private protected static VoucherRecord Begin<TRow>(in TRow row, string projectId, string codeKey) where TRow : struct, IRow
    {
        var voucher = new Voucher
        {
            Id = row.Text(2),
            ProjectId = projectId,
            Code = row.Text(3),
            CodeKey = codeKey,
            Type = (VoucherType)row.Number(4),
            DiscountJson = row.TextOrNull(5),
            Active = row.Flag(6),
            MetadataJson = row.Text(7),
            CreatedAt = row.InstantOrNull(8)!.Value,
            UpdatedAt = row.InstantOrNull(9),
            RedemptionQuantity = row.NumberOrNull(10),
            CampaignId = row.TextOrNull(11),
            ExpirationDate = row.InstantOrNull(12),
            HolderId = row.TextOrNull(13),
        };
        if (row.Flag(16)) AddRare(row, voucher);
        return Count(row, new VoucherRecord(voucher, 0, 0, 0, 0, 0, row.Flag(14), row.Flag(15)));
    }

    /// <summary>Adds a row's counter.</summary>
    private protected static VoucherRecord Count<TRow>(in TRow row, VoucherRecord record) where TRow : struct, IRow
    {
        if (row.NumberOrNull(0) is not { } kind) return record;
        var value = row.Number(1);
        return (CounterKind)kind switch
        {
            CounterKind.Uses => record with { Uses = value },
            CounterKind.Balance => record with { Balance = value },
            CounterKind.RedeemedAmount => record with { RedeemedAmount = value },
            CounterKind.RemovedAmount => record with { RemovedAmount = value },
            CounterKind.Publications => record with { Publications = value },
            _ => record,
        };
    }

    private static void AddRare<TRow>(in TRow row, Voucher voucher) where TRow : struct, IRow
    {
        voucher.GiftJson = row.TextOrNull(17);
        voucher.GiftAmount = row.NumberOrNull(18);
        voucher.Category = row.TextOrNull(19);
        voucher.CategoryId = row.TextOrNull(20);
        voucher.StartDate = row.InstantOrNull(21);
        voucher.ValidityTimeframeJson = row.TextOrNull(22);
        voucher.ValidityDayOfWeekJson = row.TextOrNull(23);
        voucher.ValidityHoursJson = row.TextOrNull(24);
        voucher.AdditionalInfo = row.TextOrNull(25);
    }
}
