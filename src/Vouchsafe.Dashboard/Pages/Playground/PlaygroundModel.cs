using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Vouchsafe.Dashboard.Shared;

namespace Vouchsafe.Dashboard.Pages.Playground;

/// <summary>A line of the order that is played with.</summary>
public sealed class PlayItem
{
    /// <summary>The shop's name of the product or SKU; what to call it where <see cref="ItemId"/> names it.</summary>
    public string Product { get; set; } = "";
    /// <summary><c>product</c> or <c>sku</c>.</summary>
    public string Kind { get; set; } = "product";
    /// <summary>Its id here, where the shop has no name for it.</summary>
    public string? ItemId { get; set; }
    /// <summary>How many.</summary>
    public int Quantity { get; set; } = 1;
    /// <summary>Price of one, in whole units of the currency; null: the catalogue's.</summary>
    public decimal? Price { get; set; }
}

/// <summary>Something to apply.</summary>
public sealed class PlayRedeemable
{
    /// <summary><c>voucher</c>, <c>gift_card</c>, <c>loyalty_card</c>, <c>promotion_tier</c> or <c>promotion_stack</c>.</summary>
    public string Kind { get; set; } = "voucher";
    /// <summary>A code, or the id of a tier or stack.</summary>
    public string Id { get; set; } = "";
    /// <summary>Credits to take from a gift card, in whole units; null: as much as the order needs.</summary>
    public decimal? Credits { get; set; }
    /// <summary>The reward that points are spent on.</summary>
    public string? Reward { get; set; }
    /// <summary>How many points; null: as many as the reward takes.</summary>
    public long? Points { get; set; }

    /// <summary>Whether it is a code, which a session can hold.</summary>
    [JsonIgnore] public bool IsCode => Kind is "voucher" or "gift_card" or "loyalty_card";

    /// <summary>What to call it.</summary>
    [JsonIgnore] public string Label => Id.Length > 0 ? Id : "the new one";
}

/// <summary>Everything that the fields hold; what is sent is made out of it, and so is the link that shows it again.</summary>
public sealed class PlayOrder
{
    private const int MostItems = 100;

    /// <summary>As many as one call may name.</summary>
    public const int MostRedeemables = 30;

    private static readonly JsonSerializerOptions Compact = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    /// <summary>Whether the order is an amount without items.</summary>
    public bool IsAmountOnly { get; set; }
    /// <summary>That amount, in whole units of the currency.</summary>
    public decimal Amount { get; set; }
    /// <summary>The lines.</summary>
    public List<PlayItem> Items { get; set; } = [];
    /// <summary>In the order in which they are asked for.</summary>
    public List<PlayRedeemable> Redeemables { get; set; } = [];
    /// <summary>The shop's name of the customer; empty: nobody.</summary>
    public string Customer { get; set; } = "";
    /// <summary>Metadata of the order.</summary>
    public List<MetadataEntry> OrderMetadata { get; set; } = [];
    /// <summary>Metadata of the customer.</summary>
    public List<MetadataEntry> CustomerMetadata { get; set; } = [];
    /// <summary>Metadata of the redemption.</summary>
    public List<MetadataEntry> Metadata { get; set; } = [];
    /// <summary>Whether validating holds the codes for a session.</summary>
    public bool Locks { get; set; }
    /// <summary>The session's key; empty: the server makes one.</summary>
    public string SessionKey { get; set; } = "";
    /// <summary>How long the session holds them.</summary>
    public int Ttl { get; set; } = 10;
    /// <summary>Unit of <see cref="Ttl"/>, as on the wire.</summary>
    public string TtlUnit { get; set; } = "MINUTES";

    /// <summary>ISO 4217; the project's, so no link holds it.</summary>
    [JsonIgnore] public string? Currency { get; set; }

    /// <summary>Whether there is something to ask.</summary>
    [JsonIgnore] public bool IsComplete => Redeemables.Exists(r => r.Id.Trim().Length > 0);

    /// <summary>The codes that a session would hold.</summary>
    [JsonIgnore] public IEnumerable<string> Codes => Redeemables.Where(r => r.IsCode && r.Id.Trim().Length > 0).Select(r => r.Id.Trim()).Distinct();

