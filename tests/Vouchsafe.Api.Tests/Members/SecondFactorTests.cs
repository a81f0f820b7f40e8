using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Vouchsafe.Api.Tests.Members;

/// <summary>The second factor: switched on, asked for, stood in for, switched off.</summary>
public sealed class SecondFactorTests
{
    [Fact]
    public async Task SwitchedOn_ItIsAskedFor_AndNoCodeOpensTwice()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        server.Clock.Stop();
        using var account = await OwnAccount.OpenAsync(server);
        var prepared = (await account.SendAsync("POST", "/second-factor")).Ok();
        Assert.False((await account.ReadAsync())["second_factor"].GetBoolean()); // until a code was confirmed
        var code = await account.CodeAsync();
        var codes = (await account.SendAsync("POST", "/second-factor/enable", new { code = code.Insert(3, " ") })).Ok();
        using var visitor = new Visitor(server);

        var half = await visitor.SignInAsync();
        var inside = await visitor.OpenAsync("/account");
        var replayed = await visitor.SendAsync("/account/second-factor", "code", ("Code", code));
        var next = await account.CodeAsync(steps: 1);
        var opened = await visitor.SendAsync("/account/second-factor?returnUrl=%2Faccount", "code", ("Code", next));
        using var onlooker = new Visitor(server);
        await onlooker.SignInAsync();
        var lookedOver = await onlooker.SendAsync("/account/second-factor", "code", ("Code", next));

        Assert.Equal(32, prepared.Text("key")!.Length);
        Assert.StartsWith("<svg", prepared.Text("qr_svg"), StringComparison.Ordinal);
        Assert.Equal(10, codes["codes"].EnumerateArray().Select(c => c.GetString()).Distinct().Count());
        Assert.Equal("/account/second-factor?returnUrl=%2F", half.Location);
        Assert.Equal(HttpStatusCode.Found, inside.Status);
        Assert.NotNull(replayed.Problem);
        Assert.Equal("/account", opened.Location);
        Assert.NotNull(lookedOver.Problem);
    }

    [Fact]
    public async Task TheKey_IsInNoAnswerAfterwards_AndInTheDatabaseOnlyEncrypted()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        using var account = await OwnAccount.OpenAsync(server);
        var key = (await account.SendAsync("POST", "/second-factor")).Ok().Text("key")!;

        var stored = await server.ReadAsync(db => db.Members.Select(m => m.ProtectedAuthenticatorKey).SingleAsync());

        Assert.DoesNotContain(key, (await account.ReadAsync()).Body.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(key, Encoding.Latin1.GetString(stored!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWrongCode_LeavesItOff()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        server.Clock.Stop();
        using var account = await OwnAccount.OpenAsync(server);
        var unprepared = await account.SendAsync("POST", "/second-factor/enable", new { code = "123456" });
        await account.SendAsync("POST", "/second-factor");
        var right = await account.CodeAsync(steps: 2); // not yet

        foreach (var code in (string?[])[right, "", "not a code", right + right, null])
        {
            var refused = await account.SendAsync("POST", "/second-factor/enable", new { code });
            Assert.Equal((HttpStatusCode.BadRequest, "wrong_code"), (refused.Status, refused.Text("key")));
        }

        Assert.Equal("wrong_code", unprepared.Text("key"));
        Assert.False((await account.ReadAsync())["second_factor"].GetBoolean());
    }

    [Fact]
    public async Task WithoutAFreshProof_NothingOfItIsChanged()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        server.Clock.Stop();
        using var account = await OwnAccount.OpenAsync(server);
        await account.SendAsync("POST", "/second-factor");
        server.Clock.Advance(TimeSpan.FromMinutes(11));

        foreach (var (target, body) in ((string, object)[])[("/second-factor", new { }), ("/second-factor/enable", new { code = await account.CodeAsync() }), ("/recovery-codes", new { })])
        {
            var refused = await account.SendAsync("POST", target, body);
            Assert.Equal((HttpStatusCode.Forbidden, "proof_required"), (refused.Status, refused.Text("key")));
        }
        Assert.False((await account.ReadAsync())["second_factor"].GetBoolean());
    }

    [Fact]
    public async Task ARecoveryCode_OpensOnce()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        using var account = await OwnAccount.OpenAsync(server);
        var codes = await account.SecureAsync();
        using var visitor = new Visitor(server);
        using var second = new Visitor(server);

        await visitor.SignInAsync();
        var opened = await visitor.SendAsync("/account/second-factor", "recovery", ("Recovery", codes[0].ToUpperInvariant()));
        await second.SignInAsync();
        var again = await second.SendAsync("/account/second-factor", "recovery", ("Recovery", codes[0]));

        Assert.Equal("/", opened.Location);
        Assert.NotNull(again.Problem);
        Assert.Equal(9, (await account.ReadAsync()).Number("recovery_codes_left"));
    }

    [Fact]
    public async Task NewRecoveryCodes_KillTheOldOnes_AlsoWhenMadeManyTimesAtOnce()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        using var account = await OwnAccount.OpenAsync(server);
        var old = await account.SecureAsync();

        var made = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => account.SendAsync("POST", "/recovery-codes")));

        Assert.All(made, m => Assert.Equal(HttpStatusCode.OK, m.Status));
        Assert.Equal(10, await server.ReadAsync(db => db.RecoveryCodes.CountAsync()));
        using var visitor = new Visitor(server);
        await visitor.SignInAsync();
        Assert.NotNull((await visitor.SendAsync("/account/second-factor", "recovery", ("Recovery", old[0]))).Problem);
    }

    [Fact]
    public async Task WhatIsOn_IsNotPreparedAnew_AndWhatIsOff_HasNoRecoveryCodes()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        using var account = await OwnAccount.OpenAsync(server);

        var off = await account.SendAsync("POST", "/recovery-codes");
        await account.SecureAsync();
        var on = await account.SendAsync("POST", "/second-factor");
        var confirmedAgain = await account.SendAsync("POST", "/second-factor/enable", new { code = await account.CodeAsync(steps: 1) });

        Assert.Equal((HttpStatusCode.BadRequest, "second_factor_off"), (off.Status, off.Text("key")));
        Assert.Equal((HttpStatusCode.BadRequest, "second_factor_on"), (on.Status, on.Text("key")));
        Assert.Equal((HttpStatusCode.BadRequest, "second_factor_on"), (confirmedAgain.Status, confirmedAgain.Text("key")));
    }

    [Fact]
    public async Task SwitchingOff_TakesThePassword_HoweverFreshTheProof()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        using var account = await OwnAccount.OpenAsync(server);
        await account.SecureAsync();

        var wrong = await account.SendAsync("POST", "/second-factor/disable", new { password = "wrong wrong wrong" });
        var stillOn = (await account.ReadAsync())["second_factor"].GetBoolean();
        var right = (await account.SendAsync("POST", "/second-factor/disable", new { password = Visitor.Password })).Ok();
        using var visitor = new Visitor(server);

        Assert.Equal((HttpStatusCode.Forbidden, "wrong_password"), (wrong.Status, wrong.Text("key")));
        Assert.True(stillOn);
        Assert.False(right["second_factor"].GetBoolean());
        Assert.Equal(0, right.Number("recovery_codes_left"));
        Assert.Equal("/", (await visitor.SignInAsync()).Location);
    }
}
