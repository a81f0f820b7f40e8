using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Members.SigningIn;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Tests.Members;

/// <summary>Changing one's password, setting it through a link, and proving once more who one is.</summary>
public sealed class OwnPasswordTests
{
    private const string NewPassword = "staple battery horse correct";

    [Fact]
    public async Task AChangedPassword_EndsTheOtherSignIns_AndKeepsThisOne()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        using var elsewhere = await OwnAccount.OpenAsync(server);
        using var here = await OwnAccount.OpenAsync(server);

        (await here.SendAsync("PUT", "/password", new { current_password = Visitor.Password, new_password = NewPassword })).Ok();

        Assert.Equal(HttpStatusCode.OK, (await here.SendAsync("GET", "/account")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await elsewhere.SendAsync("GET", "/account")).Status);
        Assert.Equal(HttpStatusCode.OK, (await here.Visitor.OpenAsync("/account")).Status);
        Assert.Equal(HttpStatusCode.Found, (await elsewhere.Visitor.OpenAsync("/account")).Status);
        using var visitor = new Visitor(server);
        Assert.NotNull((await visitor.SignInAsync()).Problem);
        Assert.Equal("/", (await visitor.SignInAsync(password: NewPassword)).Location);
    }

    [Fact]
    public async Task AWrongPresentPassword_ChangesNothing_AndFiveLock()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        using var account = await OwnAccount.OpenAsync(server);
        server.Clock.Stop();

        for (var i = 0; i < Tries.Most; i++)
        {
            var refused = await account.SendAsync("PUT", "/password", new { current_password = "wrong wrong wrong", new_password = NewPassword });
            Assert.Equal((HttpStatusCode.Forbidden, "wrong_password"), (refused.Status, refused.Text("key")));
            Assert.StartsWith("current_password", refused.Text("details"), StringComparison.Ordinal);
        }
        var locked = await account.SendAsync("PUT", "/password", new { current_password = Visitor.Password, new_password = NewPassword });
        server.Clock.Advance(Tries.Lock);
        var later = await account.SendAsync("PUT", "/password", new { current_password = Visitor.Password, new_password = NewPassword });

        Assert.Equal(HttpStatusCode.Forbidden, locked.Status);
        Assert.Equal(HttpStatusCode.OK, later.Status);
        var failures = await server.ReadAsync(db => db.FailedSignIns.Where(f => f.MemberId == account.Call.MemberId).ToListAsync());
        Assert.Equal([.. Enumerable.Repeat(SignInFailure.WrongPassword, Tries.Most), SignInFailure.Locked], failures.Select(f => f.Reason).Order());
        Assert.All(failures, f => Assert.Equal("Tests/1.0", f.UserAgent));
    }

    [Fact]
    public async Task AWeakNewPassword_IsNamed_AndCostsNoTry()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        using var account = await OwnAccount.OpenAsync(server);

        foreach (var weak in (string?[])["short", Visitor.Email, "aaaaaaaaaaaaaa", null])
        {
            var refused = await account.SendAsync("PUT", "/password", new { current_password = "wrong wrong wrong", new_password = weak });
            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
            Assert.StartsWith("new_password", refused.Text("details"), StringComparison.Ordinal);
        }

        Assert.Equal(0, await server.ReadAsync(db => db.Members.Select(m => m.AccessFailedCount).SingleAsync()));
    }

    [Fact]
    public async Task AProof_IsGoodForTenMinutes_AndWrongPasswordsAreNone()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        server.Clock.Stop();
        using var account = await OwnAccount.OpenAsync(server);
        Assert.Equal(HttpStatusCode.OK, (await account.SendAsync("POST", "/second-factor")).Status);

        server.Clock.Advance(Proofs.Fresh);
        var tooLate = await account.SendAsync("POST", "/second-factor");
        var wrong = await account.SendAsync("POST", "/proof", new { password = "wrong wrong wrong" });
        var none = await account.SendAsync("POST", "/proof", new { });
        var stillNot = await account.SendAsync("POST", "/second-factor");
        (await account.SendAsync("POST", "/proof", new { password = Visitor.Password })).Ok();
        var proven = await account.SendAsync("POST", "/second-factor");

        Assert.Equal((HttpStatusCode.Forbidden, "proof_required"), (tooLate.Status, tooLate.Text("key")));
        Assert.Equal((HttpStatusCode.Forbidden, "wrong_password"), (wrong.Status, wrong.Text("key")));
        Assert.Equal((HttpStatusCode.Forbidden, "wrong_password"), (none.Status, none.Text("key")));
        Assert.Equal(HttpStatusCode.Forbidden, stillNot.Status);
        Assert.Equal(HttpStatusCode.OK, proven.Status);
    }

    [Fact]
    public async Task ProvingItOnThePage_LeadsBack_AndOnlyThenIsAPasskeyAdded()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        server.Clock.Stop();
        using var account = await OwnAccount.OpenAsync(server);
        server.Clock.Advance(Proofs.Fresh);

        var sent = await account.Visitor.OpenAsync("/account/new-passkey");
        var wrong = await account.Visitor.SendAsync(sent.Location!, "confirm", ("Password", "wrong wrong wrong"));
        var right = await account.Visitor.SendAsync(sent.Location!, "confirm", ("Password", Visitor.Password));
        var page = await account.Visitor.OpenAsync(right.Location!);

        Assert.Equal("/account/confirm?returnUrl=%2Faccount%2Fnew-passkey", sent.Location);
        Assert.Contains("wrong", wrong.Problem, StringComparison.Ordinal);
        Assert.Equal("/account/new-passkey", right.Location);
        Assert.Contains("data-passkey=\"create\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AResetLink_SetsThePassword_EndsEverySignIn_LeavesTheSecondFactor_AndWorksOnce()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        using var account = await OwnAccount.OpenAsync(server);
        await account.SecureAsync();
        var path = await LinkAsync(server, account.Call.MemberId);
        using var visitor = new Visitor(server);

        var weak = await visitor.SendAsync(path, "reset", ("Password", "short"));
        var set = await visitor.SendAsync(path, "reset", ("Password", NewPassword));
        var again = await visitor.OpenAsync(path);

        Assert.Contains("12 characters", weak.Problem, StringComparison.Ordinal);
        Assert.Equal("/account/sign-in?why=new-password", set.Location);
        Assert.DoesNotContain("<form", again.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await account.SendAsync("GET", "/account")).Status);
        Assert.Equal("/account/second-factor?returnUrl=%2F", (await visitor.SignInAsync(password: NewPassword)).Location);
        Assert.NotNull((await visitor.SignInAsync()).Problem);
    }

    [Fact]
    public async Task OfAResetLinkUsedByManyAtOnce_OneSetsThePassword()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        using var account = await OwnAccount.OpenAsync(server);
        var path = await LinkAsync(server, account.Call.MemberId);
        var visitors = Enumerable.Range(0, 10).Select(_ => new Visitor(server)).ToList();
        var tokens = await Task.WhenAll(visitors.Select(async v => Visitor.TokenOf((await v.OpenAsync(path)).Html)));

        var answers = await Task.WhenAll(visitors.Select((v, i) => v.SendAsync(path, "reset", tokens[i], ("Password", $"{NewPassword} {i}"))));

        visitors.ForEach(v => v.Dispose());
        var winner = Assert.Single(answers, a => a.Status == HttpStatusCode.Found);
        using var visitor = new Visitor(server);
        Assert.Equal("/", (await visitor.SignInAsync(password: $"{NewPassword} {Array.IndexOf(answers, winner)}")).Location);
    }

    [Fact]
    public async Task AResetLink_DiesAfterADay_WithANewerOne_AndWithAnyOtherChangeOfThePassword()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        server.Clock.Stop();
        using var account = await OwnAccount.OpenAsync(server);
        var id = account.Call.MemberId;

        var (first, second) = (await LinkAsync(server, id), await LinkAsync(server, id));
        Assert.Equal((false, true), (await WorksAsync(server, first), await WorksAsync(server, second)));
        server.Clock.Advance(OneTimeLinks.PasswordResetLife);
        Assert.False(await WorksAsync(server, second));
        var third = await LinkAsync(server, id);
        (await account.SendAsync("PUT", "/password", new { current_password = Visitor.Password, new_password = NewPassword })).Ok();
        Assert.False(await WorksAsync(server, third));
    }

    [Fact]
    public async Task APasswordThatWasChanged_OpensNothing_ForWhoeverIsHalfIn()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        using var account = await OwnAccount.OpenAsync(server);
        await account.SecureAsync();
        using var halfIn = new Visitor(server);
        Assert.StartsWith("/account/second-factor", (await halfIn.SignInAsync()).Location, StringComparison.Ordinal);

        (await account.SendAsync("PUT", "/password", new { current_password = Visitor.Password, new_password = NewPassword })).Ok();
        var code = await halfIn.SendAsync("/account/second-factor", "code", ("Code", await account.CodeAsync(steps: 1)));

        Assert.NotNull(code.Problem);
    }

    [Fact]
    public async Task SignInsMadeWhileThePasswordChanges_DoNotOutliveTheChange()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        using var account = await OwnAccount.OpenAsync(server);
        // With the change itself, fewer than lock: a try is counted before it is looked at.
        var visitors = Enumerable.Range(0, Tries.Most - 2).Select(_ => new Visitor(server)).ToList();

        var trying = visitors.Select(v => v.SignInAsync()).ToList();
        (await account.SendAsync("PUT", "/password", new { current_password = Visitor.Password, new_password = NewPassword })).Ok();
        await Task.WhenAll(trying);

        visitors.ForEach(v => v.Dispose());
        Assert.Equal(account.Call.SignInId, await server.ReadAsync(db => db.SignIns.Where(s => s.EndedAt == null).Select(s => s.Id).SingleAsync()));
    }

    private static async Task<string> LinkAsync(TestServer server, string memberId)
    {
        await using var scope = server.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<PasswordResets>().MakeAsync(memberId, createdBy: null, TestContext.Current.CancellationToken)).Path;
    }

    private static async Task<bool> WorksAsync(TestServer server, string path)
    {
        using var visitor = new Visitor(server);
        return (await visitor.OpenAsync(path)).Html.Contains("<form", StringComparison.Ordinal);
    }
}
