using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Pipeline.Limits;
using Vouchsafe.Security;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Members.SigningIn;

/// <summary>Writes down who was not let in; of what was typed no more than <see cref="MaskedAddress"/> leaves. Bounded: so many a minute, so many at all.</summary>
internal sealed class FailedSignIns(IDbContextFactory<VouchsafeDbContext> contexts, TimeProvider time)
{
    internal const int Kept = 10_000;
    internal static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);
    private const int MostPerMinute = 600;

    private readonly RollingWindow _window = new(MostPerMinute, 60_000);

    internal Task WriteAsync(HttpContext http, SignInFailure reason, string? memberId, string? typed = null) =>
        WriteAsync(reason, memberId, AddressOf(http), UserAgentOf(http), typed);

    internal async Task WriteAsync(SignInFailure reason, string? memberId, string address, string userAgent, string? typed = null)
    {
        if (!_window.TryAcquire(MonotonicClock.Milliseconds(time)).Allowed) return;
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync();
        db.Add(new FailedSignIn
        {
            Id = Ids.New(IdPrefix.FailedSignIn, now),
            MemberId = memberId,
            MaskedAddress = memberId is null ? await MaskedAddress.OfAsync(db, typed) : null,
            Reason = reason,
            CreatedAt = now,
            Address = address,
            UserAgent = userAgent,
        });
        await db.SaveChangesAsync();
    }

    /// <summary>Deletes what is too old or too much; and sign-ins and links that are long over.</summary>
    internal static async Task TrimAsync(VouchsafeDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var old = now - KeptFor;
        await db.FailedSignIns.Where(f => f.CreatedAt < old).ExecuteDeleteAsync(ct);
        var first = await db.FailedSignIns.OrderByDescending(f => f.Id).Skip(Kept).Select(f => f.Id).FirstOrDefaultAsync(ct);
        if (first is not null) await db.FailedSignIns.Where(f => string.Compare(f.Id, first) <= 0).ExecuteDeleteAsync(ct);
        await db.SignIns.Where(s => s.LastSeenAt < old).ExecuteDeleteAsync(ct);
        await db.OneTimeLinks.Where(l => l.ExpiresAt < old).ExecuteDeleteAsync(ct);
    }

    internal static string AddressOf(HttpContext http) => RequestFacts.Of(http).Address.ToString();

    internal static string UserAgentOf(HttpContext http)
    {
        var text = http.Request.Headers.UserAgent.ToString();
        var printable = new string([.. text.Take(SignIn.UserAgentLength).Select(c => c is >= ' ' and <= '~' ? c : '?')]);
        return printable;
    }
}
