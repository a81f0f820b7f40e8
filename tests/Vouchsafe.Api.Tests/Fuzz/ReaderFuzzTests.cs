using System.Text;
using System.Text.Json;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Vouchsafe.Api.Client;
using Vouchsafe.Api.Wire;

namespace Vouchsafe.Api.Tests.Fuzz;

/// <summary>The readers of queries and bodies answer every text with a value or a refusal.</summary>
public sealed class ReaderFuzzTests
{
    private static readonly string[] QueryTokens =
    [
        "[", "]", "%5B", "%5D", "=", "&", "&", "?", "#", "item", "order", "metadata", "customer", "0", "1", "-1", "99999999999", "amount", "code", "x", "%00", "%", "%zz", "%ED%A0%80", "+", "\ud800", "é", ".", "filters", "conditions", "$is",
        "created_at", "before", "after", "2020-01-01", "junction", "and",
    ];

    private static readonly Gen<string> Queries = Gen.Int[0, QueryTokens.Length - 1].Select(i => QueryTokens[i]).Array[0, 24].Select(parts => "?" + string.Concat(parts));

    [Fact]
    public void QueriesOfThePublicChannel_OfAnyText_AreReadOrRefused() => Queries.Sample(query =>
    {
        Client(query);
        _ = QueryTree.Parse(query).Failed(out var error, out _) && error.Status == 400;
    }, iter: 20_000);

    [Fact]
    public void QueriesOfLists_OfAnyText_AreReadOrRefused() => Queries.Sample(text =>
    {
        var query = new QueryCollection(QueryHelpers.ParseQuery(text));
        if (BracketQuery.Filters(query).Failed(out var error, out _)) Assert.Equal(400, error.Status);
        if (BracketQuery.Instants(query, "created_at").Failed(out error, out _)) Assert.Equal(400, error.Status);
        if (Page.Read(new QueryReader(query)).Failed(out error, out _)) Assert.Equal(400, error.Status);
    }, iter: 20_000);

    [Fact]
    public void FreeJson_OfAnyKind_IsKeptOrRefused() => Gen.Int[0, Nasty.Json.Length - 1].Select(i => Nasty.Json[i]).Array[1, 4].Select(v => "{\"a\":[" + string.Join(',', v) + "]}").Sample(text =>
    {
        try
        {
            var kept = JsonSerializer.Deserialize<JsonText>(Encoding.UTF8.GetBytes(text), WireJson.Options);
            // What is kept is JSON again, and free of what a database cannot hold.
            using var again = JsonDocument.Parse(kept.Text);
            Assert.DoesNotContain('\0', kept.Text);
        }
        catch (JsonException)
        {
            // Refused.
        }
    }, iter: 5_000);

    private static void Client(string query) => _ = ContextQuery.Read(query).Failed(out var error, out _) && error.Status == 400;
}
