using System.Numerics;

namespace Vouchsafe.Security;

/// <summary>A set of scopes. The default value is the empty set, which allows nothing.</summary>
public readonly struct ScopeSet : IEquatable<ScopeSet>
{
    private readonly ulong _bits;

    private ScopeSet(ulong bits) => _bits = bits;

    /// <summary>The whole server-side API.</summary>
    public static ScopeSet ServerApi => Of(Scope.Api);

    /// <summary>The whole client-side API.</summary>
    public static ScopeSet ClientApi => Of(Scope.ClientApi);

    /// <summary>Both APIs.</summary>
    public static ScopeSet Everything => Of(Scope.Api, Scope.ClientApi);

    /// <summary>Whether the set allows nothing.</summary>
    public bool IsEmpty => _bits == 0;

    /// <summary>A set of the given scopes.</summary>
    public static ScopeSet Of(params ReadOnlySpan<Scope> scopes)
    {
        var bits = 0UL;
        foreach (var scope in scopes) bits |= Bit(scope);
        return new ScopeSet(bits);
    }

    /// <summary>
    /// Reads the <c>scope</c> of a token request: names separated by spaces (RFC 6749, section 3.3). An empty text or an
    /// unknown name is refused.
    /// </summary>
    /// <param name="text">The text as sent.</param>
    /// <param name="scopes">The set, when every name is known.</param>
    /// <param name="unknown">The first name that is not a scope; empty when the text holds no name at all.</param>
    public static bool TryParse(string? text, out ScopeSet scopes, out string unknown)
    {
        scopes = default;
        unknown = "";
        var bits = 0UL;
        foreach (var name in (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!ScopeNames.TryParse(name, out var scope))
            {
                unknown = name;
                return false;
            }
            bits |= Bit(scope);
        }
        scopes = new ScopeSet(bits);
        return bits != 0;
    }

    /// <summary>Whether the set holds exactly this scope by name.</summary>
    public bool Contains(Scope scope) => (_bits & Bit(scope)) != 0;

    /// <summary>
    /// Whether an operation that requires this scope may be called: the scope itself is in the set, or <c>api</c> for the
    /// server-side API, or <c>client_api</c> for the client-side API. Neither of the two opens the other API.
    /// </summary>
    public bool Allows(Scope required) => (_bits & (Bit(required) | Bit(required.IsClient() ? Scope.ClientApi : Scope.Api))) != 0;

    /// <summary>What both sets allow: a token of a limited key gets no more than the key has.</summary>
    public ScopeSet Intersect(ScopeSet other)
    {
        var bits = 0UL;
        for (var rest = _bits | other._bits; rest != 0; rest &= rest - 1)
        {
            var scope = (Scope)BitOperations.TrailingZeroCount(rest);
            if (Allows(scope) && other.Allows(scope)) bits |= Bit(scope);
        }
        return new ScopeSet(bits);
    }

    /// <summary>The scopes in the set.</summary>
    public IEnumerable<Scope> Enumerate()
    {
        for (var rest = _bits; rest != 0; rest &= rest - 1) yield return (Scope)BitOperations.TrailingZeroCount(rest);
    }

    /// <inheritdoc/>
    public bool Equals(ScopeSet other) => _bits == other._bits;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ScopeSet other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _bits.GetHashCode();

    /// <summary>Whether two sets are the same.</summary>
    public static bool operator ==(ScopeSet left, ScopeSet right) => left.Equals(right);

    /// <summary>Whether two sets differ.</summary>
    public static bool operator !=(ScopeSet left, ScopeSet right) => !left.Equals(right);

    /// <summary>The names separated by spaces, as they travel.</summary>
    public override string ToString() => string.Join(' ', Enumerate().Select(scope => scope.ToWire()));

    private static ulong Bit(Scope scope) => 1UL << (int)scope;
}
