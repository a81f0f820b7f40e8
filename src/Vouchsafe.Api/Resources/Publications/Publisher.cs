using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Campaigns;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Api.Resources.Publications;

/// <summary>
/// Gives codes to customers. That a code has one holder, and that a customer joins once, are counters: the look at the
/// tables only proposes, the ledger decides.
/// </summary>
internal sealed class Publisher(VouchsafeDbContext db, Ledger ledger, ApiCall call)
{
    private readonly ProjectSettings project = call.Project;
    private readonly DateTimeOffset now = call.Now;
    private readonly CancellationToken ct = call.Aborted;

    /// <summary>Proposals made before we say that there is no code left.</summary>
    private const int Tries = 40;

    private const int Candidates = 64;

    private static readonly RowPatch Given = new(nameof(Voucher.HolderId), nameof(Voucher.ExpirationDate));

    /// <summary>Everything of the publication but its codes.</summary>
    internal sealed record Draft(Customer Customer, string? SourceId, string Channel, string MetadataJson);

    /// <summary>Publishes one voucher of the caller's choice.</summary>
    internal async ValueTask<Result<Publication>> PublishVoucherAsync(string code, Draft draft)
    {
        if (await VoucherState.FindRowAsync(db, project, code, ct) is not { } voucher) return VoucherErrors.NotFound(code);
        if (!voucher.Active) return PublicationErrors.Disabled(voucher.Id);
        var campaign = voucher.CampaignId is { } id ? await db.Campaigns.FirstOrDefaultAsync(c => c.Id == id, ct) : null;
        var attempt = await CommitAsync([Hand(voucher, campaign, draft)], campaign, joinOnce: false, draft);
        return attempt switch
        {
            { Publication: { } publication } => publication,
            { Outcome: LedgerOutcome.Duplicate } => PublicationErrors.DuplicateSourceId(draft.SourceId ?? ""),
            { Outcome: LedgerOutcome.Busy } => CommonErrors.Busy,
            { Outcome: LedgerOutcome.Stale } => CustomerErrors.NotFound(draft.Customer.Id),
            _ => PublicationErrors.AlreadyPublished(voucher.Id),
        };
    }

