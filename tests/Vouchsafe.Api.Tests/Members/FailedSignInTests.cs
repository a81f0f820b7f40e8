using Vouchsafe.Api.Members.SigningIn;
using Vouchsafe.Security;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Tests.Members;

/// <summary>What the security view shows of sign-ins that failed, to whom, and what it never keeps.</summary>
public sealed class FailedSignInTests : IAsyncLifetime
{
    private TestServer _server = null!; // one each: sign-ins belong to the whole server

    public async ValueTask InitializeAsync() => _server = await MemberTools.StartWithAdminAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task EachFailure_StandsThereWithCauseAccountAndAddress()
    {
        using var visitor = new Visitor(_server);
        for (var i = 0; i < 6; i++) await visitor.SignInAsync(password: "wrong wrong wrong");
        await visitor.SignInAsync("stranger@shop.example", "wrong wrong wrong");
        await visitor.SendAsync("/account/sign-in", "passkey", ("Credential", "{}"));
        var owner = await _server.MemberAsync(MemberRole.Owner);

        var list = (await _server.AsAsync(owner, "GET", Path(owner.ProjectId!, "?limit=20&period=hour"))).Ok();
        var chart = (await _server.AsAsync(owner, "GET", Path(owner.ProjectId!, "/chart?period=hour"))).Ok();

        Assert.Equal(8, list.Number("total"));
        Assert.Equal("WRONG_PASSKEY", list.Text("data.0.reason"));
        Assert.Equal(("UNKNOWN_MEMBER", "s…@shop.example"), (list.Text("data.1.reason"), list.Text("data.1.email")));
        Assert.Equal(("LOCKED", Visitor.Email, "127.0.0.1", "Tests/1.0"), (list.Text("data.2.reason"), list.Text("data.2.email"), list.Text("data.2.address"), list.Text("data.2.user_agent")));
        Assert.Equal(("WRONG_PASSWORD", Visitor.Email), (list.Text("data.7.reason"), list.Text("data.7.email")));
        Assert.Equal(("WRONG_PASSWORD", 5L, 8L), (chart.Text("series.0.reason"), chart.Number("series.0.total"), chart.Number("total")));
        Assert.Equal(60, chart["series.0.counts"].GetArrayLength());
        Assert.Equal(1, (await _server.AsAsync(owner, "GET", Path(owner.ProjectId!, "?reason=LOCKED"))).Ok().Number("total"));
    }

    [Fact]
    public async Task OfWhatWasTyped_NothingIsKeptThatCouldBeAPassword()
    {
        (string Typed, string? Kept)[] all =
        [
            ("correct horse battery", null), ("s3cr3t", null), ("s3cr3t@", null), ("@s3cr3t", null), ("pa@ssw0rd.example", null), ("s3cr3t@%", null), ("s3cr3t@hop.example", null),
            ("admin@other.example", null), ("  Admin@SHOP.example ", "A…@shop.example"), ("!quoted@shop.example", "…@shop.example"),
        ];

        foreach (var (typed, kept) in all) Assert.Equal(kept, await _server.ReadAsync(db => MaskedAddress.OfAsync(db, typed)));
    }

    [Fact]
    public async Task OnlyGuardsOfTheProject_SeeThem()
    {
        foreach (var (role, status) in ((MemberRole?, HttpStatusCode)[])[
            (MemberRole.Owner, HttpStatusCode.OK), (MemberRole.Administrator, HttpStatusCode.OK), (MemberRole.Security, HttpStatusCode.OK),
            (MemberRole.Editor, HttpStatusCode.Forbidden), (MemberRole.Viewer, HttpStatusCode.Forbidden), (null, HttpStatusCode.Forbidden)])
        {
            var call = await _server.MemberAsync(role);

            Assert.Equal(status, (await _server.AsAsync(call, "GET", Path(call.ProjectId!, ""))).Status);
            Assert.Equal(status, (await _server.AsAsync(call, "GET", Path(call.ProjectId!, "/chart"))).Status);
            foreach (var path in (string[])["failed-sign-ins", "failed-sign-ins/chart", "refusals", "refusals/chart", "refusals/x"])
                Assert.Equal(HttpStatusCode.Forbidden, (await _server.AsAsync(call, "GET", "/dashboard/v1/installation/" + path)).Status);
        }
    }

