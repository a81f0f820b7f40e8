namespace Vouchsafe.Engine.Rules;

/// <summary>Which conditions of validation rules are judged; the others count as satisfied.</summary>
public enum RuleReach
{
    /// <summary>All: validations and redemptions.</summary>
    Everything,

    /// <summary>All but budgets and redemption counts: qualifications.</summary>
    NoCounters,

    /// <summary>As <see cref="NoCounters"/>, and parts of a bundle may be missing: qualifications of the scenarios PRODUCTS...</summary>
    NoCountersNorBundles,

    /// <summary>Only those about the customer: qualifications of the scenario AUDIENCE_ONLY. Parts of a bundle may be missing.</summary>
    AudienceOnly,
}