    /// <summary>Publishes codes of a campaign: free ones, or new ones if the campaign makes them.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="count">How many codes.</param>
    /// <param name="joinOnce">Whether the customer may have one code only.</param>
    /// <param name="draft">The rest of the publication.</param>
    internal async ValueTask<Result<Publication>> PublishFromAsync(Campaign campaign, int count, bool joinOnce, Draft draft)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var handed = await ProposeAsync(campaign, count, draft);
            if (handed is null) return PublicationErrors.NoneLeft(campaign.Name);
            var attempt = await CommitAsync(handed, campaign, joinOnce, draft);
            switch (attempt)
            {
                case { Publication: { } publication }:
                    return publication;
                case { Outcome: LedgerOutcome.Busy }:
                    return CommonErrors.Busy;
                case { Outcome: LedgerOutcome.Stale }:
                    return CustomerErrors.NotFound(draft.Customer.Id);
                case { Outcome: LedgerOutcome.Refused { Change: var change } } when change.Owner == JoinKey(campaign, draft.Customer):
                    return PublicationErrors.AlreadyJoined;
                case { Outcome: LedgerOutcome.Duplicate } when await SourceIdIsTakenAsync(draft.SourceId):
                    return PublicationErrors.DuplicateSourceId(draft.SourceId!);
                // Another request took a code that we proposed, or a new code exists already: propose others.
                default:
                    continue;
            }
        }

        return PublicationErrors.NoneLeft(campaign.Name);
    }

    /// <summary>What a customer got from a campaign before; the latest first.</summary>
    internal async ValueTask<Publication?> EarlierAsync(Campaign campaign, Customer customer) =>
        await db.Publications.AsNoTracking()
            .Where(p => p.CustomerId == customer.Id && db.Vouchers.Any(v => v.Id == p.VoucherId && v.CampaignId == campaign.Id && v.DeletedAt == null))
            .OrderByDescending(p => p.Id).FirstOrDefaultAsync(ct);

    internal async ValueTask<bool> SourceIdIsTakenAsync(string? sourceId) =>
        sourceId is not null && await db.Publications.AnyAsync(p => p.ProjectId == project.Id && p.SourceId == sourceId, ct);

    /// <summary>A code for somebody, with all that its publication writes.</summary>
    /// <param name="Voucher">The code.</param>
    /// <param name="Joining">Counts the customer's codes of the campaign.</param>
    /// <param name="Changes">The code's own counters.</param>
    /// <param name="Rows">What is written.</param>
    internal sealed record Offer(Voucher Voucher, CounterChange Joining, IReadOnlyList<CounterChange> Changes, IReadOnlyList<RowWrite> Rows);

    /// <summary>Proposes a code for an intent of the caller's; null: there is none left.</summary>
    internal async ValueTask<Offer?> OfferAsync(Campaign campaign, Draft draft) =>
        await ProposeAsync(campaign, 1, draft) is not [var handed]
            ? null
            : new Offer(handed.Voucher, Joining(campaign, draft, campaign.JoinOnce), handed.Changes, [.. handed.Rows, new(PublicationOf([handed], draft))]);

    /// <summary>Whether a change counts the codes that a customer got of a campaign.</summary>
    internal static bool IsJoining(CounterChange change) => change.Kind == CounterKind.Publications && change.Owner.Contains(':', StringComparison.Ordinal);

    private sealed record Handed(Voucher Voucher, IReadOnlyList<CounterChange> Changes, IReadOnlyList<RowWrite> Rows);

    private sealed record Attempt(Publication? Publication, LedgerOutcome Outcome);

    private static string JoinKey(Campaign campaign, Customer customer) => $"{campaign.Id}:{customer.Id}";

    // Chosen at random among the first free ones, so that requests at the same moment seldom propose the same code.
    private async ValueTask<IReadOnlyList<Handed>?> ProposeAsync(Campaign campaign, int count, Draft draft)
    {
        var free = await db.Vouchers.AsNoTracking()
            .Where(v => v.CampaignId == campaign.Id && v.Active && v.DeletedAt == null && v.HolderId == null
                && (v.ExpirationDate == null || v.ExpirationDate > now)
                && !db.Counters.Any(c => c.Owner == v.Id && c.Kind == CounterKind.Publications && c.Value > 0))
            .OrderBy(v => v.Id).Take(Math.Max(Candidates, count)).ToListAsync(ct);
        RandomNumberGenerator.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(free));
        List<Handed> handed = [.. free.Take(count).Select(v => Hand(v, campaign, draft))];
        if (handed.Count == count) return handed;
        if (campaign.Mode != CampaignMode.AutoUpdate) return null;
        var template = CampaignTemplate.RequestFor(campaign);
        var pattern = CreateVoucher.PatternOf(template);
        while (handed.Count < count)
        {
            var plan = CreateVoucher.Plan(
                project, pattern.Generate(RandomNumberGenerator.GetInt32), template, new VoucherPlacement(campaign.Id, campaign.CategoryId, []), now);
            Give(plan.Voucher, campaign, draft);
            handed.Add(new Handed(plan.Voucher, [Publish(plan.Voucher), .. plan.Changes], [.. plan.Rows, .. HoldersOf(plan.Voucher, campaign, draft)]));
        }

        return handed;
    }

    private Handed Hand(Voucher voucher, Campaign? campaign, Draft draft)
    {
        Give(voucher, campaign, draft);
        return new Handed(voucher, [Publish(voucher)], [RowWrite.Of(voucher, Given), .. HoldersOf(voucher, campaign, draft)]);
    }

    // Whom a referral code is published to passes it on.
    private IEnumerable<RowWrite> HoldersOf(Voucher voucher, Campaign? campaign, Draft draft)
    {
        if (campaign?.CampaignType != CampaignType.ReferralProgram) yield break;
        yield return new RowWrite(new RedeemableHolder
        {
            Id = Ids.New(IdPrefix.RedeemableHolder, now),
            ProjectId = project.Id,
            VoucherId = voucher.Id,
            CustomerId = draft.Customer.Id,
            Role = HolderRole.Referrer,
            CreatedAt = now,
        });
    }

    private static CounterChange Publish(Voucher voucher) => new(voucher.Id, CounterKind.Publications, 1, 1);

    private void Give(Voucher voucher, Campaign? campaign, Draft draft)
    {
        voucher.HolderId = draft.Customer.Id;
        if (campaign?.ActivityDurationAfterPublishing is not { } text || !IsoDuration.TryParse(text, out var duration)) return;
        // The code's own end is never put off.
        if (duration.After(now, 1, TimeZoneInfo.Utc) is not { } end) return;
        if (voucher.ExpirationDate is null || end < voucher.ExpirationDate) voucher.ExpirationDate = end;
    }

    // Counted for everybody, so that the limit is right when it is asked for the first time.
    private static CounterChange Joining(Campaign campaign, Draft draft, bool once) =>
        new(JoinKey(campaign, draft.Customer), CounterKind.Publications, 1, once ? 1 : null);

    private Publication PublicationOf(IReadOnlyList<Handed> handed, Draft draft) => new()
    {
        Id = Ids.New(IdPrefix.Publication, now),
        ProjectId = project.Id,
        VoucherId = handed[0].Voucher.Id,
        VoucherIdsJson = JsonSerializer.Serialize(handed.Select(h => h.Voucher.Id), WireJson.Options),
        CustomerId = draft.Customer.Id,
        SourceId = draft.SourceId,
        Channel = draft.Channel,
        MetadataJson = draft.MetadataJson,
        CreatedAt = now,
    };

    private async ValueTask<Attempt> CommitAsync(IReadOnlyList<Handed> handed, Campaign? campaign, bool joinOnce, Draft draft)
    {
        var publication = PublicationOf(handed, draft);
        IEnumerable<CounterChange> joins = campaign is null ? [] : [Joining(campaign, draft, joinOnce)];
        var outcome = await call.CommitAsync(ledger,
            new LedgerIntent
            {
                Changes = [.. joins, .. handed.SelectMany(h => h.Changes)], Rows = [.. handed.SelectMany(h => h.Rows), new(publication)], Customers = [draft.Customer.Id],
            }, publication.Id);
        return new Attempt(outcome is LedgerOutcome.Accepted ? publication : null, outcome);
    }
}
