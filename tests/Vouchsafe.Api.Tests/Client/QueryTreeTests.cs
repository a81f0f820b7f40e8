using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Vouchsafe.Api.Client;
using Xunit;

namespace Vouchsafe.Api.Tests.Client;

public sealed class QueryTreeTests
{
    [Theory]
    [InlineData("?item%5B0%5D%5Bproduct_id%5D=p%201", """{"item":{"0":{"product_id":"p 1"}}}""")]
    [InlineData("item[0][product_id]=p+1", """{"item":{"0":{"product_id":"p 1"}}}""")]
    [InlineData("?&metadata[a]=1&metadata[A]=2", """{"metadata":{"a":"1","A":"2"}}""")]
    [InlineData("a=&b", """{"a":"","b":""}""")]
    [InlineData("a=x=y", """{"a":"x=y"}""")]
    [InlineData("metadata%5Bna%C3%AFve%5D=%E2%82%AC", """{"metadata":{"na\u00efve":"\u20ac"}}""")]
    [InlineData("", "{}")]
    [InlineData(null, "{}")]
    public void Names_BecomeATree(string? query, string expected)
    {
        Assert.False(QueryTree.Parse(query).Failed(out _, out var tree));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), tree), tree!.ToJsonString());
    }

    [Theory]
    [InlineData("a=1&a=2", "a stands twice")]
    [InlineData("a[b]=1&a%5Bb%5D=1", "a[b] stands twice")]
    [InlineData("a=1&a[b]=2", "both a value and members")]
    [InlineData("a[b]=1&a=2", "both a value and members")]
    [InlineData("a[b=1", "brackets that do not match")]
    [InlineData("a]=1", "brackets that do not match")]
    [InlineData("a[b]c=1", "brackets that do not match")]
    [InlineData("a[b[c]]=1", "brackets that do not match")]
    [InlineData("a[]=1", "empty name")]
    [InlineData("[a]=1", "empty name")]
    [InlineData("a[b][c][d][e][f][g]=1", "nested too deeply")]
    [InlineData("a=%00", "NUL")]
    public void WhatHasTwoMeanings_IsRefusedByName(string query, string expected)
    {
        Assert.True(QueryTree.Parse(query).Failed(out var error, out _));
        Assert.Equal(400, error.Status);
        Assert.Contains(expected, error.Details);
    }

    [Fact]
    public void AnEndlessQuery_IsRefused()
    {
        var query = string.Join('&', Enumerable.Range(0, 2_001).Select(i => $"p{i}=1"));

        Assert.True(QueryTree.Parse(query).Failed(out _, out _));
    }

    [Fact]
    public void AnyTree_SurvivesBothEncodings() =>
        Tree.Sample(tree =>
        {
            foreach (var escape in (bool[])[true, false])
            {
                Assert.False(QueryTree.Parse(Write(tree, escape)).Failed(out _, out var read));
                Assert.True(JsonNode.DeepEquals(tree, read), $"{tree.ToJsonString()} is not {read!.ToJsonString()}");
            }
        });

    [Fact]
    public void NoText_MakesItThrow() =>
        Gen.Char["[]=&%+0aA\0é\ud800 "].Array[0, 60].Sample(chars =>
        {
            _ = QueryTree.Parse(new string(chars)).Failed(out _, out _);
            _ = ContextQuery.Read("code=x&item" + new string(chars)).Failed(out _, out _);
        });

    private static readonly Gen<string> Name = Gen.Char["abcXYZ09 _-.$&=+%é"].Array[1, 8].Select(c => new string(c));

    private static readonly Gen<JsonObject> Tree = Gen.Select(Gen.Dictionary(Name, Gen.String.AlphaNumeric)[0, 4], Gen.Dictionary(Name, Gen.Dictionary(Name, Name)[1, 3])[0, 3])
        .Select((leaves, branches) =>
        {
            JsonObject root = [];
            foreach (var (name, text) in leaves) root[name] = text;
            foreach (var (name, members) in branches) root[name] = new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value)));
            return root;
        });

    private static string Write(JsonObject tree, bool escapeBrackets)
    {
        StringBuilder query = new("?");
        foreach (var (name, node) in tree)
        {
            if (node is not JsonObject members) query.Append('&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(node!.GetValue<string>()));
            else
                foreach (var (inner, text) in members)
                    query.Append('&').Append(Uri.EscapeDataString(name)).Append(escapeBrackets ? "%5B" : "[").Append(Uri.EscapeDataString(inner))
                        .Append(escapeBrackets ? "%5D" : "]").Append('=').Append(Uri.EscapeDataString(text!.GetValue<string>()));
        }
        return query.ToString();
    }
}
