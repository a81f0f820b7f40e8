using System.Text.Json;
using System.Text.Json.Nodes;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Redemptions;

/// <summary>What points bought, as it was when they did: it is kept with the redemption in this form.</summary>
internal sealed record RedeemedReward
{
    public SimpleCustomer? Customer { get; init; }
    public required string AssignmentId { get; init; }
    public VoucherResponse? Voucher { get; init; }
    public object? Product => null;
    public object? Sku => null;
    public string? LoyaltyTierId => null;
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string Object => "reward";
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? UpdatedAt { get; init; }
    public required JsonText Parameters { get; init; }
    public required JsonText Metadata { get; init; }
    public required string Type { get; init; }

    internal static string? ToJson(Resolved? card, Customer? customer, VoucherResponse? prize) => card is not { Reward: { } reward, RewardAssignment: { } assignment }
        ? null
        : JsonSerializer.Serialize(
            new RedeemedReward
            {
                Customer = SimpleCustomer.From(customer),
                AssignmentId = assignment.Id,
                Voucher = prize,
                Id = reward.Id,
                Name = reward.Name,
                CreatedAt = reward.CreatedAt,
                UpdatedAt = reward.UpdatedAt,
                Parameters = new JsonText(reward.ParametersJson),
                Metadata = new JsonText(reward.MetadataJson),
                Type = WireNames.Of(reward.Type),
            },
            WireJson.Options);

    /// <summary>The same with nothing of the customer but who they are.</summary>
    internal static JsonText ForAPage(JsonText reward)
    {
        var node = JsonNode.Parse(reward.Text)!.AsObject();
        if (node["customer"] is JsonObject customer) (customer["name"], customer["email"], customer["metadata"]) = (null, null, new JsonObject());
        return new JsonText(node.ToJsonString(WireJson.Options));
    }

    /// <summary>The same without the customer, who is to be forgotten.</summary>
    internal static string? WithoutCustomer(string? reward)
    {
        if (reward is null) return null;
        var node = JsonNode.Parse(reward)!.AsObject();
        node["customer"] = null;
        return node.ToJsonString(WireJson.Options);
    }

    /// <summary>The id of the code that was given; null: none was.</summary>
    internal static string? VoucherIdOf(string? json)
    {
        if (json is null) return null;
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("voucher") is { ValueKind: JsonValueKind.Object } voucher ? voucher.GetProperty("id").GetString() : null;
    }
}
