using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Background;
using Vouchsafe.Api.Filters;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Exports;

/// <summary>What rows an export has, in what order, and with which fields.</summary>
internal sealed record ExportParameters
{
    public string? Order { get; init; }
    public IReadOnlyList<string>? Fields { get; init; }
    public JsonText? Filters { get; init; }
    public string? CampaignId { get; init; }

    /// <summary>The filters, or null where none are set.</summary>
    internal Result<FilterSet?> FiltersFor(ExportKind kind)
    {
        if (Filters is not { } filters) return Result.Of<FilterSet?>(null);
        // The documentation shows filters that hold nothing but their junction: they filter nothing.
        using var document = JsonDocument.Parse(filters.Text);
        if (document.RootElement is { ValueKind: JsonValueKind.Object } root && root.EnumerateObject().All(m => m.Name == "junction" && m.Value.ValueKind == JsonValueKind.String))
            return Result.Of<FilterSet?>(null);
        return FilterSet.Parse(filters.Text, "parameters.filters", kind.CanFilterBy).Failed(out var error, out var set) ? error : Result.Of<FilterSet?>(set);
    }
}

/// <summary>POST /v1/exports: takes the work on; the file is made in the background.</summary>
internal static class CreateExport
{
    /// <summary>Most exports of a project that may wait or be under way.</summary>
    internal const int MaxUnfinished = 20;

    internal sealed record Request(string? ExportedObject, ExportParameters? Parameters);

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db, ActionQueue queue)
    {
        if ((await call.ReadBodyAsync<Request>()).Failed(out var error, out var request)) return error;
        if (request.ExportedObject is null || ExportKinds.Find(request.ExportedObject) is not { } kind)
            return CommonErrors.InvalidPayload($"exported_object must be one of: {string.Join(", ", ExportKinds.Names)}.");
        return await RunAsync(call, kind, request.Parameters ?? new(), db, queue);
    }

    internal static async Task<IResult> HandleOrders(ApiCall call, VouchsafeDbContext db, ActionQueue queue) =>
        (await call.ReadBodyAsync<Request>()).Failed(out var error, out var request)
            ? error
            : await RunAsync(call, ExportKinds.Find("order")!, request.Parameters ?? new(), db, queue);

    /// <summary>Takes an export on.</summary>
    internal static async Task<IResult> RunAsync(ApiCall call, ExportKind kind, ExportParameters parameters, VouchsafeDbContext db, ActionQueue queue)
    {
        if (Problem(kind, parameters) is { } problem) return problem;
        // One after another over all nodes, or several would find the same room.
        await using var transaction = await db.Database.BeginTransactionAsync(call.Aborted);
        await db.TakeTurnAsync($"exports/{call.Project.Id}", call.Aborted);
        var unfinished = await db.Exports.CountAsync(e => e.ProjectId == call.Project.Id && (e.Status == ExportStatus.Scheduled || e.Status == ExportStatus.InProgress), call.Aborted);
        if (unfinished >= MaxUnfinished) return ExportErrors.TooMany;
        var export = new Export
        {
            Id = Ids.New(IdPrefix.Export, call.Now),
            ProjectId = call.Project.Id,
            ExportedObject = kind.Name,
            ParametersJson = JsonSerializer.Serialize(parameters, WireJson.Sparse),
            Status = ExportStatus.Scheduled,
            Channel = call.Caller.IsMember ? "WEBSITE" : "API",
            UserId = RequestFacts.Of(call.Http).Admission?.Member?.MemberId,
            CreatedAt = call.Now,
        };
        db.Exports.Add(export);
        db.AsyncActions.Add(ExportActions.Make(export));
        await db.SaveChangesAsync(call.Aborted);
        await transaction.CommitAsync(call.Aborted);
        queue.Wake();
        return Json.Ok(ExportResponse.From(export, call.Project, call.Now));
    }

    private static ApiError? Problem(ExportKind kind, ExportParameters parameters)
    {
        if (parameters.Fields is { } fields && (fields.Count == 0 || !fields.All(kind.HasField))) return ExportErrors.UnsupportedField(kind.Fields);
        return Check.OneOf(parameters.Order, "parameters.order", [.. kind.Orders])
            ?? (parameters.CampaignId is not null && kind.Name != "voucher" ? CommonErrors.InvalidPayload("parameters.campaign_id is for exports of vouchers.") : null)
            ?? (parameters.FiltersFor(kind).Failed(out var error, out _) ? error : null);
    }
}

