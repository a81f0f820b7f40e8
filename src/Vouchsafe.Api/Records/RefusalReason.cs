namespace Vouchsafe.Api.Records;

/// <summary>Which check refused a request. The numbers are stored; a new reason gets a new one.</summary>
internal enum RefusalReason : short
{
    /// <summary>More requests of one address on the public channel than its window permits.</summary>
    ClientLimit = 1,
    /// <summary>The project's whitelist does not cover the Origin.</summary>
    Origin = 2,
    /// <summary>The same, but the list runs in report-only mode: the request was let in.</summary>
    OriginReportOnly = 3,
    /// <summary>The key may not be used from the address.</summary>
    KeyAddress = 4,
    /// <summary>No valid credentials.</summary>
    Unauthorized = 5,
    /// <summary>The key or token lacks the scope.</summary>
    Scope = 6,
    /// <summary>The key's role does not permit the operation.</summary>
    Role = 7,
    /// <summary>The client permission is switched off.</summary>
    Permission = 8,
    /// <summary>The project's private calls per minute are used up.</summary>
    ProjectQuota = 9,
    /// <summary>Too many requests without valid credentials from one address.</summary>
    FailedAuthentications = 10,
    /// <summary>Too many wrong codes from one address.</summary>
    WrongCodes = 11,
    /// <summary>Too many preflights from one address.</summary>
    Preflights = 12,
}

/// <summary>What a refusal of an error catalogue tells the records: which check, and what it missed.</summary>
/// <param name="Reason">The check.</param>
/// <param name="Detail">The missing scope, the permission, the verdict; a fixed text of the program, never one of the caller.</param>
internal sealed record Refusal(RefusalReason Reason, string Detail = "");
