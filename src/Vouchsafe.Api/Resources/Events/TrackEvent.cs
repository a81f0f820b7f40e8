using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Events;

internal static class EventsEndpoints
{
    internal static void MapEvents(this ChannelRoutes routes) =>
        routes.Post("/events", TrackEvent.Handle, "track-custom-event", "events");
}

/// <summary>POST /v1/events: something that a customer did. The customer comes to be with it. Names need no schema.</summary>
internal static class TrackEvent
{
    private const int MaxNameLength = 300;

    internal sealed record Request(string? Event, CustomerPayload? Customer, JsonText? Metadata);

    /// <summary>An event that was taken on.</summary>
    internal readonly record struct Tracked(string Name, Customer Customer, JsonText Metadata);

    private sealed record Response(string Type, SimpleCustomer Customer, JsonText Metadata)
    {
        public string Object => "event";

        /// <summary>Conversions of referral programs, which are made by their campaigns.</summary>
        public JsonText? Referral => null;

        /// <summary>Points of loyalty programs, which are given by their campaigns.</summary>
        public JsonText? Loyalty => null;
    }

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db) =>
        (await RunAsync(call, db)).Failed(out var error, out var tracked)
            ? error
            : Json.Ok(new Response(tracked.Name, SimpleCustomer.From(tracked.Customer)!, tracked.Metadata));

    /// <summary>Keeps the event that the body tells of; the same for every channel.</summary>
    internal static async ValueTask<Result<Tracked>> RunAsync(ApiCall call, VouchsafeDbContext db)
    {
        if ((await call.ReadBodyAsync<Request>()).Failed(out var error, out var request)) return error;
        if (request.Event is not { Length: > 0 and <= MaxNameLength } name)
            return CommonErrors.InvalidPayload($"event must be a name of 1 to {MaxNameLength} characters.");
        if (request.Customer?.Problem("customer.") is { } problem) return problem;
        if (Check.Object(request.Metadata, "metadata") is { } badMetadata) return badMetadata;
        if ((await CreateOrder.BuyerAsync(call, db, request.Customer)).Failed(out error, out var customer)) return error;
        if (customer is null) return CustomerErrors.Missing;

        var metadata = request.Metadata ?? JsonText.EmptyObject;
        await using var transaction = await db.Database.BeginTransactionAsync(call.Aborted);
        if (!await db.HoldCustomerAsync(customer.Id, call.Aborted)) return CustomerErrors.NotFound(customer.Id);
        db.CustomEvents.Add(new CustomEvent
        {
            Id = Ids.New(IdPrefix.Event, call.Now),
            ProjectId = call.Project.Id,
            Type = name,
            CustomerId = customer.Id,
            MetadataJson = metadata.Text,
            CreatedAt = call.Now,
        });
        await db.SaveChangesAsync(call.Aborted);
        await transaction.CommitAsync(call.Aborted);
        return new Tracked(name, customer, metadata);
    }
}
