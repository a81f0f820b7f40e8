using System.Text.Json;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Resources.Publications;

/// <summary>What to publish, to whom.</summary>
internal sealed record PublicationRequest
{
    /// <summary>Most codes in one publication.</summary>
    internal const int MaxCount = 50;

    public string? SourceId { get; init; }
    public CustomerPayload? Customer { get; init; }
    /// <summary>The code; older clients send an object with the code.</summary>
    public JsonText? Voucher { get; init; }
    /// <summary>The campaign with the number of codes; older clients send the name alone.</summary>
    public JsonText? Campaign { get; init; }
    public string? Channel { get; init; }
    public JsonText? Metadata { get; init; }

    /// <summary>What the request comes down to.</summary>
    internal sealed record Target(string? Code, string? Campaign, int Count);

    /// <summary>What is wrong with it, apart from its target; null: nothing.</summary>
    internal ApiError? Problem() =>
        Customer is null ? PublicationErrors.MissingCustomer
        : Check.Text(SourceId, "source_id") ?? Check.Text(Channel, "channel") ?? Check.Object(Metadata, "metadata") ?? Customer.Problem("customer.");

    internal Result<Target> ReadTarget()
    {
        if (Voucher is { } voucher && voucher.Text != "null")
            return Text(voucher, "code") is { Length: > 0 } code ? new Target(code, null, 1) : CommonErrors.InvalidPayload("voucher must be a code.");
        if (Campaign is not { } campaign || campaign.Text == "null") return PublicationErrors.MissingVouchers;
        if (Text(campaign, "name") is not { Length: > 0 } name) return CommonErrors.InvalidPayload("campaign.name is required.");
        var count = Count(campaign);
        return count is >= 1 and <= MaxCount ? new Target(null, name, count.Value) : CommonErrors.InvalidPayload($"campaign.count must be an integer from 1 to {MaxCount}.");
    }

    private static string? Text(JsonText json, string member)
    {
        using var document = JsonDocument.Parse(json.Text);
        var value = document.RootElement;
        if (value.ValueKind == JsonValueKind.Object && !value.TryGetProperty(member, out value)) return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    private static int? Count(JsonText campaign)
    {
        using var document = JsonDocument.Parse(campaign.Text);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("count", out var count)) return 1;
        return count.ValueKind == JsonValueKind.Number && count.TryGetInt32(out var number) ? number : null;
    }
}
