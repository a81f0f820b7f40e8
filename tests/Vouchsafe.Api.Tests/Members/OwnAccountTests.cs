using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Members;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Tests.Members;

/// <summary>Passkeys and sign-ins in a member's own account: theirs, and nobody else's.</summary>
public sealed class OwnAccountTests
{
    [Fact]
    public async Task EveryMember_HasTheirOwnAccount_WhateverTheirRole()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        foreach (var role in Enum.GetValues<MemberRole>().Select(r => (MemberRole?)r).Append(null))
        {
            var member = await server.MemberAsync(role, $"{role?.ToString() ?? "nobody"}@shop.example");

            var account = (await server.AsAsync(member, "GET", "/dashboard/v1/me/account")).Ok();

            Assert.Equal($"{role?.ToString() ?? "nobody"}@shop.example", account.Text("email"));
            Assert.Equal(member.SignInId, account.Text("sign_ins.0.id"));
            Assert.True(account["sign_ins.0.is_this"].GetBoolean());
            Assert.False(account.Has("sign_ins.1"));
        }
    }

    [Fact]
    public async Task FromOutside_NothingStandsThere_WhateverTheKey()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        foreach (var client in (HttpClient[])[server.Management(), server.Private(), server.With()])
        foreach (var (method, path) in ((string, string)[])[("GET", "/dashboard/v1/me/account"), ("PUT", "/dashboard/v1/me/password"), ("DELETE", "/dashboard/v1/me/sign-ins")])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            Assert.Equal(HttpStatusCode.NotFound, (await client.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
        }
    }

    [Fact]
    public async Task OneSignInIsEnded_OrAllOthers_AndTheirPowerEndsAtOnce()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        using var first = await OwnAccount.OpenAsync(server);
        using var second = await OwnAccount.OpenAsync(server);
        using var here = await OwnAccount.OpenAsync(server);

        var left = (await here.SendAsync("DELETE", "/sign-ins/" + first.Call.SignInId)).Ok();
        var again = await here.SendAsync("DELETE", "/sign-ins/" + first.Call.SignInId);

        Assert.Equal(2, left["sign_ins"].GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, again.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await first.SendAsync("GET", "/account")).Status);
        Assert.Equal(HttpStatusCode.OK, (await second.SendAsync("GET", "/account")).Status);

        Assert.Equal(1, (await here.SendAsync("DELETE", "/sign-ins")).Ok()["sign_ins"].GetArrayLength());
        Assert.Equal(HttpStatusCode.Unauthorized, (await second.SendAsync("GET", "/account")).Status);
        Assert.Equal(HttpStatusCode.OK, (await here.SendAsync("GET", "/account")).Status);
    }

    [Fact]
    public async Task AnotherMembersSignIn_IsNeitherSeenNorEnded()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        var (mine, theirs) = (await server.MemberAsync(MemberRole.Owner), await server.MemberAsync(MemberRole.Viewer));

        var ended = await server.AsAsync(mine, "DELETE", "/dashboard/v1/me/sign-ins/" + theirs.SignInId);
        (await server.AsAsync(mine, "DELETE", "/dashboard/v1/me/sign-ins")).Ok();

        Assert.Equal(HttpStatusCode.NotFound, ended.Status);
        Assert.Equal(HttpStatusCode.OK, (await server.AsAsync(theirs, "GET", "/dashboard/v1/me/account")).Status);
    }

    [Fact]
    public async Task APasskey_IsListed_Renamed_AndRemovedAfterAProof()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        server.Clock.Stop();
        using var account = await OwnAccount.OpenAsync(server);
        var id = await PasskeyAsync(server, account.Call);

        var renamed = (await account.SendAsync("PUT", "/passkeys/" + id, new { name = " Work laptop " })).Ok();
        var nameless = await account.SendAsync("PUT", "/passkeys/" + id, new { name = " " });
        server.Clock.Advance(TimeSpan.FromMinutes(11));
        var unproven = await account.SendAsync("DELETE", "/passkeys/" + id);
        (await account.SendAsync("POST", "/proof", new { password = Visitor.Password })).Ok();
        var removed = (await account.SendAsync("DELETE", "/passkeys/" + id)).Ok();
        var again = await account.SendAsync("DELETE", "/passkeys/" + id);

        Assert.Equal((id, "Work laptop"), (renamed.Text("passkeys.0.id"), renamed.Text("passkeys.0.name")));
        Assert.Equal(HttpStatusCode.BadRequest, nameless.Status);
        Assert.StartsWith("name", nameless.Text("details"), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Forbidden, "proof_required"), (unproven.Status, unproven.Text("key")));
        Assert.Equal(0, removed["passkeys"].GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, again.Status);
    }

    [Fact]
    public async Task AnotherMembersPasskey_IsNeitherSeenNorTouched()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        using var account = await OwnAccount.OpenAsync(server);
        var stranger = await server.MemberAsync(MemberRole.Owner);
        var id = await PasskeyAsync(server, stranger);

        Assert.Equal(0, (await account.ReadAsync())["passkeys"].GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await account.SendAsync("PUT", "/passkeys/" + id, new { name = "Mine now" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await account.SendAsync("DELETE", "/passkeys/" + id)).Status);
        Assert.Equal("Key", await server.ReadAsync(db => db.Passkeys.Select(p => p.Data.Name).SingleAsync()));
    }

    [Fact]
    public async Task AnIdThatIsNone_IsNotFound()
    {
        await using var server = await MemberTools.StartWithAdminAsync();
        using var account = await OwnAccount.OpenAsync(server);

        foreach (var id in (string[])["not+base64url", "A", "AAAA"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await account.SendAsync("PUT", "/passkeys/" + id, new { name = "x" })).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await account.SendAsync("DELETE", "/passkeys/" + id)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await account.SendAsync("DELETE", "/sign-ins/" + id)).Status);
        }
    }

    private static async Task<string> PasskeyAsync(TestServer server, MemberCall owner)
    {
        var id = Guid.NewGuid().ToByteArray();
        await server.ChangeAsync(db =>
        {
            db.Passkeys.Add(new IdentityUserPasskey<string>
            {
                UserId = owner.MemberId, CredentialId = id,
                Data = new IdentityPasskeyData { PublicKey = [1], Name = "Key", CreatedAt = server.Clock.GetUtcNow(), AttestationObject = [1], ClientDataJson = [1] },
            });
            return Task.CompletedTask;
        });
        return Base64Url.EncodeToString(id);
    }
}
