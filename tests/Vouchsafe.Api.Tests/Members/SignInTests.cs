using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Members.SigningIn;
using Vouchsafe.Security;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Tests.Members;

/// <summary>Who gets in at the dashboard, and who does not.</summary>
public sealed class SignInTests
{
    [Fact]
    public async Task ARightPassword_OpensTheDashboard_AndSigningOutClosesItForThatCookie()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        using var visitor = new Visitor(server);

        var before = await visitor.OpenAsync("/account");
        var signedIn = await visitor.SignInAsync();
        var inside = await visitor.OpenAsync("/account");
        var stolen = visitor.Jar.GetCookies(new Uri(server.Address))["vouchsafe"]!.Value;
        var signedOut = await visitor.SendAsync("/account/sign-out", "sign-out");
        using var thief = new Visitor(server);
        thief.Jar.Add(new Uri(server.Address), new Cookie("vouchsafe", stolen));
        var replayed = await thief.OpenAsync("/account");

        Assert.Equal(HttpStatusCode.Found, before.Status);
        Assert.Contains("/account/sign-in?returnUrl=%2Faccount", before.Location, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Found, "/"), (signedIn.Status, signedIn.Location));
        Assert.Equal(HttpStatusCode.OK, inside.Status);
        Assert.Equal("/account/sign-in", signedOut.Location);
        Assert.Equal(HttpStatusCode.Found, replayed.Status);
    }

    [Theory]
    [InlineData("/projects/p/vouchers?page=2", "/projects/p/vouchers?page=2")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("", "/")]
    public async Task AfterSigningIn_TheBrowserStaysOnThisServer(string returnUrl, string location)
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        using var visitor = new Visitor(server);

        var answer = await visitor.SignInAsync(returnUrl: returnUrl);

        Assert.Equal((HttpStatusCode.Found, location), (answer.Status, answer.Location));
    }

    [Fact]
    public async Task FiveWrongTries_LockTheMember_EvenAgainstTheRightPassword_ForAQuarterOfAnHour()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        using var visitor = new Visitor(server);
        server.Clock.Stop();

        for (var i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.OK, (await visitor.SignInAsync(password: "wrong wrong wrong")).Status);
        var locked = await visitor.SignInAsync();
        server.Clock.Advance(TimeSpan.FromMinutes(15));
        var after = await visitor.SignInAsync();

        Assert.Equal(HttpStatusCode.OK, locked.Status);
        Assert.Equal(HttpStatusCode.Found, after.Status);
        var reasons = await server.ReadAsync(db => db.FailedSignIns.Select(f => f.Reason).ToListAsync());
        Assert.Equal([.. Enumerable.Repeat(SignInFailure.WrongPassword, 5), SignInFailure.Locked], reasons.Order());
    }

    [Fact]
    public async Task GuessesAtTheSameMoment_AreLookedAtFiveTimes()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        var visitors = Enumerable.Range(0, 30).Select(_ => new Visitor(server)).ToList();

        await Task.WhenAll(visitors.Select(v => v.SignInAsync(password: "wrong wrong wrong")));

        var looked = await server.ReadAsync(db => db.FailedSignIns.CountAsync(f => f.Reason == SignInFailure.WrongPassword));
        visitors.ForEach(v => v.Dispose());
        Assert.Equal(Tries.Most, looked);
    }

    [Fact]
    public async Task AnUnknownAddress_AWrongPasswordAndALockedMember_AreAnsweredAlike()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        using var visitor = new Visitor(server);

        var unknown = await visitor.SignInAsync("nobody@shop.example", "wrong wrong wrong");
        var wrong = await visitor.SignInAsync(password: "wrong wrong wrong");
        for (var i = 0; i < 5; i++) await visitor.SignInAsync(password: "wrong wrong wrong");
        var locked = await visitor.SignInAsync();

        Assert.NotNull(unknown.Problem);
        Assert.Equal((unknown.Status, unknown.Problem), (wrong.Status, wrong.Problem));
        Assert.Equal((unknown.Status, unknown.Problem), (locked.Status, locked.Problem));
    }

    [Fact]
    public async Task WhatWasTyped_IsNotWrittenDown_WhereItNamesNoMember()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        using var visitor = new Visitor(server);

        await visitor.SignInAsync("my secret password", "wrong wrong wrong");

        var failure = await server.ReadAsync(db => db.FailedSignIns.SingleAsync());
        Assert.Equal(SignInFailure.UnknownMember, failure.Reason);
        Assert.Null(failure.MemberId);
        Assert.Equal("Tests/1.0", failure.UserAgent);
    }

    [Fact]
    public async Task TriesFromOneAddress_AreLimited()
    {
        await using var server = await MemberTools.StartWithAdminAsync(("Limits:SignIn:PerMinute", "3"));
        using var visitor = new Visitor(server);
        server.Clock.Stop();

        for (var i = 0; i < 3; i++) await visitor.SignInAsync($"nobody{i}@shop.example", "wrong wrong wrong");
        var refused = await visitor.SignInAsync();
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        var later = await visitor.SignInAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.True(refused.Answer.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Equal(HttpStatusCode.Found, later.Status);
    }

    [Fact]
    public async Task AFormWithoutItsToken_IsRefused()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        using var visitor = new Visitor(server);

        var answer = await visitor.SendAsync("/account/sign-in", "sign-in", "", ("Email", Visitor.Email), ("Password", Visitor.Password));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(0, await server.ReadAsync(db => db.SignIns.CountAsync()));
    }

    [Fact]
    public async Task AnEndedSignIn_OpensNothingMore_AtOnceHere_AndWithinTwoSecondsElsewhere()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        var call = await server.MemberAsync(MemberRole.Viewer);
        server.Clock.Stop();

        var before = await server.AsAsync(call, "GET", "/v1/vouchers");
        // Past the API, as another node would: this node's cache does not know.
        await server.ChangeAsync(async db => (await db.SignIns.SingleAsync(s => s.Id == call.SignInId)).EndedAt = server.Clock.GetUtcNow());
        server.Clock.Advance(TimeSpan.FromSeconds(2));
        var after = await server.AsAsync(call, "GET", "/v1/vouchers");

        Assert.Equal(HttpStatusCode.OK, before.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, after.Status);
    }

    [Fact]
    public async Task SignInsEndedByTheBook_OpenNothingAtOnce()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        var call = await server.MemberAsync(MemberRole.Viewer);
        server.Clock.Stop();
        Assert.Equal(HttpStatusCode.OK, (await server.AsAsync(call, "GET", "/dashboard/v1/me")).Status);

        await using (var scope = server.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<SignInBook>().EndAsync(call.MemberId, only: null, except: null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, (await server.AsAsync(call, "GET", "/dashboard/v1/me")).Status);
    }

    [Fact]
    public async Task ADisabledMember_IsOut_ALockedOneIsNot()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        var call = await server.MemberAsync(MemberRole.Viewer);
        server.Clock.Stop();

        await server.ChangeAsync(async db => (await db.Members.SingleAsync(m => m.Id == call.MemberId)).LockoutEnd = DateTimeOffset.MaxValue);
        var locked = await server.AsAsync(call, "GET", "/dashboard/v1/me");
        await server.ChangeAsync(async db => (await db.Members.SingleAsync(m => m.Id == call.MemberId)).DisabledAt = server.Clock.GetUtcNow());
        server.Clock.Advance(TimeSpan.FromSeconds(2));
        var disabled = await server.AsAsync(call, "GET", "/dashboard/v1/me");

        Assert.Equal(HttpStatusCode.OK, locked.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, disabled.Status);
    }

    [Fact]
    public async Task Me_NamesTheProjectsOfAMember_AndAllForAnOperator()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        var viewer = await server.MemberAsync(MemberRole.Viewer);
        var stranger = await server.MemberAsync(role: null);

        Assert.Equal("VIEWER", (await server.AsAsync(viewer, "GET", "/dashboard/v1/me")).Ok().Text("projects.0.role"));
        Assert.False((await server.AsAsync(stranger, "GET", "/dashboard/v1/me")).Ok().Has("projects.0"));
        await server.ChangeAsync(async db => (await db.Members.SingleAsync(m => m.Id == stranger.MemberId)).IsOperator = true);
        server.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("OWNER", (await server.AsAsync(stranger, "GET", "/dashboard/v1/me")).Ok().Text("projects.0.role"));
    }

    [Theory]
    [InlineData("/account/sign-in")]
    [InlineData("/account/sign-out")]
    [InlineData("/account/second-factor")]
    [InlineData("/account/set-up?token=x")]
    [InlineData("/account/invitation?token=x")]
    public async Task AccountPages_ForbidFramesInlineScriptsAndCaching(string path)
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        using var visitor = new Visitor(server);

        var page = await visitor.OpenAsync(path);
        string? Header(string name) => page.Answer.Headers.TryGetValues(name, out var values) ? string.Join(' ', values) : null;

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("frame-ancestors 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("DENY", Header("X-Frame-Options"));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("same-origin", Header("Referrer-Policy"));
        Assert.Contains("no-store", Header("Cache-Control"), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "vouchsafe", false)]
    [InlineData("https://promo.shop.example", "__Host-vouchsafe", true)]
    public async Task TheCookie_IsOutOfReachOfScripts_AndBoundToTheHostWhereTheAddressIsHttps(string? publicUrl, string name, bool isSecure)
    {
        await using var server = await MemberTools.StartWithAdminAsync(("Network:PublicUrl", publicUrl));
        using var client = server.With();
        var page = await client.GetAsync("/account/sign-in", TestContext.Current.CancellationToken);
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var form = page.Headers.GetValues("Set-Cookie").Single(c => c.Contains("-form=", StringComparison.Ordinal)).Split(';')[0];
        using var post = new HttpRequestMessage(HttpMethod.Post, "/account/sign-in");
        post.Headers.Add("Cookie", form);
        post.Content = new FormUrlEncodedContent([
            new("_handler", "sign-in"), new("__RequestVerificationToken", Visitor.TokenOf(html)), new("Email", Visitor.Email), new("Password", Visitor.Password)]);

        var answer = await client.SendAsync(post, TestContext.Current.CancellationToken);

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith(name + "=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(isSecure, cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
    }
}
