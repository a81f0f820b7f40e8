using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Members.SigningIn;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Tests.Members;

/// <summary>How the first operator comes to be.</summary>
public sealed partial class SetUpTests
{
    private static readonly (string, string)[] Fields = [("Email", Visitor.Email), ("DisplayName", "Ada"), ("Password", Visitor.Password)];

    [Fact]
    public async Task TheLink_MakesOneOperator_WhoIsSignedInAndOwnsEverything_AndThenIsDead()
    {
        await using var server = await StartAsync();
        using var first = new Visitor(server);
        using var second = new Visitor(server);
        var path = PathIn(server.FirstStartReport!);

        var made = await first.SendAsync(path, "set-up", Fields);
        var inside = await first.OpenAsync("/account");
        var again = await second.OpenAsync(path);

        Assert.Equal((HttpStatusCode.Found, "/"), (made.Status, made.Location));
        Assert.Equal(HttpStatusCode.OK, inside.Status);
        Assert.DoesNotContain("<form", again.Html, StringComparison.Ordinal);
        Assert.True((await server.ReadAsync(db => db.Members.SingleAsync())).IsOperator);
    }

    [Fact]
    public async Task FiftyAtOnce_MakeOneOperator()
    {
        await using var server = await StartAsync();
        var path = PathIn(server.FirstStartReport!);
        var visitors = Enumerable.Range(0, 50).Select(_ => new Visitor(server)).ToList();
        var tokens = await Task.WhenAll(visitors.Select(async v => Visitor.TokenOf((await v.OpenAsync(path)).Html)));

        var answers = await Task.WhenAll(visitors.Select((v, i) =>
            v.SendAsync(path, "set-up", tokens[i], ("Email", $"a{i}@shop.example"), ("DisplayName", "Ada"), ("Password", Visitor.Password))));

        visitors.ForEach(v => v.Dispose());
        Assert.Equal(1, answers.Count(a => a.Status == HttpStatusCode.Found));
        Assert.Equal(1, await server.ReadAsync(db => db.Members.CountAsync()));
    }

    [Fact]
    public async Task AFieldThatIsWrong_IsNamed_AndTheLinkLives()
    {
        await using var server = await StartAsync();
        using var visitor = new Visitor(server);
        var path = PathIn(server.FirstStartReport!);

        var weak = await visitor.SendAsync(path, "set-up", ("Email", Visitor.Email), ("DisplayName", "Ada"), ("Password", "short"));
        var noAddress = await visitor.SendAsync(path, "set-up", ("Email", "ada"), ("DisplayName", "Ada"), ("Password", Visitor.Password));
        var right = await visitor.SendAsync(path, "set-up", Fields);

        Assert.Contains("12 characters", weak.Problem, StringComparison.Ordinal);
        Assert.Contains("e-mail", noAddress.Problem, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, right.Status);
    }

    [Fact]
    public async Task TheLink_DiesAfterADay_AndALaterStartPrintsANewOne_UntilThereIsAMember()
    {
        await using var server = await StartAsync();
        server.Clock.Stop();
        using var visitor = new Visitor(server);
        var old = PathIn(server.FirstStartReport!);
        var fresh = await AnotherStartAsync(server);
        Assert.NotEqual(old, fresh);
        Assert.Contains("<form", (await visitor.OpenAsync(fresh!)).Html, StringComparison.Ordinal);

        server.Clock.Advance(TimeSpan.FromHours(24));
        foreach (var dead in new[] { old, fresh! }) Assert.DoesNotContain("<form", (await visitor.OpenAsync(dead)).Html, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Found, (await visitor.SendAsync((await AnotherStartAsync(server))!, "set-up", Fields)).Status);
        Assert.Null(await AnotherStartAsync(server));
    }

    // What every start does about members.
    private static async Task<string?> AnotherStartAsync(TestServer server)
    {
        await using var scope = server.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SetUp>().PrepareAsync(default);
    }

    [Fact]
    public async Task OnlyTheHashOfTheLink_IsStored()
    {
        await using var server = await StartAsync();
        var token = PathIn(server.FirstStartReport!).Split('=')[1];

        var link = await server.ReadAsync(db => db.OneTimeLinks.SingleAsync());

        Assert.Equal(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token)), link.Hash);
        Assert.True(token.Count(char.IsAsciiHexDigit) >= 40);
        Assert.Equal(OneTimeLinkKind.SetUp, link.Kind);
    }

    [Fact]
    public async Task AConfiguredAdministrator_NeedsNoLink()
    {
        await using var server = await MemberTools.StartWithAdminAsync();

        Assert.DoesNotContain("set-up", server.FirstStartReport!, StringComparison.Ordinal);
        Assert.DoesNotContain(Visitor.Password, server.FirstStartReport!, StringComparison.Ordinal);
        Assert.True((await server.ReadAsync(db => db.Members.SingleAsync())).IsOperator);
    }

    [Theory]
    [InlineData("a@shop.example", null)]
    [InlineData(null, "correct horse battery")]
    [InlineData("a@shop.example", "short")]
    [InlineData("nobody", "correct horse battery")]
    public async Task AHalfOrWeakConfiguration_StopsTheStart(string? email, string? password)
    {
        var failure = await Assert.ThrowsAsync<SettingsException>(() => TestServer.StartAsync([("Bootstrap:AdminEmail", email), ("Bootstrap:AdminPassword", password)]));

        Assert.Contains("Bootstrap:Admin", failure.Message, StringComparison.Ordinal);
    }

    private static Task<TestServer> StartAsync() => TestServer.StartAsync([("Limits:SignIn:PerMinute", "0")]);

    private static string PathIn(string report) => Link().Match(report).Value;

    [GeneratedRegex(@"/account/set-up\?token=\S+")]
    private static partial Regex Link();
}