    [Fact]
    public async Task TheMembersOfOtherProjects_StayUnseen_EvenTheDomainOfTheirAddresses()
    {
        var owner = await _server.MemberAsync(MemberRole.Owner);
        var stranger = await _server.MemberAsync(role: null, "boss@rival.example");
        using var visitor = new Visitor(_server);
        await visitor.SignInAsync("boss@rival.example", "wrong wrong wrong");
        await visitor.SignInAsync("admin@rival.example", "wrong wrong wrong");

        var seen = (await _server.AsAsync(owner, "GET", Path(owner.ProjectId!, ""))).Ok();
        await _server.ChangeAsync(async db => (await db.Members.FindAsync(stranger.MemberId))!.IsOperator = true);
        var all = (await _server.AsAsync(stranger, "GET", "/dashboard/v1/installation/failed-sign-ins")).Ok();

        Assert.Equal(1, seen.Number("total"));
        Assert.DoesNotContain("rival", seen.Body.ToString(), StringComparison.Ordinal);
        Assert.Equal((2L, "a…@rival.example", "boss@rival.example"), (all.Number("total"), all.Text("data.0.email"), all.Text("data.1.email")));
    }

    [Fact]
    public async Task TheRecords_AreBounded()
    {
        var now = _server.Clock.GetUtcNow();
        await _server.ChangeAsync(async db =>
        {
            for (var i = 0; i < FailedSignIns.Kept + 5; i++)
                db.Add(new FailedSignIn { Id = Ids.New(IdPrefix.FailedSignIn, now), Reason = SignInFailure.UnknownMember, CreatedAt = now, Address = "192.0.2.1", UserAgent = "" });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            await FailedSignIns.TrimAsync(db, now, TestContext.Current.CancellationToken);
        });
        var owner = await _server.MemberAsync(MemberRole.Owner);

        Assert.Equal(FailedSignIns.Kept, (await _server.AsAsync(owner, "GET", Path(owner.ProjectId!, "/chart"))).Ok().Number("total"));
    }

    [Fact]
    public async Task RefusalsThatNameNoProject_AreShownToWhoeverRunsTheServer_AndExplained()
    {
        using var client = _server.With(("X-App-Id", Guid.NewGuid().ToString()), ("X-App-Token", "a-wrong-secret"));
        await client.GetAsync("/v1/vouchers", TestContext.Current.CancellationToken);
        using var management = _server.With(("X-Management-Id", TestServer.ManagementId), ("X-Management-Token", "a-wrong-secret"));
        await management.GetAsync("/management/v1/projects", TestContext.Current.CancellationToken);
        var call = await _server.MemberAsync(role: null);
        await _server.ChangeAsync(async db => (await db.Members.FindAsync(call.MemberId))!.IsOperator = true);

        var list = (await _server.AsAsync(call, "GET", "/dashboard/v1/installation/refusals")).Ok();
        var chart = (await _server.AsAsync(call, "GET", "/dashboard/v1/installation/refusals/chart")).Ok();

        Assert.Equal((2L, 2L), (list.Number("total"), chart.Number("total")));
        foreach (var refusal in list["data"].EnumerateArray())
        {
            var isManagement = refusal.GetProperty("key_id").GetString() == TestServer.ManagementId;
            var explained = (await _server.AsAsync(call, "GET", "/dashboard/v1/installation/refusals/" + refusal.GetProperty("id").GetString())).Ok();
            Assert.Contains(isManagement ? "management channel" : "no key that exists here", explained.Text("explanation.why"), StringComparison.Ordinal);
            Assert.Null(explained.Text("explanation.setting"));
        }
        Assert.Equal(HttpStatusCode.NotFound, (await _server.AsAsync(call, "GET", "/dashboard/v1/installation/refusals/none")).Status);
    }

    private static string Path(string projectId, string rest) => $"/dashboard/v1/projects/{projectId}/failed-sign-ins{rest}";
}
