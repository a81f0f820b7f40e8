using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Vouchers;

/// <summary>
/// What <see cref="BrowseVouchers"/> is asked for. Code, campaign, type and dates walk an index; state and category are tried
/// on what the index gives.
/// </summary>
internal sealed record VoucherBrowsing
{
    /// <summary>Beginning of the code; such lists are in the order of codes, so that the code itself comes first.</summary>
    private string? Code { get; init; }
    private VoucherType? Type { get; init; }
    private string? CampaignId { get; init; }
    private string? Category { get; init; }
    private string? State { get; init; }
    private BracketQuery.Range Created { get; init; }
    private string? AfterKey { get; init; }
    private Place? After { get; init; }

    /// <summary>Whether there are conditions that no index answers.</summary>
    internal bool IsNarrow => Category is not null || State is not null || (Code is not null && (Type is not null || CampaignId is not null || HasDates))
        || (CampaignId is not null && Type is not null);

    private bool HasDates => Created.Before is not null || Created.After is not null;

    internal static Result<VoucherBrowsing> Read(ApiCall call)
    {
        var query = call.Query;
        if (query.Text("code", 128).Failed(out var error, out var code)) return error;
        if (query.OneOf("type", "", "DISCOUNT_VOUCHER", "GIFT_VOUCHER", "LOYALTY_CARD").Failed(out error, out var typeName)) return error;
        if (query.Text("campaign_id").Failed(out error, out var campaignId)) return error;
        if (query.Text("category").Failed(out error, out var category)) return error;
        if (query.OneOf("state", "", "active", "disabled", "expired", "scheduled").Failed(out error, out var state)) return error;
        if (Browsing.Created(query).Failed(out error, out var created)) return error;
        if (query.Text("cursor").Failed(out error, out var cursor)) return error;

        var place = Place.Parse(cursor);
        if (cursor is not null && code is null && place is null) return Browsing.ForeignCursor;
        return new VoucherBrowsing
        {
            Code = code is null ? null : call.Project.CodeKey(code),
            Type = typeName.Length == 0 ? null : Enum.GetValues<VoucherType>().Single(t => VoucherResponse.TypeName(t) == typeName),
            CampaignId = campaignId,
            Category = category,
            State = state.Length == 0 ? null : state,
            Created = created,
            AfterKey = code is null ? null : cursor,
            After = code is null ? place : null,
        };
    }

    /// <summary>The stretch that an index walks, from the cursor on.</summary>
    internal IQueryable<Voucher> Ordered(VouchsafeDbContext db, ProjectSettings project)
    {
        var found = db.Vouchers.AsNoTracking().Where(v => v.ProjectId == project.Id && v.DeletedAt == null);
        if (Code is { } begin)
        {
            // Text sorts by code point on both databases, and no code has a greater one than this.
            var end = begin + "\U0010FFFF";
            found = found.Where(v => string.Compare(v.CodeKey, begin) >= 0 && string.Compare(v.CodeKey, end) <= 0);
            if (AfterKey is { } key) found = found.Where(v => string.Compare(v.CodeKey, key) > 0);
            return found.OrderBy(v => v.CodeKey);
        }

        if (CampaignId is { } campaign) found = found.Where(v => v.CampaignId == campaign);
        else if (Type is { } type) found = found.Where(v => v.Type == type);
        return found.NewestFirst(Created, After);
    }

    /// <summary>What of the stretch meets the other conditions.</summary>
    internal IQueryable<Voucher> Narrowed(IQueryable<Voucher> stretch, DateTimeOffset now)
    {
        if (!IsNarrow) return stretch;
        var found = stretch.Take(Browsing.LongestStretch);
        if (Type is { } type) found = found.Where(v => v.Type == type);
        if (CampaignId is { } campaign) found = found.Where(v => v.CampaignId == campaign);
        found = found.Made(Created);
        if (Category is { } category) found = found.Where(v => v.CategoryId == category || v.Category == category);
        return State switch
        {
            "active" => found.Where(v => v.Active && (v.StartDate == null || v.StartDate <= now) && (v.ExpirationDate == null || v.ExpirationDate > now)),
            "disabled" => found.Where(v => !v.Active),
            "expired" => found.Where(v => v.ExpirationDate <= now),
            "scheduled" => found.Where(v => v.StartDate > now),
            _ => found,
        };
    }

    /// <summary>The place after a voucher.</summary>
    internal string CursorAt(Voucher voucher) => Code is not null ? voucher.CodeKey : new Place(voucher.CreatedAt, voucher.Id).ToString();
}
