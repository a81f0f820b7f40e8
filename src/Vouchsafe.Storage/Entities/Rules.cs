namespace Vouchsafe.Storage.Entities;

/// <summary>A group of customers.</summary>
public sealed class Segment
{
    /// <summary>Id, <c>seg_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Name.</summary>
    public required string Name { get; set; }
    /// <summary>Kind.</summary>
    public required SegmentType Type { get; init; }
    /// <summary>The filter of a dynamic segment as JSON in wire form.</summary>
    public string? FilterJson { get; set; }
    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }
}

/// <summary>Kinds of segments.</summary>
public enum SegmentType : short
{
    /// <summary><c>static</c>: the members are <see cref="SegmentMember"/> rows.</summary>
    Static = 1,
    /// <summary><c>auto-update</c>: whom the filter matches; entering and leaving are events.</summary>
    AutoUpdate = 2,
    /// <summary><c>passive</c>: whom the filter matches.</summary>
    Passive = 3,
}

/// <summary>A member of a static segment.</summary>
public sealed class SegmentMember
{
    /// <summary>Segment.</summary>
    public required string SegmentId { get; init; }
    /// <summary>Customer.</summary>
    public required string CustomerId { get; init; }
}

/// <summary>A validation rule. The rule itself stays text in wire form; the engine's rule language reads and checks it.</summary>
public sealed class ValidationRule
{
    /// <summary>Id, <c>val_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Name.</summary>
    public required string Name { get; set; }
    /// <summary><c>rules</c> as JSON.</summary>
    public string? RulesJson { get; set; }
    /// <summary><c>bundle_rules</c> as JSON.</summary>
    public string? BundleRulesJson { get; set; }
    /// <summary><c>applicable_to</c> as JSON.</summary>
    public string? ApplicableToJson { get; set; }
    /// <summary><c>error</c> as JSON.</summary>
    public string? ErrorJson { get; set; }
    /// <summary><c>type</c>, wire name.</summary>
    public required string Type { get; set; }
    /// <summary><c>context_type</c>, wire name.</summary>
    public required string ContextType { get; set; }
    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }
}

/// <summary>Says that a rule holds for a resource.</summary>
public sealed class ValidationRuleAssignment
{
    /// <summary>Id, <c>asgm_...</c>.</summary>
    public required string Id { get; init; }
    /// <summary>Project.</summary>
    public required string ProjectId { get; init; }
    /// <summary>Rule.</summary>
    public required string RuleId { get; init; }
    /// <summary>Wire name of the kind of resource, such as <c>voucher</c>.</summary>
    public required string RelatedObjectType { get; init; }
    /// <summary>Resource.</summary>
    public required string RelatedObjectId { get; init; }
    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
