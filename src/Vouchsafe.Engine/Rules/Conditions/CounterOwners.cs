namespace Vouchsafe.Engine.Rules.Conditions;

/// <summary>The owners counters can have. A voucher without a campaign is its own campaign.</summary>
internal static class CounterOwners
{
    public static CounterOwner Campaign(RuleFacts facts) => new(CampaignPath(facts));

    public static CounterOwner CampaignCustomer(RuleFacts facts) => OfCustomer(CampaignPath(facts), facts);

    public static CounterOwner Redeemable(RuleFacts facts) => new(RedeemablePath(facts));

    public static CounterOwner RedeemableCustomer(RuleFacts facts) => OfCustomer(RedeemablePath(facts), facts);

    public static CounterOwner RedeemableApiKey(RuleFacts facts) =>
        new(facts.Context.ApiKeyId is { } key ? $"{RedeemablePath(facts)}/key/{key}" : null);

    public static CounterOwner RedeemableUser(RuleFacts facts) =>
        new(facts.Context.UserId is { } user ? $"{RedeemablePath(facts)}/user/{user}" : null);

    private static CounterOwner OfCustomer(string path, RuleFacts facts) => facts.Context.Customer switch
    {
        null => new CounterOwner(null, MissingFact.Customer),
        { Id: { } id } => new CounterOwner($"{path}/customer/{id}"),
        _ => new CounterOwner(null),
    };

    private static string CampaignPath(RuleFacts facts) =>
        facts.Redeemable.CampaignId is { } campaign ? $"campaign/{campaign}" : RedeemablePath(facts);

    private static string RedeemablePath(RuleFacts facts) => $"redeemable/{facts.Redeemable.ResourceId ?? facts.Redeemable.Id}";
}
