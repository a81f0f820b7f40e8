using System.Globalization;
using Vouchsafe.Testing;
using static Vouchsafe.Api.Tests.Money.MoneyServer;

namespace Vouchsafe.Api.Tests.Money;

public sealed class SqliteHistoryTests : HistoryTests
{
    private protected override Task<TestServer> StartAsync() => OnSqliteAsync();
}

public sealed class PostgresHistoryTests(PostgresServer postgres) : HistoryTests
{
    private protected override Task<TestServer> StartAsync() => OnPostgresAsync(postgres);
}

/// <summary>
/// Random histories over the wire, one step after another, each answer foretold by a model of a few lines.
/// <c>VOUCHSAFE_HISTORY_STEPS</c> and <c>VOUCHSAFE_HISTORY_SEED</c> make it longer or repeat one.
/// </summary>
public abstract class HistoryTests
{
    private protected abstract Task<TestServer> StartAsync();

    [Fact]
    public async Task RandomHistory_EveryAnswerIsTheModels()
    {
        var steps = Setting("VOUCHSAFE_HISTORY_STEPS", 700);
        var seed = Setting("VOUCHSAFE_HISTORY_SEED", Random.Shared.Next());
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        await using var server = await StartAsync();
        server.Clock.Stop();
        var history = new History(server, new Random(seed));
        await history.PrepareAsync();
        for (var step = 1; step <= steps; step++)
        {
            var problem = await history.StepAsync();
            Assert.True(problem is null, $"seed {seed}, step {step}: {problem}");
            if (step % 350 == 0) await server.AssertBooksAsync();
        }
        await server.AssertBooksAsync();
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    private sealed record Hold(string Session, string Code, string? Customer, long Credits, DateTimeOffset Ends);

    private sealed record Made(string Id, string Code, string? Customer, long Credits) { public bool Undone { get; set; } }

    private sealed class History(TestServer server, Random random)
    {
        private readonly HttpClient _shop = server.Private();
        private readonly Dictionary<string, long?> _quantities = [];
        private readonly Dictionary<string, long> _loaded = [];
        private readonly HashSet<string> _oncePerCustomer = [];
        private readonly List<string> _codes = [];
        private readonly List<Made> _made = [];
        private List<Hold> _holds = [];

        internal async Task PrepareAsync()
        {
            foreach (long? quantity in (long?[])[null, 1, 3, 8]) _codes.Add(await VoucherAsync(quantity, null));
            var rule = await _shop.AtMostAsync("redemption.count.per_customer", 2);
            foreach (long? quantity in (long?[])[null, 5])
            {
                _codes.Add(await VoucherAsync(quantity, rule));
                _oncePerCustomer.Add(_codes[^1]);
            }
            foreach (var amount in (long[])[1_000, 300])
            {
                _codes.Add(await _shop.CardAsync(amount));
                (_loaded[_codes[^1]], _quantities[_codes[^1]]) = (amount, null);
            }
        }

        private async Task<string> VoucherAsync(long? quantity, string? rule)
        {
            var code = await _shop.VoucherAsync(quantity, rule);
            _quantities[code] = quantity;
            return code;
        }

        internal async Task<string?> StepAsync()
        {
            server.Clock.Advance(TimeSpan.FromSeconds(random.Next(4)));
            _holds = [.. _holds.Where(h => h.Ends > Now)];
            var code = _codes[random.Next(_codes.Count)];
            return random.Next(12) switch
            {
                < 4 => await RedeemAsync(code),
                < 7 => await LockAsync(code),
                7 => await ReleaseAsync(code),
                < 10 => await RollBackAsync(),
                10 => await LoadAsync(code),
                _ => await LookAsync(code),
            };
        }

        private DateTimeOffset Now
        {
            get
            {
                var now = server.Clock.GetUtcNow();
                return new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
            }
        }

        private string Session() => $"s{random.Next(5)}";

        private string? Customer(string code) => _oncePerCustomer.Contains(code) ? $"c{random.Next(3)}" : null;

        private long Redeemed(string code) => _made.Count(m => m.Code == code && !m.Undone);

        private long Balance(string card) => _loaded[card] - _made.Where(m => m.Code == card && !m.Undone).Sum(m => m.Credits);

        // What a session may take of a code for an order: null, nothing; else the credits, 0 for discounts.
        private long? Allowed(string code, string? session, string? customer, long amount)
        {
            var others = _holds.Where(h => h.Code == code && h.Session != session).ToList();
            if (_quantities[code] is { } quantity && Redeemed(code) + others.Count >= quantity) return null;
            if (_oncePerCustomer.Contains(code)
                && _made.Count(m => m.Code == code && m.Customer == customer && !m.Undone) + others.Count(h => h.Customer == customer) >= 2) return null;
            if (!_loaded.ContainsKey(code)) return 0;
            var left = Balance(code) - others.Sum(h => h.Credits);
            return left <= 0 ? null : Math.Min(left, amount);
        }

        private async Task<string?> RedeemAsync(string code)
        {
            var (session, customer, amount) = (random.Next(2) == 0 ? Session() : null, Customer(code), random.Next(100, 200));
            var due = Allowed(code, session, customer, amount);
            var answer = await _shop.PostAsync("/v1/redemptions", Use(code, amount, session, customer));
            if (due is null) return answer.Status == HttpStatusCode.BadRequest ? null : $"redeeming {code} as {session} must fail: {answer.Status} {answer.Body}";
            if (answer.Status != HttpStatusCode.OK) return $"redeeming {code} as {session} must succeed: {answer.Status} {answer.Body}";
            if (_loaded.ContainsKey(code) && answer.Number("redemptions.0.amount") != due) return $"{code} must pay {due}: {answer.Body}";
            _made.Add(new Made(answer.Text("redemptions.0.id")!, code, customer, due.Value));
            if (session is not null) _holds.RemoveAll(h => h.Session == session);
            return Shows(code, answer["redemptions.0.voucher"]);
        }

        private async Task<string?> LockAsync(string code)
        {
            var (session, customer, amount, seconds) = (Session(), Customer(code), random.Next(100, 200), random.Next(1, 40));
            var due = Allowed(code, session, customer, amount);
            var answer = await _shop.PostAsync("/v1/validations", Lock(code, session, amount, seconds, customer));
            if (answer.Status != HttpStatusCode.OK || answer["valid"].GetBoolean() != due is not null) return $"locking {code} as {session} must be {due is not null}: {answer.Status} {answer.Body}";
            if (due is null) return null;
            _holds.RemoveAll(h => h.Session == session);
            _holds.Add(new Hold(session, code, customer, due.Value, Now.AddSeconds(seconds)));
            return null;
        }

        private async Task<string?> ReleaseAsync(string code)
        {
            var session = Session();
            var held = _holds.RemoveAll(h => h.Session == session && h.Code == code) > 0;
            var answer = await _shop.DeleteJsonAsync($"/v1/vouchers/{code}/sessions/{session}");
            return answer.Status == (held ? HttpStatusCode.NoContent : HttpStatusCode.NotFound) ? null : $"releasing {session} of {code} (held: {held}): {answer.Status} {answer.Body}";
        }

        private async Task<string?> RollBackAsync()
        {
            if (_made.Count == 0) return null;
            var made = _made[random.Next(_made.Count)];
            var answer = await _shop.PostAsync($"/v1/redemptions/{made.Id}/rollback", new { });
            if (answer.Status != (made.Undone ? HttpStatusCode.BadRequest : HttpStatusCode.OK)) return $"rolling {made} back: {answer.Status} {answer.Body}";
            made.Undone = true;
            return null;
        }

        private async Task<string?> LoadAsync(string code)
        {
            if (!_loaded.ContainsKey(code)) return null;
            var amount = random.Next(-120, 180);
            var fits = amount != 0 && Balance(code) - _holds.Where(h => h.Code == code).Sum(h => h.Credits) + amount >= 0;
            var answer = await _shop.PostAsync($"/v1/vouchers/{code}/balance", new { amount });
            if (answer.Status != (fits ? HttpStatusCode.OK : HttpStatusCode.BadRequest)) return $"loading {amount} onto {code}: {answer.Status} {answer.Body}";
            if (fits) _loaded[code] += amount;
            return !fits || answer.Number("balance") == Balance(code) ? null : $"{code} must hold {Balance(code)}: {answer.Body}";
        }

        private async Task<string?> LookAsync(string code) => Shows(code, (await _shop.GetJsonAsync($"/v1/vouchers/{code}")).Body);

        private string? Shows(string code, System.Text.Json.JsonElement voucher)
        {
            var redeemed = voucher.GetProperty("redemption").GetProperty("redeemed_quantity").GetInt64();
            if (redeemed != Redeemed(code)) return $"{code} must show {Redeemed(code)} redemptions: {voucher}";
            return !_loaded.ContainsKey(code) || voucher.GetProperty("gift").GetProperty("balance").GetInt64() == Balance(code) ? null : $"{code} must show {Balance(code)}: {voucher}";
        }
    }
}
