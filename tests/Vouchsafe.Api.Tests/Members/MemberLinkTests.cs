using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Members;
using Vouchsafe.Api.Members.SigningIn;
using Vouchsafe.Security;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Tests.Members;

/// <summary>The links that members hand to one another: what they open, for how long, and how they die.</summary>
public sealed class MemberLinkTests(MemberServer shared) : IClassFixture<MemberServer>, IAsyncLifetime
{
    private static readonly (string, string)[] Fields = [("DisplayName", "Grace"), ("Password", Visitor.Password)];

    private readonly string _grace = Calls.Fresh("grace") + "@shop.example";
    private TestServer _server = shared.Server;
    private string _project = "";

    public async ValueTask InitializeAsync() => _project = await MemberServer.NewProjectAsync(_server);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(MemberRole.Owner, MemberRole.Owner, true)]
    [InlineData(MemberRole.Administrator, MemberRole.Administrator, true)]
    [InlineData(MemberRole.Administrator, MemberRole.Owner, false)]
    [InlineData(MemberRole.Editor, MemberRole.Viewer, false)]
    [InlineData(MemberRole.Viewer, MemberRole.Viewer, false)]
    [InlineData(MemberRole.Security, MemberRole.Viewer, false)]
    public async Task NobodyInvites_AboveTheirOwnRole(MemberRole actor, MemberRole role, bool isPermitted)
    {
        var answer = await InviteAsync(await MemberAsync(actor), _grace, role);

        Assert.Equal(isPermitted ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal(isPermitted ? 1 : 0, await _server.ReadAsync(db => db.OneTimeLinks.CountAsync(l => l.ProjectId == _project)));
    }

    [Fact]
    public async Task AnInvitation_LetsItsAddressInOnce_WithItsRoleAndNoMore_AndIsNotReadableAgain()
    {
        var owner = await MemberAsync(MemberRole.Owner);
        var written = "G" + _grace[1..].Replace("shop.example", "Shop.Example", StringComparison.Ordinal);
        using var guest = new Visitor(_server);
        using var second = new Visitor(_server);
        var made = (await InviteAsync(owner, written, MemberRole.Viewer)).Ok();
        var path = PathOf(made);
        var pending = (await _server.AsAsync(owner, "GET", Path(owner, "invitations"))).Ok();

        var joined = await guest.SendAsync(path, "accept", Fields);
        var again = await second.OpenAsync(path);

        Assert.Equal(written, pending.Text("data.0.email"));
        Assert.DoesNotContain(path[(path.IndexOf('=') + 1)..], pending.Body.ToString(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Found, "/"), (joined.Status, joined.Location));
        Assert.DoesNotContain("<form", again.Html, StringComparison.Ordinal);
        Assert.Equal(["VIEWER"], await _server.ReadAsync(db => db.ProjectMemberships.Where(m => m.ProjectId == _project && m.MemberId != owner.MemberId).Select(m => m.Role).ToListAsync()));
        Assert.False(await _server.ReadAsync(db => db.Members.AnyAsync(m => m.IsOperator)));
        Assert.Equal(0, (await _server.AsAsync(owner, "GET", Path(owner, "invitations"))).Ok().Number("total"));
    }

    [Fact]
    public async Task ANewInvitation_TakesThePlaceOfTheOneBefore_AndAWithdrawnOneOpensNothing()
    {
        var owner = await MemberAsync(MemberRole.Owner);
        var first = PathOf((await InviteAsync(owner, _grace, MemberRole.Viewer)).Ok());
        var second = (await InviteAsync(owner, _grace.ToUpperInvariant(), MemberRole.Editor)).Ok();

        Assert.False(await OpensAsync(first));
        Assert.True(await OpensAsync(PathOf(second)));
        Assert.Equal(HttpStatusCode.NoContent, (await _server.AsAsync(owner, "DELETE", Path(owner, "invitations/" + second.Text("invitation.id")))).Status);
        Assert.False(await OpensAsync(PathOf(second)));
        Assert.Equal(HttpStatusCode.NotFound, (await _server.AsAsync(owner, "DELETE", Path(owner, "invitations/" + second.Text("invitation.id")))).Status);
    }

    [Fact]
    public async Task AnAdministrator_NeitherWithdrawsNorReplacesAnInvitationOfAnOwner()
    {
        var (owner, administrator) = (await MemberAsync(MemberRole.Owner), await MemberAsync(MemberRole.Administrator));
        var made = (await InviteAsync(owner, _grace, MemberRole.Owner)).Ok();

        Assert.Equal(HttpStatusCode.Forbidden, (await InviteAsync(administrator, _grace, MemberRole.Viewer)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await _server.AsAsync(administrator, "DELETE", Path(administrator, "invitations/" + made.Text("invitation.id")))).Status);
        Assert.True(await OpensAsync(PathOf(made)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhatSomebodyLeavesBehind_WhoLostThePowerToGiveIt_OpensNothing(bool isRemoved)
    {
        var (owner, administrator, viewer) = (await MemberAsync(MemberRole.Owner), await MemberAsync(MemberRole.Administrator), await MemberAsync(MemberRole.Viewer));
        var invitation = PathOf((await InviteAsync(administrator, _grace, MemberRole.Administrator)).Ok());
        var reset = (await _server.AsAsync(administrator, "POST", Path(administrator, $"members/{viewer.MemberId}/password-reset"))).Ok();
        Assert.True(await OpensAsync(invitation));
        Assert.NotNull(await ResetOfAsync(reset));

        var taken = isRemoved ? await _server.AsAsync(owner, "DELETE", Path(owner, $"members/{administrator.MemberId}"))
            : await _server.AsAsync(owner, "PUT", Path(owner, $"members/{administrator.MemberId}"), new { role = "EDITOR" });

        Assert.Equal(HttpStatusCode.NoContent, taken.Status);
        Assert.False(await OpensAsync(invitation));
        Assert.Null(await ResetOfAsync(reset));
        Assert.Equal(0, (await _server.AsAsync(owner, "GET", Path(owner, "invitations"))).Ok().Number("total"));
    }

    [Fact]
    public async Task AnInvitation_LivesSevenDays_AndALinkForAPasswordOne()
    {
        await using var server = await StoppedServerAsync();
        var (owner, viewer) = (await MemberAsync(MemberRole.Owner), await MemberAsync(MemberRole.Viewer));
        var invitation = PathOf((await InviteAsync(owner, _grace, MemberRole.Viewer)).Ok());
        var reset = (await _server.AsAsync(owner, "POST", Path(owner, $"members/{viewer.MemberId}/password-reset"))).Ok();

        _server.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Null(await ResetOfAsync(reset));
        Assert.True(await OpensAsync(invitation));
        _server.Clock.Advance(TimeSpan.FromDays(6));
        Assert.False(await OpensAsync(invitation));
    }

    [Fact]
    public async Task ANewLinkForAPassword_EndsTheOneBefore_AndNobodyMakesTheirOwn()
    {
        var (owner, viewer) = (await MemberAsync(MemberRole.Owner), await MemberAsync(MemberRole.Viewer));
        var first = (await _server.AsAsync(owner, "POST", Path(owner, $"members/{viewer.MemberId}/password-reset"))).Ok();
        var second = (await _server.AsAsync(owner, "POST", Path(owner, $"members/{viewer.MemberId}/password-reset"))).Ok();

        Assert.Null(await ResetOfAsync(first));
        Assert.Equal(viewer.MemberId, (await ResetOfAsync(second))!.MemberId);
        Assert.Equal(HttpStatusCode.Forbidden, (await _server.AsAsync(owner, "POST", Path(owner, $"members/{owner.MemberId}/password-reset"))).Status);
    }

    [Fact]
    public async Task ThePasswordAndTheSignIns_AreInReachOnlyOfThoseWhoManageEveryProjectOfTheMember()
    {
        var (owner, administrator, viewer) = (await MemberAsync(MemberRole.Owner), await MemberAsync(MemberRole.Administrator), await MemberAsync(MemberRole.Viewer));
        var reset = (await _server.AsAsync(administrator, "POST", Path(administrator, $"members/{viewer.MemberId}/password-reset"))).Ok();
        var other = await MemberServer.NewProjectAsync(_server);
        await JoinAsync(other, viewer, MemberRole.Owner);

        // Made before the member became somebody elsewhere; it must not open what its maker never managed.
        Assert.Null(await ResetOfAsync(reset));
        foreach (var call in (MemberCall[])[owner, administrator])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await _server.AsAsync(call, "POST", Path(call, $"members/{viewer.MemberId}/password-reset"))).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await _server.AsAsync(call, "POST", Path(call, $"members/{viewer.MemberId}/end-sign-ins"))).Status);
        }
        await JoinAsync(other, administrator, MemberRole.Administrator);
        Assert.Equal(HttpStatusCode.Forbidden, (await _server.AsAsync(administrator, "POST", Path(administrator, $"members/{viewer.MemberId}/password-reset"))).Status);
        await JoinAsync(other, owner, MemberRole.Owner);
        Assert.Equal(HttpStatusCode.OK, (await _server.AsAsync(owner, "POST", Path(owner, $"members/{viewer.MemberId}/password-reset"))).Status);
    }

    [Fact]
    public async Task EndedSignIns_OpenNothingAtTheNextCall_AndTheOwnOneStays()
    {
        await using var server = await StoppedServerAsync();
        var (owner, viewer) = (await MemberAsync(MemberRole.Owner), await MemberAsync(MemberRole.Viewer));
        Assert.Equal(HttpStatusCode.OK, (await _server.AsAsync(viewer, "GET", "/v1/vouchers")).Status);

        var ended = (await _server.AsAsync(owner, "POST", Path(owner, $"members/{viewer.MemberId}/end-sign-ins"))).Ok();
        var own = (await _server.AsAsync(owner, "POST", Path(owner, $"members/{owner.MemberId}/end-sign-ins"))).Ok();

        Assert.Equal((1L, 0L), (ended.Number("ended"), own.Number("ended")));
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.AsAsync(viewer, "GET", "/v1/vouchers")).Status);
        Assert.Equal(HttpStatusCode.OK, (await _server.AsAsync(owner, "GET", "/v1/vouchers")).Status);
    }

    [Theory]
    [InlineData(null, "VIEWER", "email")]
    [InlineData("", "VIEWER", "email")]
    [InlineData("nobody", "VIEWER", "email")]
    [InlineData("a b@shop.example", "VIEWER", "email")]
    [InlineData("someone@shop.example", null, "role")]
    [InlineData("someone@shop.example", "KING", "role")]
    public async Task AnInvitationThatCannotBe_NamesTheField(string? email, string? role, string field)
    {
        var owner = await MemberAsync(MemberRole.Owner);

        var answer = await _server.AsAsync(owner, "POST", Path(owner, "invitations"), new { email, role });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.StartsWith(field, answer.Text("details"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoIsInAlready_IsNotInvited()
    {
        var owner = await MemberAsync(MemberRole.Owner);
        await _server.MemberAsync(MemberRole.Viewer, _grace, _project);

        var answer = await InviteAsync(owner, _grace.ToUpperInvariant(), MemberRole.Administrator);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("already", answer.Text("details"), StringComparison.Ordinal);
    }

    private async Task<TestServer> StoppedServerAsync()
    {
        _server = await TestServer.StartAsync();
        _server.Clock.Stop();
        _project = await _server.SandboxIdAsync();
        return _server;
    }

    private Task<MemberCall> MemberAsync(MemberRole role) => _server.MemberAsync(role, projectId: _project);

    private Task<Calls.Answer> InviteAsync(MemberCall by, string email, MemberRole role) => _server.AsAsync(by, "POST", Path(by, "invitations"), new { email, role = role.ToWire() });

    private async Task<bool> OpensAsync(string path)
    {
        using var visitor = new Visitor(_server);
        return (await visitor.OpenAsync(path)).Html.Contains("<form", StringComparison.Ordinal);
    }

    private Task<OneTimeLink?> ResetOfAsync(Calls.Answer made)
    {
        var link = made.Text("link")!;
        return _server.ReadAsync(db => OneTimeLinks.FindAsync(db, link[(link.IndexOf('=') + 1)..], OneTimeLinkKind.PasswordReset, _server.Clock.GetUtcNow(), TestContext.Current.CancellationToken));
    }

    private async Task JoinAsync(string projectId, MemberCall call, MemberRole role) => await _server.ChangeAsync(db =>
    {
        db.ProjectMemberships.Add(new ProjectMembership { ProjectId = projectId, MemberId = call.MemberId, Role = role.ToWire(), CreatedAt = _server.Clock.GetUtcNow() });
        return Task.CompletedTask;
    });

    private string PathOf(Calls.Answer made)
    {
        var link = made.Text("link")!;
        Assert.StartsWith(_server.Address, link, StringComparison.Ordinal);
        return link[_server.Address.Length..];
    }

    private static string Path(MemberCall call, string rest) => $"/dashboard/v1/projects/{call.ProjectId}/{rest}";
}
