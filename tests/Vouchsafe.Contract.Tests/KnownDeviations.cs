namespace Vouchsafe.Contract.Tests;

/// <summary>
/// Where the description contradicts its own examples or the documentation's worked answers, and the answers follow those.
/// </summary>
internal sealed class KnownDeviations
{
    private sealed record Deviation(string Operation, string Fault, string Reason);

    private static readonly Deviation[] Known =
    [
        new("", "redemption: PropertyRequired", "required of every redemption; the examples have it only in children and rollbacks"),
        new("POST /v1/oauth/introspect", "PropertyRequired", "the example of an inactive token has the member active alone"),
        new("POST /v1/promotions/validation", "valid: StringExpected", "the examples have a boolean"),
        new("POST /v1/promotions/validation", "promotions[].categories", "described as one category; every other answer has the list that the name says"),
        new("POST /v1/campaigns/qualification", "data[].categories", "described as one category; every other answer has the list that the name says"),
        new("POST /v1/campaigns/qualification", "code_config.length: StringExpected", "described as a text; every other answer has a number"),
        new("", "conditions.$is[]: StringExpected", "described as texts and numbers; the documentation compares metadata with booleans"),
        new("", "data[].campaign_id: StringExpected", "required of every transaction; a card outside of campaigns has none"),
        new("", "reward.reward: PropertyRequired", "a redemption's reward is described as required to hold a reward itself; no example does"),
        new("POST /v1/loyalties/{campaignId}/rewards", "#/", "described as one assignment; the request is a list, and so is the example"),
        new("", "channel: NotInEnumeration", "described as API alone; the example of the same operation has a name of the caller's own"),
        new("", "#/parameters.filters.", "parameters come back as they were asked; described with ids of one letter and with lists or single values at odds with the examples"),
        new("POST /v1/orders/export", "#/parameters.fields[]: NotInEnumeration", "described without metadata.x, which the examples ask for"),
        new("POST /client/v1/publish", "#/customer.", "described with the customer's history; a page that anybody may open is not told what a customer bought"),
    ];

    private readonly HashSet<Deviation> _used = [];

    /// <summary>Whether a fault is one of those.</summary>
    internal bool Explain(string answer, string fault)
    {
        var found = Known.FirstOrDefault(d => answer.StartsWith(d.Operation, StringComparison.Ordinal) && fault.Contains(d.Fault, StringComparison.Ordinal));
        if (found is null) return false;
        lock (_used) _used.Add(found);
        return true;
    }

    /// <summary>Those that no answer needs any more.</summary>
    internal IReadOnlyList<string> Unused
    {
        get { lock (_used) return [.. Known.Except(_used).Select(d => $"{d.Operation} {d.Fault} ({d.Reason})")]; }
    }
}
