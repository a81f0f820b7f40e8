using System.Security.Cryptography;

namespace Vouchsafe.Storage;

/// <summary>
/// Mints the prefixed ids of every resource (<c>v_</c>, <c>cust_</c>, <c>r_</c>, ...): prefix, underscore, 26 lower-case
/// Crockford base-32 digits, of which the first ten are the instant in milliseconds. Ids minted later sort later, so
/// indexes grow at one end and "newest first" needs no second column.
/// </summary>
public static class Ids
{
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int TimeDigits = 10;

    /// <summary>Mints an id of the given prefix at the given instant; 80 of its bits are random.</summary>
    public static string New(string prefix, DateTimeOffset now)
    {
        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        Span<char> text = stackalloc char[prefix.Length + 27];
        prefix.CopyTo(text);
        text[prefix.Length] = '_';
        var digits = text[(prefix.Length + 1)..];
        Write(now, digits);
        for (var i = 0; i < 16; i++) digits[TimeDigits + i] = Digits[random[i] & 31];
        return new string(text);
    }

    /// <summary>What no id of the prefix minted at the instant or later sorts before: the id without its random digits.</summary>
    public static string Earliest(string prefix, DateTimeOffset at)
    {
        Span<char> digits = stackalloc char[TimeDigits];
        Write(at, digits);
        return $"{prefix}_{digits}";
    }

    /// <summary>An id for what happened to something at an instant: its random digits are those of the thing's own id, so that it is always the same.</summary>
    public static string Derived(string prefix, DateTimeOffset at, string id) =>
        string.Concat(Earliest(prefix, at), id.AsSpan(id.IndexOf('_', StringComparison.Ordinal) + 1 + TimeDigits));

    /// <summary>When an id was minted.</summary>
    public static DateTimeOffset MintedAt(string id)
    {
        var value = 0L;
        foreach (var digit in id.AsSpan(id.IndexOf('_', StringComparison.Ordinal) + 1, TimeDigits)) value = value << 5 | (long)Digits.IndexOf(digit, StringComparison.Ordinal);
        return DateTimeOffset.FromUnixTimeMilliseconds(value);
    }

    /// <summary>Whether a text is what follows the prefix of an id.</summary>
    public static bool IsTail(string text) => text.Length == TimeDigits + 16 && text.AsSpan().IndexOfAnyExcept(Digits) < 0;

    private static void Write(DateTimeOffset at, Span<char> digits)
    {
        var milliseconds = Math.Max(0, at.ToUnixTimeMilliseconds());
        for (var i = TimeDigits - 1; i >= 0; i--, milliseconds >>= 5) digits[i] = Digits[(int)(milliseconds & 31)];
    }
}

/// <summary>The prefixes of <see cref="Ids"/>, one a resource, as the API's clients know them.</summary>
public static class IdPrefix
{
    /// <summary>Project.</summary>
    public const string Project = "proj";
    /// <summary>Voucher.</summary>
    public const string Voucher = "v";
    /// <summary>Customer.</summary>
    public const string Customer = "cust";
    /// <summary>Order.</summary>
    public const string Order = "ord";
    /// <summary>Successful redemption.</summary>
    public const string Redemption = "r";
    /// <summary>Failed redemption.</summary>
    public const string FailedRedemption = "rf";
    /// <summary>Successful rollback.</summary>
    public const string Rollback = "rr";
    /// <summary>Failed rollback.</summary>
    public const string FailedRollback = "rrf";
    /// <summary>Transaction of a gift or loyalty card.</summary>
    public const string VoucherTransaction = "vtx";
    /// <summary>Publication.</summary>
    public const string Publication = "pub";
    /// <summary>Validation of one or more redeemables.</summary>
    public const string Validation = "valid";
    /// <summary>Qualification of an older kind.</summary>
    public const string Qualification = "qualif";
    /// <summary>Validation lock.</summary>
    public const string Lock = "lock";
    /// <summary>Custom event.</summary>
    public const string Event = "ev";
    /// <summary>Entry of the bin.</summary>
    public const string TrashEntry = "tbe";
    /// <summary>Outbox event.</summary>
    public const string OutboxEvent = "out";
    /// <summary>Product.</summary>
    public const string Product = "prod";
    /// <summary>Variant of a product.</summary>
    public const string Sku = "sku";
    /// <summary>Product collection.</summary>
    public const string ProductCollection = "pc";
    /// <summary>Category.</summary>
    public const string Category = "cat";
    /// <summary>Segment of customers.</summary>
    public const string Segment = "seg";
    /// <summary>Validation rule.</summary>
    public const string ValidationRule = "val";
    /// <summary>Assignment of a validation rule.</summary>
    public const string ValidationRuleAssignment = "asgm";
    /// <summary>Campaign.</summary>
    public const string Campaign = "camp";
    /// <summary>Promotion tier.</summary>
    public const string PromotionTier = "promo";
    /// <summary>Promotion stack.</summary>
    public const string PromotionStack = "stack";
    /// <summary>Stacking rules.</summary>
    public const string StackingRules = "stk";
    /// <summary>Reward.</summary>
    public const string Reward = "rew";
    /// <summary>Assignment of a reward.</summary>
    public const string RewardAssignment = "rewa";
    /// <summary>Earning rule.</summary>
    public const string EarningRule = "ern";
    /// <summary>Order whose points are to be given.</summary>
    public const string PaidOrder = "paid";
    /// <summary>Holder of a referral code.</summary>
    public const string RedeemableHolder = "rh";
    /// <summary>Work in the background.</summary>
    public const string AsyncAction = "aa";
    /// <summary>Permanent deletion of a customer.</summary>
    public const string PermanentDeletion = "del";
    /// <summary>Export.</summary>
    public const string Export = "exp";
    /// <summary>Member of the dashboard.</summary>
    public const string Member = "mem";
    /// <summary>Sign-in of a member.</summary>
    public const string SignIn = "sgn";
    /// <summary>Failed sign-in.</summary>
    public const string FailedSignIn = "sgf";
    /// <summary>One-time link.</summary>
    public const string OneTimeLink = "inv";
}
