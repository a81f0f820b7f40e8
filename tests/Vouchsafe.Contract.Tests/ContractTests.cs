using System.Collections.Concurrent;
using Vouchsafe.Contract.Tests.Published;
using Vouchsafe.Contract.Tests.Scenarios;

namespace Vouchsafe.Contract.Tests;

/// <summary>Every answer of every implemented operation has the form that the published API description gives it.</summary>
public sealed class ContractTests(ContractRun run) : IClassFixture<ContractRun>
{
    public static TheoryData<string> Areas => [.. ContractRun.Areas.Keys];

    [Theory]
    [MemberData(nameof(Areas))]
    public async Task EveryAnswer_HasThePublishedForm(string area)
    {
        var conversation = await run.OfAsync(area);
        Assert.True(conversation.Faults.Count == 0, $"{conversation.Faults.Count} deviations:\n{string.Join('\n', conversation.Faults)}");
    }

    [Fact]
    public async Task EveryDeviation_IsStillNeeded()
    {
        foreach (var area in ContractRun.Areas.Keys) await run.OfAsync(area);
        Assert.Empty(run.UnusedDeviations);
    }

    [Fact]
    public async Task EveryImplementedOperation_ThatIsPublished_IsExercisedWithSuccess()
    {
        var implemented = await run.ImplementedAsync();
        HashSet<string> succeeded = [];
        foreach (var area in ContractRun.Areas.Keys) succeeded.UnionWith((await run.OfAsync(area)).Succeeded);
        Assert.True(implemented.Count > 50, "The server's own description lists hardly any operation.");
        Assert.Empty(implemented.Except(succeeded).Order(StringComparer.Ordinal));
    }
}

/// <summary>One server for all areas; each area runs once, whichever test asks first.</summary>
public sealed class ContractRun : IAsyncLifetime
{
    private const string Missing = "The published API description does not lie beside the repository (../shared/openapi).";

    private readonly ConcurrentDictionary<string, Lazy<Task<Conversation>>> _areas = new();
    private readonly KnownDeviations _deviations = new();
    private Description? _published;
    private RunningServer? _server;

    internal static IReadOnlyDictionary<string, Func<Conversation, Task>> Areas { get; } = new Dictionary<string, Func<Conversation, Task>>
    {
        ["vouchers"] = VoucherScenario.RunAsync,
        ["redemptions"] = RedemptionScenario.RunAsync,
        ["customers, orders, segments"] = CustomerScenario.RunAsync,
        ["products, collections, categories"] = CatalogueScenario.RunAsync,
        ["campaigns, publications"] = CampaignScenario.RunAsync,
        ["promotions"] = PromotionScenario.RunAsync,
        ["loyalties, rewards"] = LoyaltyScenario.RunAsync,
        ["referrals"] = ReferralScenario.RunAsync,
        ["validation rules, qualifications"] = RuleScenario.RunAsync,
        ["exports"] = ExportScenario.RunAsync,
        ["public channel"] = ClientScenario.RunAsync,
        ["management, tokens"] = ManagementScenario.RunAsync,
    };

    internal IReadOnlyList<string> UnusedDeviations => _deviations.Unused;

    internal Task<Conversation> OfAsync(string area)
    {
        if (_published is null || _server is null) Assert.Skip(Missing);
        return _areas.GetOrAdd(area, name => new(async () =>
        {
            var conversation = new Conversation(_server, _published, _deviations);
            await conversation.RunAsync(Areas[name]);
            return conversation;
        })).Value;
    }

    /// <summary>The operations that the server says it has and the description knows.</summary>
    internal async Task<IReadOnlyCollection<string>> ImplementedAsync()
    {
        if (_published is null || _server is null) Assert.Skip(Missing);
        var own = (await _server.SendAsync(HttpMethod.Get, "/openapi/v1.json", null)).Json;
        return [.. own["paths"]!.AsObject()
            .SelectMany(p => p.Value!.AsObject().Select(v => _published.Find(v.Key.ToUpperInvariant(), p.Key)))
            .OfType<PublishedOperation>().Select(o => o.Name)];
    }

    public async ValueTask InitializeAsync()
    {
        _published = Description.Read();
        if (_published is null) return;
        _server = await RunningServer.StartAsync(("Limits:Client:Requests", "10000"), ("Limits:WrongCodes:PerHour", "0"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }
}
