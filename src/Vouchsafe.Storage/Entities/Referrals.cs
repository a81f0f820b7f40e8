namespace Vouchsafe.Storage.Entities;

/// <summary>Who has to do with a referral code.</summary>
public sealed class RedeemableHolder
{
    /// <summary>Id, <c>rh_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Referral code.</summary>
    public required string VoucherId { get; init; }
    /// <summary>Customer; has one role with a code.</summary>
    public required string CustomerId { get; init; }
    /// <summary>What they are to it.</summary>
    public required HolderRole Role { get; init; }
    /// <summary>Metadata as a JSON object; null if none was given.</summary>
    public string? MetadataJson { get; init; }
    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What a customer is to a referral code; the wire names are these in upper case.</summary>
public enum HolderRole : short
{
    /// <summary>Passes it on.</summary>
    Referrer = 1,
    /// <summary>A friend named beforehand.</summary>
    Referee = 2,
}