    /// <summary>Two products and nothing to apply.</summary>
    public static PlayOrder Example() => new()
    {
        Amount = 120,
        Items = [new PlayItem { Product = "coffee", Quantity = 2, Price = 45m }, new PlayItem { Product = "cake", Quantity = 1, Price = 30m }],
    };

    /// <summary>The order that a link holds; null if it holds none.</summary>
    public static PlayOrder? FromLink(string? state)
    {
        try
        {
            if (string.IsNullOrEmpty(state) || JsonSerializer.Deserialize<PlayOrder>(Base64Url.DecodeFromChars(state), Compact) is not { } order) return null;
            if (order is not { Items: not null, Redeemables: not null, Customer: not null, SessionKey: not null, TtlUnit: not null, OrderMetadata: not null, CustomerMetadata: not null, Metadata: not null }) return null;
            order.Items = [.. order.Items.Where(i => i is { Product: not null }).Take(MostItems)];
            order.Redeemables = [.. order.Redeemables.Where(r => r is { Id: not null }).Take(MostRedeemables)];
            return order;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>What a link holds of it.</summary>
    public string ToLink() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, Compact));

    /// <summary>The body of <c>POST /v1/validations</c>.</summary>
    /// <param name="explains">Whether to ask for the reasons of the verdict.</param>
    public JsonObject Validation(bool explains)
    {
        var body = Body();
        if (explains) body["options"] = new JsonObject { ["expand"] = new JsonArray("order", "redeemable", "explanation") };
        if (!Locks) return body;
        body["session"] = new JsonObject { ["type"] = "LOCK", ["ttl"] = Ttl, ["ttl_unit"] = TtlUnit };
        if (SessionKey.Trim() is { Length: > 0 } key) body["session"]!["key"] = key;
        return body;
    }

    /// <summary>The body of <c>POST /v1/redemptions</c>.</summary>
    public JsonObject Redemption()
    {
        var body = Body();
        if (Locks && SessionKey.Trim() is { Length: > 0 } key) body["session"] = new JsonObject { ["type"] = "LOCK", ["key"] = key };
        return body;
    }

    private JsonObject Body()
    {
        var body = new JsonObject { ["redeemables"] = new JsonArray([.. Redeemables.Where(r => r.Id.Trim().Length > 0).Select(Redeemable)]) };
        var order = new JsonObject();
        if (IsAmountOnly) order["amount"] = MoneyText.Minor(Amount, Currency);
        else order["items"] = new JsonArray([.. Items.Where(i => i.Product.Trim().Length > 0).Select(Item)]);
        Put(order, OrderMetadata);
        body["order"] = order;
        if (Customer.Trim() is { Length: > 0 } customer)
        {
            var buyer = new JsonObject { ["source_id"] = customer };
            Put(buyer, CustomerMetadata);
            body["customer"] = buyer;
        }

        Put(body, Metadata);
        return body;
    }

    private JsonNode Redeemable(PlayRedeemable redeemable)
    {
        var one = new JsonObject { ["object"] = redeemable.Kind, ["id"] = redeemable.Id.Trim() };
        if (redeemable is { Kind: "gift_card", Credits: { } credits }) one["gift"] = new JsonObject { ["credits"] = MoneyText.Minor(credits, Currency) };
        if (redeemable is { Kind: "loyalty_card", Reward: { Length: > 0 } reward })
        {
            one["reward"] = new JsonObject { ["id"] = reward };
            if (redeemable.Points is { } points) one["reward"]!["points"] = points;
        }

        return one;
    }

    private JsonNode Item(PlayItem item)
    {
        var line = new JsonObject();
        if (item.ItemId is { Length: > 0 } id) line[item.Kind == "sku" ? "sku_id" : "product_id"] = id;
        else
        {
            line["source_id"] = item.Product.Trim();
            line["related_object"] = item.Kind;
        }

        line["quantity"] = item.Quantity;
        if (item.Price is { } price) line["price"] = MoneyText.Minor(price, Currency);
        return line;
    }

    private static void Put(JsonObject target, List<MetadataEntry> entries)
    {
        if (MetadataEntry.Write(entries) is { Count: > 0 } metadata) target["metadata"] = JsonSerializer.SerializeToNode(metadata);
    }
}
