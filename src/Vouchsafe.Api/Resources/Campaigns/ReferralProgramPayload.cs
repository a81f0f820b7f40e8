using System.Text.Json;
using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Resources.Campaigns;

/// <summary><c>referral_program</c> of a campaign: what makes a friend a referred one. What is not built is refused, not kept silently.</summary>
internal sealed record ReferralProgramPayload
{
    public string? ConversionEventType { get; init; }
    public JsonText? CustomEvent { get; init; }
    public JsonText? RefereeReward { get; init; }

    internal ApiError? Problem() => ConversionEventType switch
    {
        null or "redemption" when Names(CustomEvent) || Names(RefereeReward) =>
            CampaignErrors.Invalid("referral_program: custom_event and referee_reward are not supported by this version."),
        null or "redemption" => null,
        "custom_event" => CampaignErrors.Invalid("referral_program.conversion_event_type custom_event is not supported by this version."),
        _ => CampaignErrors.Invalid("referral_program.conversion_event_type must be redemption."),
    };

    internal string ToJson() => JsonSerializer.Serialize(new ReferralProgramPayload { ConversionEventType = "redemption" }, WireJson.Sparse);

    private static bool Names(JsonText? member) => member is { Text: not "null" };
}
