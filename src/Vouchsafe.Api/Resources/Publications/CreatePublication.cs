using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Client;
using Vouchsafe.Api.Resources.Campaigns;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Ledgers;

namespace Vouchsafe.Api.Resources.Publications;

/// <summary>POST /v1/publications.</summary>
internal static class CreatePublication
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db, Ledger ledger)
    {
        return (await call.ReadBodyAsync<PublicationRequest>()).Failed(out var error, out var request) ? error : await AnswerAsync(call, request, db, ledger);
    }

    /// <summary>GET /v1/publications/create: the same written as a query, <c>campaign[name]=x&amp;customer[source_id]=y</c>.</summary>
    internal static async Task<IResult> HandleQuery(ApiCall call, VouchsafeDbContext db, Ledger ledger)
    {
        if (QueryTree.Parse(call.Http.Request.QueryString.Value).Failed(out var error, out var query)) return error;
        query.Remove("join_once");
        if (query["customer"] is not JsonObject) return CommonErrors.InvalidQuery("customer is required, such as customer[source_id]=...");
        try
        {
            return await AnswerAsync(call, query.Deserialize<PublicationRequest>(WireJson.Options)!, db, ledger);
        }
        catch (JsonException e)
        {
            return CommonErrors.InvalidQuery(BodyReader.Describe(e));
        }
    }

    private static async Task<IResult> AnswerAsync(ApiCall call, PublicationRequest request, VouchsafeDbContext db, Ledger ledger)
    {
        if ((await RunAsync(call, request, "API", db, ledger)).Failed(out var error, out var publication)) return error;
        db.ChangeTracker.Clear();
        return Json.Ok((await PublicationResponse.LoadAsync(db, call.Project, [publication], call.Aborted))[0]);
    }

    /// <summary>Publishes as a request asks; the same for every channel.</summary>
    /// <param name="call">The call.</param>
    /// <param name="request">The request.</param>
    /// <param name="channel">What the publication says of its origin, if the request does not.</param>
    /// <param name="db">The database.</param>
    /// <param name="ledger">The ledger.</param>
    internal static async ValueTask<Result<Publication>> RunAsync(
        ApiCall call, PublicationRequest request, string channel, VouchsafeDbContext db, Ledger ledger)
    {
        if (call.Query.Flag("join_once").Failed(out var error, out var asked)) return error;
        if (request.Problem() is { } problem) return problem;
        if (request.ReadTarget().Failed(out error, out var target)) return error;
        Campaign? campaign = null;
        if (target.Campaign is { } name)
        {
            campaign = await db.Campaigns.ByIdOrNameAsync(call.Project, name, call.Aborted);
            if (campaign is null) return CampaignErrors.NotFound(name);
            if (campaign.VoucherJson is null) return CampaignErrors.HoldsNoCodes(campaign.Name);
            if (!campaign.Active) return PublicationErrors.NoneLeft(campaign.Name);
        }

        // Before the customer comes to be: a wrong code leaves nothing behind.
        if (target.Code is { } code && await VoucherState.FindRowAsync(db, call.Project, code, call.Aborted) is null) return VoucherErrors.NotFound(code);
        var publisher = new Publisher(db, ledger, call);
        var joinOnce = asked is true || campaign?.JoinOnce is true;
        var sourceId = string.IsNullOrEmpty(request.SourceId) ? null : request.SourceId;
        // The same for a source id that is taken; only a customer who may have joined before is looked at first.
        if ((!joinOnce || await db.IdentifyAsync(call.Project, request.Customer, null, call.Aborted) is null) && await publisher.SourceIdIsTakenAsync(sourceId))
            return PublicationErrors.DuplicateSourceId(sourceId!);
        if ((await UpsertCustomer.RunAsync(call.Project, request.Customer!, db, call.Now, call.Aborted)).Failed(out error, out var customer)) return error;
        var draft = new Publisher.Draft(customer, sourceId, request.Channel ?? channel, request.Metadata?.Text ?? "{}");
        if (campaign is not null && joinOnce && await publisher.EarlierAsync(campaign, customer) is { } before)
            return asked is true ? before : PublicationErrors.AlreadyJoined;
        if (await publisher.SourceIdIsTakenAsync(sourceId)) return PublicationErrors.DuplicateSourceId(sourceId!);
        if (campaign is null) return await publisher.PublishVoucherAsync(target.Code!, draft);

        var published = await publisher.PublishFromAsync(campaign, target.Count, joinOnce, draft);
        // Lost against another request of the same customer: that one's code is the answer to both.
        if (asked is true && published.Failed(out error, out _) && error == PublicationErrors.AlreadyJoined
            && await publisher.EarlierAsync(campaign, customer) is { } other) return other;
        return published;
    }
}
