using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Members;
using Vouchsafe.Security;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Tests.Members;

/// <summary>Somebody with a browser at the account pages: keeps cookies, follows no redirects, sends forms as they were rendered.</summary>
internal sealed partial class Visitor : IDisposable
{
    internal const string Email = "ada@shop.example";
    internal const string Password = "correct horse battery staple";

    private readonly HttpClient _client;

    internal Visitor(TestServer server)
    {
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Jar, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { BaseAddress = new Uri(server.Address) };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("Tests/1.0");
    }

    internal CookieContainer Jar { get; } = new();

    /// <summary>A page as it was answered.</summary>
    internal sealed record Page(HttpResponseMessage Answer, string Html)
    {
        internal HttpStatusCode Status => Answer.StatusCode;
        internal string? Location => Answer.Headers.Location?.ToString();
        internal string? Problem => ProblemText().Match(Html) is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : null;
    }

    internal async Task<Page> OpenAsync(string path)
    {
        var answer = await _client.GetAsync(path);
        return new Page(answer, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Opens a page and sends one of its forms.</summary>
    internal async Task<Page> SendAsync(string path, string form, params (string Name, string Value)[] fields)
    {
        var page = await OpenAsync(path);
        return await SendAsync(path, form, TokenOf(page.Html), fields);
    }

    internal async Task<Page> SendAsync(string path, string form, string token, params (string Name, string Value)[] fields)
    {
        var pairs = fields.Append(("_handler", form)).Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2));
        var answer = await _client.PostAsync(path, new FormUrlEncodedContent(pairs));
        return new Page(answer, await answer.Content.ReadAsStringAsync());
    }

    internal Task<Page> SignInAsync(string email = Email, string password = Password, string? returnUrl = null) =>
        SendAsync("/account/sign-in" + (returnUrl is null ? "" : "?returnUrl=" + Uri.EscapeDataString(returnUrl)), "sign-in", ("Email", email), ("Password", password));

    internal static string TokenOf(string html) => TokenField().Match(html).Groups[1].Value;

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();

    [GeneratedRegex("<p class=\"door-problem\" role=\"alert\">([^<]*)</p>")]
    private static partial Regex ProblemText();
}

/// <summary>Members and their calls, past the pages.</summary>
internal static class MemberTools
{
    /// <summary>A server whose first operator is <see cref="Visitor.Email"/>.</summary>
    internal static Task<TestServer> StartWithAdminAsync(params (string Name, string? Value)[] settings) => TestServer.StartAsync(
        [("Bootstrap:AdminEmail", Visitor.Email), ("Bootstrap:AdminPassword", Visitor.Password), .. settings.Append(("Limits:SignIn:PerMinute", "0")).DistinctBy(s => s.Item1)]);

    /// <summary>A member with a live sign-in and, if given, a role in the sandbox project, or in another one.</summary>
    internal static async Task<MemberCall> MemberAsync(this TestServer server, MemberRole? role, string? email = null, string? projectId = null)
    {
        var now = server.Clock.GetUtcNow();
        var member = new Member
        {
            Id = Ids.New(IdPrefix.Member, now), Email = email ?? Calls.Fresh("m") + "@shop.example", DisplayName = "Somebody", CreatedAt = now, SecurityStamp = "s", LockoutEnabled = true,
        };
        member.UserName = member.Email;
        member.NormalizedEmail = member.NormalizedUserName = member.Email!.ToUpperInvariant();
        var signIn = new SignIn
        {
            Id = Ids.New(IdPrefix.SignIn, now), MemberId = member.Id, Method = SignInMethod.Password, CreatedAt = now, LastSeenAt = now, Address = "127.0.0.1", UserAgent = "",
        };
        projectId ??= await server.SandboxIdAsync();
        await server.ChangeAsync(db =>
        {
            db.AddRange(member, signIn);
            if (role is { } given) db.Add(new ProjectMembership { ProjectId = projectId, MemberId = member.Id, Role = given.ToWire(), CreatedAt = now });
            return Task.CompletedTask;
        });
        return new MemberCall(member.Id, signIn.Id, projectId, IPAddress.Loopback);
    }

    internal static Task<string> SandboxIdAsync(this TestServer server) =>
        server.ReadAsync(db => Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.FirstAsync(db.Projects.Where(p => p.IsSandbox).Select(p => p.Id)));

    /// <summary>Calls an operation as the dashboard does.</summary>
    internal static async Task<Calls.Answer> AsAsync(this TestServer server, MemberCall call, string method, string target, object? body = null)
    {
        var reply = await server.Services.GetRequiredService<MemberGateway>().SendAsync(call, method, target, body is null ? null : JsonSerializer.Serialize(body));
        return new Calls.Answer((HttpStatusCode)reply.Status, reply.Body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(reply.Body));
    }
}
