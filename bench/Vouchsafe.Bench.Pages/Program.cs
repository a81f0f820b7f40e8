// How long a page of the dashboard takes in a real Chromium, from the click to the last thing shown.
//
//   Vouchsafe.Bench.Pages seed DATABASE VOUCHERS           fills the first project of an embedded database
//   Vouchsafe.Bench.Pages run  ADDRESS EMAIL PASSWORD ROUNDS
//
// "run" visits every page of the side bar and the list of vouchers with a search, ROUNDS times after two warm rounds, and prints
// a line a page: its name, and the median and the worst in milliseconds. It counts what the browser does, too: drawing the
// page on the machine that also serves it. The time ends when the page's heading is a new one and nothing on it loads any more.
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

if (args[0] == "seed")
{
    await SeedAsync(args[1], long.Parse(args[2], CultureInfo.InvariantCulture));
    return 0;
}

var (address, rounds) = (new Uri(args[1]), int.Parse(args[4], CultureInfo.InvariantCulture));
using var playwright = await Playwright.CreateAsync();
await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Headless = true, Args = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"] });
var page = await browser.NewPageAsync(new() { ReducedMotion = ReducedMotion.Reduce, ViewportSize = new() { Width = 1280, Height = 900 } });
page.SetDefaultTimeout(60_000);
await page.GotoAsync(new Uri(address, "/account/sign-in").ToString());
await page.GetByLabel("Email").FillAsync(args[2]);
await page.GetByLabel("Password", new() { Exact = true }).FillAsync(args[3]);
await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
await page.WaitForURLAsync("**/projects/*");
await page.WaitForSelectorAsync(".side-bar a");
var pages = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.side-bar a')].map(a => a.getAttribute('href'))");
var project = new Uri(page.Url).AbsolutePath;
var visits = pages.Append($"{project}/vouchers?code=10").Append($"{project}/vouchers?state=disabled").ToArray();

var took = visits.ToDictionary(v => v, _ => new List<double>());
for (var round = -2; round < rounds; round++)
{
    foreach (var visit in visits)
    {
        // From another page, so that the heading is a new one.
        await VisitAsync("/account");
        var milliseconds = await VisitAsync(visit);
        if (round >= 0) took[visit].Add(milliseconds);
    }
}
foreach (var (visit, times) in took)
{
    times.Sort();
    var name = visit[project.Length..].Trim('/');
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(name.Length == 0 ? "overview" : name)} {times[times.Count / 2]:F0} {times[^1]:F0}"));
}
return 0;

Task<double> VisitAsync(string path) => page.EvaluateAsync<double>(
    """
    path => new Promise(done => {
      for (const heading of document.querySelectorAll('h1')) heading.dataset.old = '';
      const start = performance.now();
      const look = () => document.querySelector('h1:not([data-old])') && !document.querySelector('.mud-skeleton, .mud-progress-linear-indeterminate')
        && (watch.disconnect(), done(performance.now() - start));
      const watch = new MutationObserver(look);
      watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
      Blazor.navigateTo(path);
    })
    """, path);

static async Task SeedAsync(string file, long vouchers)
{
    await using var connection = new SqliteConnection($"Data Source={file}");
    await connection.OpenAsync();
    var series = $"(WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < {vouchers}) SELECT i FROM s)";
    const string Discount = """{"type":"PERCENT","percent_off":15,"amount_limit":5000,"effect":"APPLY_TO_ORDER"}""";
    const string Gift = """{"amount":5000,"effect":"APPLY_TO_ORDER"}""";
    // Ids in no order, as those that the product makes; a hundredth are gift cards.
    string[] statements =
    [
        $"""
        INSERT INTO vouchers (id, project_id, code, code_key, type, discount_json, gift_json, gift_amount, active, metadata_json, redemption_quantity, created_at)
        SELECT 'v_' || (i * 7919 % 1000003) || '_' || i, (SELECT id FROM projects LIMIT 1), CAST(1000000000 + 7919 * i AS TEXT), CAST(1000000000 + 7919 * i AS TEXT),
          CASE WHEN i % 100 = 0 THEN 2 ELSE 1 END, CASE WHEN i % 100 = 0 THEN NULL ELSE '{Discount}' END, CASE WHEN i % 100 = 0 THEN '{Gift}' END, CASE WHEN i % 100 = 0 THEN 5000 END,
          i % 10 <> 0, '{"{}"}', CASE WHEN i % 2 = 0 THEN NULL ELSE 100 END, 1767225600000 + i
        FROM {series} AS s
        """,
        $"INSERT INTO counters (owner, kind, value) SELECT 'v_' || (i * 7919 % 1000003) || '_' || i, 1, i % 3 FROM {series} AS s",
        $"INSERT INTO counters (owner, kind, value) SELECT id, 2, gift_amount FROM vouchers WHERE gift_amount = 5000",
        "ANALYZE",
    ];
    foreach (var text in statements)
    {
        await using var statement = connection.CreateCommand();
        (statement.CommandText, statement.CommandTimeout) = (text, 600);
        await statement.ExecuteNonQueryAsync();
    }
}
