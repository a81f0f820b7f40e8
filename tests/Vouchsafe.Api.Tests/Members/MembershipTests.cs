using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Members;
using Vouchsafe.Security;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Tests.Members;

/// <summary>Who may change who is in a project, and what may never come of it.</summary>
public sealed class MembershipTests(MemberServer shared) : IClassFixture<MemberServer>, IAsyncLifetime
{
    private TestServer _server = shared.Server;
    private string _project = "";

    public async ValueTask InitializeAsync() => _project = await MemberServer.NewProjectAsync(_server);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(MemberRole.Owner, MemberRole.Owner, MemberRole.Viewer, true)]
    [InlineData(MemberRole.Owner, MemberRole.Administrator, MemberRole.Owner, true)]
    [InlineData(MemberRole.Administrator, MemberRole.Editor, MemberRole.Administrator, true)]
    [InlineData(MemberRole.Administrator, MemberRole.Administrator, MemberRole.Viewer, true)]
    [InlineData(MemberRole.Administrator, MemberRole.Editor, MemberRole.Owner, false)]
    [InlineData(MemberRole.Administrator, MemberRole.Owner, MemberRole.Viewer, false)]
    [InlineData(MemberRole.Editor, MemberRole.Viewer, MemberRole.Editor, false)]
    [InlineData(MemberRole.Viewer, MemberRole.Viewer, MemberRole.Editor, false)]
    [InlineData(MemberRole.Security, MemberRole.Viewer, MemberRole.Editor, false)]
    public async Task ARole_IsChanged_ByThoseWhoMayGiveItAndTakeIt(MemberRole actor, MemberRole from, MemberRole to, bool isPermitted)
    {
        await MemberAsync(MemberRole.Owner);
        var (mine, other) = (await MemberAsync(actor), await MemberAsync(from));

        var answer = await ChangeAsync(mine, other, to);

        Assert.Equal(isPermitted ? HttpStatusCode.NoContent : HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal((isPermitted ? to : from).ToWire(), await RoleOfAsync(other));
    }

    [Theory]
    [InlineData(MemberRole.Owner, MemberRole.Owner, true)]
    [InlineData(MemberRole.Administrator, MemberRole.Administrator, true)]
    [InlineData(MemberRole.Administrator, MemberRole.Owner, false)]
    [InlineData(MemberRole.Editor, MemberRole.Viewer, false)]
    [InlineData(MemberRole.Viewer, MemberRole.Viewer, false)]
    [InlineData(MemberRole.Security, MemberRole.Viewer, false)]
    public async Task AMember_IsRemoved_ByThoseWhoMayTakeTheirRole(MemberRole actor, MemberRole role, bool isPermitted)
    {
        await MemberAsync(MemberRole.Owner);
        var (mine, other) = (await MemberAsync(actor), await MemberAsync(role));

        var answer = await RemoveAsync(mine, other);

        Assert.Equal(isPermitted ? HttpStatusCode.NoContent : HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal(isPermitted ? null : role.ToWire(), await RoleOfAsync(other));
    }

    [Fact]
    public async Task TheLastOwner_IsNeitherDemotedNorRemoved_NotByThemselvesEither()
    {
        var owner = await MemberAsync(MemberRole.Owner);

        var demoted = await ChangeAsync(owner, owner, MemberRole.Administrator);
        var removed = await RemoveAsync(owner, owner);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (demoted.Status, removed.Status));
        Assert.Contains("last owner", demoted.Text("details"), StringComparison.Ordinal);
        Assert.Equal("OWNER", await RoleOfAsync(owner));
    }

    [Fact]
    public async Task AnOwnerWhoIsDisabled_DoesNotCountAsOne()
    {
        var (owner, other) = (await MemberAsync(MemberRole.Owner), await MemberAsync(MemberRole.Owner));
        await _server.ChangeAsync(async db => (await db.Members.SingleAsync(m => m.Id == other.MemberId)).DisabledAt = _server.Clock.GetUtcNow());

        Assert.Equal(HttpStatusCode.Forbidden, (await RemoveAsync(owner, owner)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await RemoveAsync(owner, other)).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TwoOwnersWhoDemoteAtTheSameMoment_LeaveOne(bool isEachTheOther)
    {
        for (var round = 0; round < 5; round++)
        {
            _project = await MemberServer.NewProjectAsync(_server);
            var (a, b) = (await MemberAsync(MemberRole.Owner), await MemberAsync(MemberRole.Owner));
            // Both roles are in the cache: what lets the calls in is not what decides.
            foreach (var call in (MemberCall[])[a, b]) (await _server.AsAsync(call, "GET", Path(call, "members"))).Ok();

            var answers = await Task.WhenAll(
                ChangeAsync(a, isEachTheOther ? b : a, MemberRole.Viewer),
                ChangeAsync(b, isEachTheOther ? a : b, MemberRole.Viewer));

            Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.Forbidden], answers.Select(r => r.Status).Order());
            Assert.Equal(1, await _server.ReadAsync(db => db.ProjectMemberships.CountAsync(m => m.ProjectId == _project && m.Role == "OWNER")));
        }
    }

    [Fact]
    public async Task ThirtyRemovalsAtTheSameMoment_LeaveAnOwner()
    {
        List<MemberCall> owners = [];
        for (var i = 0; i < 6; i++) owners.Add(await MemberAsync(MemberRole.Owner));

        await Task.WhenAll(owners.SelectMany(a => owners.Where(b => b != a).Select(b => RemoveAsync(a, b))));

        Assert.Equal(1, await _server.ReadAsync(db => db.ProjectMemberships.CountAsync(m => m.ProjectId == _project && m.Role == "OWNER")));
    }

    [Fact]
    public async Task ARemovedMember_IsOutAtTheNextCall_AndADemotedOneWritesNothingMore()
    {
        await using var server = await OwnServerAsync();
        var (owner, editor, viewer) = (await MemberAsync(MemberRole.Owner), await MemberAsync(MemberRole.Editor), await MemberAsync(MemberRole.Viewer));
        _server.Clock.Stop(); // no cached role ages away
        Assert.Equal(HttpStatusCode.OK, (await _server.AsAsync(editor, "GET", "/v1/vouchers")).Status);
        Assert.Equal(HttpStatusCode.OK, (await _server.AsAsync(viewer, "GET", "/v1/vouchers")).Status);

        await RemoveAsync(owner, viewer);
        await ChangeAsync(owner, editor, MemberRole.Viewer);

        Assert.Equal(HttpStatusCode.Forbidden, (await _server.AsAsync(viewer, "GET", "/v1/vouchers")).Status);
        Assert.Equal(HttpStatusCode.OK, (await _server.AsAsync(editor, "GET", "/v1/vouchers")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await _server.AsAsync(editor, "PUT", "/v1/vouchers/WELCOME-10", new { active = false })).Status);
    }

    [Fact]
    public async Task WhoeverRunsTheServer_IsAnOwnerThatNoProjectChanges()
    {
        await using var server = await OwnServerAsync();
        var (runner, owner) = (await OperatorAsync(), await MemberAsync(MemberRole.Owner));

        Assert.Equal(HttpStatusCode.Forbidden, (await ChangeAsync(owner, runner, MemberRole.Viewer)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await RemoveAsync(owner, runner)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(owner, runner, "password-reset")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(owner, runner, "end-sign-ins")).Status);
        var listed = await _server.AsAsync(owner, "GET", Path(owner, "members"));
        Assert.Contains(listed.Ok()["data"].EnumerateArray(), m => m.GetProperty("id").GetString() == runner.MemberId && m.GetProperty("role").GetString() == "OWNER" && m.GetProperty("is_operator").GetBoolean());
        // The last owner that the project names stays, unless whoever runs the server, who owns it too, puts them out.
        Assert.Equal(HttpStatusCode.Forbidden, (await RemoveAsync(owner, owner)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ChangeAsync(owner, owner, MemberRole.Viewer)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await RemoveAsync(runner, owner)).Status);
    }

    [Fact]
    public async Task AProjectThatDoesNotExist_HasNoMembers_AlsoForWhoeverRunsTheServer()
    {
        await using var server = await OwnServerAsync();
        var runner = await OperatorAsync() with { ProjectId = "proj_none" };

        Assert.Equal(HttpStatusCode.NotFound, (await _server.AsAsync(runner, "GET", Path(runner, "members"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.AsAsync(runner, "GET", Path(runner, "invitations"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.AsAsync(runner, "POST", Path(runner, "invitations"), new { email = "new@shop.example", role = "OWNER" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ChangeAsync(runner, runner, MemberRole.Viewer)).Status);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"role":null}""")]
    [InlineData("""{"role":"owner"}""")]
    [InlineData("""{"role":"KING"}""")]
    [InlineData("""{"role":7}""")]
    public async Task ARoleThatIsNone_IsNamedInTheRefusal(string body)
    {
        var (owner, viewer) = (await MemberAsync(MemberRole.Owner), await MemberAsync(MemberRole.Viewer));

        var answer = await _server.AsAsync(owner, "PUT", Path(owner, $"members/{viewer.MemberId}"), JsonSerializer.Deserialize<JsonElement>(body));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("role", answer.Text("details"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStranger_IsNotFoundAmongTheMembers()
    {
        var (owner, stranger) = (await MemberAsync(MemberRole.Owner), await MemberAsync(null));

        Assert.Equal(HttpStatusCode.NotFound, (await ChangeAsync(owner, stranger, MemberRole.Viewer)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await RemoveAsync(owner, stranger)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(owner, stranger, "password-reset")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(owner, stranger, "end-sign-ins")).Status);
    }

    [Theory]
    [InlineData(MemberRole.Owner, true)]
    [InlineData(MemberRole.Administrator, true)]
    [InlineData(MemberRole.Security, true)]
    [InlineData(MemberRole.Editor, false)]
    [InlineData(MemberRole.Viewer, false)]
    public async Task HowOthersSignIn_IsShownToThoseWhoGuardTheProject(MemberRole role, bool isShown)
    {
        var call = await MemberAsync(role);

        var listed = (await _server.AsAsync(call, "GET", Path(call, "members"))).Ok();

        Assert.Equal(1, listed.Number("total"));
        Assert.Equal(isShown ? JsonValueKind.Object : JsonValueKind.Null, listed["data.0.sign_in"].ValueKind);
        if (isShown) Assert.Equal(1, listed.Number("data.0.sign_in.open_sign_ins"));
        Assert.Equal(role.ToWire(), listed.Text("data.0.role"));
    }

    // For what would be felt in the other tests: a clock that stands still, somebody who owns every project.
    private async Task<TestServer> OwnServerAsync()
    {
        _server = await TestServer.StartAsync();
        _project = await _server.SandboxIdAsync();
        return _server;
    }

    private Task<MemberCall> MemberAsync(MemberRole? role) => _server.MemberAsync(role, projectId: _project);

    private async Task<MemberCall> OperatorAsync()
    {
        var call = await MemberAsync(null);
        await _server.ChangeAsync(async db => (await db.Members.SingleAsync(m => m.Id == call.MemberId)).IsOperator = true);
        return call;
    }

    private Task<Calls.Answer> ChangeAsync(MemberCall by, MemberCall of, MemberRole to) => _server.AsAsync(by, "PUT", Path(by, $"members/{of.MemberId}"), new { role = to.ToWire() });

    private Task<Calls.Answer> RemoveAsync(MemberCall by, MemberCall of) => _server.AsAsync(by, "DELETE", Path(by, $"members/{of.MemberId}"));

    private Task<Calls.Answer> PostAsync(MemberCall by, MemberCall of, string deed) => _server.AsAsync(by, "POST", Path(by, $"members/{of.MemberId}/{deed}"));

    private static string Path(MemberCall call, string rest) => $"/dashboard/v1/projects/{call.ProjectId}/{rest}";

    private Task<string?> RoleOfAsync(MemberCall call) => _server.ReadAsync(db => db.ProjectMemberships.Where(m => m.MemberId == call.MemberId).Select(m => m.Role).FirstOrDefaultAsync());
}
