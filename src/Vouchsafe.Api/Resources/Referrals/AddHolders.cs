using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Referrals;

/// <summary>POST /v1/referrals/.../members/{memberId}/holders: names friends beforehand. All of them, or none.</summary>
internal static class AddHolders
{
    private const int MaxHolders = 100;

    internal sealed record Request(IReadOnlyList<CustomerPayload>? Holders, JsonText? Metadata)
    {
        internal ApiError? Problem()
        {
            if (Holders is not { Count: > 0 }) return CommonErrors.InvalidPayload("Property .holders must NOT have fewer than 1 items");
            if (Holders.Count > MaxHolders) return CommonErrors.InvalidPayload($"Property .holders must NOT have more than {MaxHolders} items");
            for (var i = 0; i < Holders.Count; i++)
            {
                if (Holders[i] is not { } holder) return CommonErrors.InvalidPayload($"holders[{i}] must be an object.");
                if (holder.Problem($"holders[{i}].") is { } problem) return problem;
            }

            return Check.Object(Metadata, "metadata");
        }
    }

    private sealed record Response(IReadOnlyList<HolderResponse> Holders);

    internal static Task<IResult> HandleOf(ApiCall call, string campaignId, string memberId, VouchsafeDbContext db) => RunAsync(call, campaignId, memberId, db);

    internal static Task<IResult> Handle(ApiCall call, string memberId, VouchsafeDbContext db) => RunAsync(call, null, memberId, db);

    private static async Task<IResult> RunAsync(ApiCall call, string? campaignId, string memberId, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<Request>()).Failed(out var error, out var request)) return error;
        if (request.Problem() is { } problem) return problem;
        if ((await db.ReferralCodeAsync(call, campaignId, memberId)).Failed(out error, out var code)) return error;
        if (code.HolderId is null) return ReferralErrors.NotPublished;
        if ((await CustomersAsync(call, request.Holders!, db)).Failed(out error, out var customers)) return error;

        List<RedeemableHolder> holders = [.. customers.Select(c => new RedeemableHolder
        {
            Id = Ids.New(IdPrefix.RedeemableHolder, call.Now),
            ProjectId = call.Project.Id,
            VoucherId = code.Id,
            CustomerId = c.Id,
            Role = HolderRole.Referee,
            MetadataJson = request.Metadata?.Text,
            CreatedAt = call.Now,
        })];
        db.RedeemableHolders.AddRange(holders);
        // The unique index decides, for the referrer too: nobody has two roles with a code.
        return await Store.SaveAsync(db, call, () => ReferralErrors.AlreadyAssigned)
            ?? Json.Ok(new Response([.. holders.Select(h => HolderResponse.From(h, code))]));
    }

    /// <summary>The friends, found or made, in the order of the request; nothing is saved yet.</summary>
    private static async ValueTask<Result<List<Customer>>> CustomersAsync(ApiCall call, IReadOnlyList<CustomerPayload> payloads, VouchsafeDbContext db)
    {
        List<Customer> customers = [];
        HashSet<string> sourceIds = new(StringComparer.Ordinal);
        foreach (var payload in payloads)
        {
            if (payload.SourceId is { Length: > 0 } sourceId && !sourceIds.Add(sourceId)) return ReferralErrors.SameCustomer(sourceId);
            var customer = payload.NamesSomebody ? await db.IdentifyAsync(call.Project, payload, null, call.Aborted) : null;
            if (customer is null && payload.Id is { Length: > 0 } id) return CustomerErrors.NotFound(id);
            if (customer is not null && customers.Contains(customer)) return ReferralErrors.SameCustomer(customer.Id);
            if (customer is null) db.Customers.Add(customer = payload.Create(call.Project, call.Now));
            else payload.Apply(customer, call.Now);
            customers.Add(customer);
        }

        return customers;
    }
}
