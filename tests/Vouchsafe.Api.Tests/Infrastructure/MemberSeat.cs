using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Members;
using Vouchsafe.Security;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Tests.Infrastructure;

/// <summary>A member of the sandbox project who calls the API as a page of the dashboard does.</summary>
internal sealed class MemberSeat
{
    private readonly MemberGateway _gateway;
    private readonly MemberCall _call;

    private MemberSeat(MemberGateway gateway, MemberCall call) => (_gateway, _call) = (gateway, call);

    internal string ProjectId => _call.ProjectId!;

    internal static async Task<MemberSeat> TakeAsync(TestServer server, MemberRole role)
    {
        var project = await server.ReadAsync(db => db.Projects.Where(p => p.IsSandbox).Select(p => p.Id).FirstAsync());
        var name = Guid.NewGuid().ToString("N");
        await server.ChangeAsync(db =>
        {
            var now = server.Clock.GetUtcNow();
            db.Members.Add(new Member { Id = name, UserName = $"{name}@shop.example", Email = $"{name}@shop.example", DisplayName = name, CreatedAt = now });
            db.SignIns.Add(new SignIn { Id = "sgn_" + name, MemberId = name, Method = SignInMethod.Password, CreatedAt = now, LastSeenAt = now, Address = "127.0.0.1", UserAgent = "test" });
            db.ProjectMemberships.Add(new ProjectMembership { ProjectId = project, MemberId = name, Role = role.ToWire(), CreatedAt = now });
            return Task.CompletedTask;
        });
        return new MemberSeat(server.Services.GetRequiredService<MemberGateway>(), new MemberCall(name, "sgn_" + name, project));
    }

    internal string SignInId => _call.SignInId;

    internal Task<(int Status, JsonElement Json)> GetAsync(string path) => SendAsync("GET", $"/dashboard/v1/projects/{ProjectId}/{path}");

    /// <summary>Any operation of any channel.</summary>
    internal async Task<(int Status, JsonElement Json)> SendAsync(string verb, string target, string? json = null)
    {
        var reply = await _gateway.SendAsync(_call, verb, target, json);
        return (reply.Status, reply.Body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(reply.Body));
    }

    internal async Task<JsonElement> ReadAsync(string path)
    {
        var (status, json) = await GetAsync(path);
        Assert.True(status == 200, $"{path}: {status} {json}");
        return json;
    }
}