/// <summary>POST .../transactions/export: the movements of one card, or of all cards of a campaign.</summary>
internal static class ExportTransactions
{
    /// <summary>The documentation has <c>order</c> in one example beside the parameters.</summary>
    internal sealed record Request(ExportParameters? Parameters, string? Order);

    internal static async Task<IResult> OfVoucher(ApiCall call, string code, VouchsafeDbContext db, ActionQueue queue) =>
        await Vouchers.VoucherState.FindRowAsync(db, call.Project, code, call.Aborted) is { } voucher
            ? await RunAsync(call, "voucher_id", voucher.Id, db, queue)
            : Vouchers.VoucherErrors.NotFound(code);

    internal static async Task<IResult> OfCampaign(ApiCall call, string campaignId, VouchsafeDbContext db, ActionQueue queue)
    {
        if (await Campaigns.CampaignQueries.ByIdOrNameAsync(db.Campaigns.AsNoTracking(), call.Project, campaignId, call.Aborted) is not { } campaign)
            return Campaigns.CampaignErrors.NotFound(campaignId);
        return campaign.CampaignType is CampaignType.GiftVouchers or CampaignType.LoyaltyProgram
            ? await RunAsync(call, "campaign_id", campaign.Id, db, queue)
            : ExportErrors.NoCards;
    }

    internal static async Task<IResult> OfProgram(ApiCall call, string campaignId, VouchsafeDbContext db, ActionQueue queue) =>
        (await Loyalties.LoyaltyQueries.ProgramAsync(db, call, campaignId)).Failed(out var error, out var program)
            ? error
            : await RunAsync(call, "campaign_id", program.Id, db, queue);

    internal static Task<IResult> OfCard(ApiCall call, string memberId, VouchsafeDbContext db, ActionQueue queue) => OfCardAsync(call, null, memberId, db, queue);

    internal static Task<IResult> OfMember(ApiCall call, string campaignId, string memberId, VouchsafeDbContext db, ActionQueue queue) =>
        OfCardAsync(call, campaignId, memberId, db, queue);

    private static async Task<IResult> OfCardAsync(ApiCall call, string? campaignId, string memberId, VouchsafeDbContext db, ActionQueue queue) =>
        (await Loyalties.LoyaltyQueries.CardAsync(db, call, campaignId, memberId)).Failed(out var error, out var card)
            ? error
            : await RunAsync(call, "voucher_id", card.Id, db, queue);

    // What the path names is one more filter, which the export then shows as the documentation has it.
    private static async Task<IResult> RunAsync(ApiCall call, string field, string id, VouchsafeDbContext db, ActionQueue queue)
    {
        if ((await call.ReadBodyAsync<Request>()).Failed(out var error, out var request)) return error;
        var parameters = request.Parameters ?? new();
        if (With(parameters.Filters, field, id).Failed(out error, out var filters)) return error;
        return await CreateExport.RunAsync(
            call, ExportKinds.Find("voucher_transactions")!, parameters with { Order = parameters.Order ?? request.Order, Filters = filters }, db, queue);
    }

    private static Result<JsonText> With(JsonText? filters, string field, string id)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(filters?.Text ?? "{}");
        if (node is not System.Text.Json.Nodes.JsonObject given) return CommonErrors.InvalidPayload("parameters.filters must be an object.");
        if (given.ContainsKey(field)) return CommonErrors.InvalidPayload($"parameters.filters.{field} is what the path names.");
        // Any of several filters would let other cards in.
        if (given["junction"]?.ToString().Equals("or", StringComparison.OrdinalIgnoreCase) == true) return CommonErrors.InvalidPayload("parameters.filters.junction must be and here.");
        given[field] = new System.Text.Json.Nodes.JsonObject { ["conditions"] = new System.Text.Json.Nodes.JsonObject { ["$in"] = new System.Text.Json.Nodes.JsonArray(id) } };
        return new JsonText(given.ToJsonString(WireJson.Options));
    }
}
