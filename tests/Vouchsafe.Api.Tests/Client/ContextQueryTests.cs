using System.Text.Json.Nodes;
using Vouchsafe.Api.Client;
using Xunit;

namespace Vouchsafe.Api.Tests.Client;

public sealed class ContextQueryTests
{
    [Fact]
    public void TheOldClientsQuery_BecomesTheBody()
    {
        var context = Read("?code=CL-1&amount=13000&item%5B0%5D%5Bproduct_id%5D=p1&item%5B0%5D%5Bquantity%5D=2&metadata%5Bdesk%5D=D4"
            + "&order%5Bmetadata%5D%5Bshop%5D=north&customer%5Bsource_id%5D=old&customer%5Bmetadata%5D%5Bcountry%5D=PL&tracking_id=t");

        Assert.Equal("CL-1", context.Code);
        AssertBody("""
            {"tracking_id":"t","metadata":{"desk":"D4"},"customer":{"source_id":"old","metadata":{"country":"PL"}},
             "order":{"metadata":{"shop":"north"},"amount":13000,"items":[{"product_id":"p1","quantity":2}]}}
            """, context);
    }

    [Fact]
    public void TheNewClientsSession_BecomesTheBody()
    {
        var context = Read("code=A&session_type=LOCK&session_key=k&session_ttl=5&session_ttl_unit=MINUTES&item[0][price]=100&item[0][amount]=200"
            + "&item[0][product][name]=n&item[0][product][price]=7&item[0][product][override]=true&item[1][sku_id]=s");

        AssertBody("""
            {"order":{"items":[{"price":100,"amount":200,"product":{"name":"n","price":7,"override":true}},{"sku_id":"s"}]},
             "session":{"type":"LOCK","key":"k","ttl_unit":"MINUTES","ttl":5}}
            """, context);
    }

    [Fact]
    public void Metadata_StaysText()
    {
        AssertBody("""{"metadata":{"amount":"5","quantity":"","0":"x"}}""", Read("metadata[amount]=5&metadata[quantity]=&metadata[0]=x"));
        AssertBody("""{"order":{"items":[{"metadata":{"price":"5"}}]}}""", Read("items[0][metadata][price]=5"));
    }

    [Fact]
    public void EmptyValues_AreNotThere() => AssertBody("{}", Read("code=&amount=&customer=&session_ttl=&tracking_id="));

    [Fact]
    public void Items_StandInTheOrderOfTheirIndexes() =>
        AssertBody("""{"order":{"items":[{"product_id":"a"},{"product_id":"b"},{"product_id":"c"}]}}""",
            Read("item[10][product_id]=c&item[2][product_id]=b&item[0][product_id]=a"));

    [Theory]
    [InlineData("amount=12.5", "amount must be an integer")]
    [InlineData("amount=NaN", "amount must be an integer")]
    [InlineData("amount= 5", "amount must be an integer")]
    [InlineData("amount=1e3", "amount must be an integer")]
    [InlineData("amount=99999999999999999999", "amount must be an integer")]
    [InlineData("amount[x]=1", "amount must be a single value")]
    [InlineData("code[x]=1", "code must be a single value")]
    [InlineData("item[0][quantity]=two", "item[0][quantity] must be an integer")]
    [InlineData("item[a][product_id]=x", "item must be a list")]
    [InlineData("item=x", "item must have members")]
    [InlineData("item[0]=x", "item[0] must have members")]
    [InlineData("item[0][product_id]=x&item[00][product_id]=y", "stands twice")]
    [InlineData("item[0][product][override]=1", "item[0][product][override] must be true or false")]
    [InlineData("customer=x", "customer must have members")]
    [InlineData("metadata=x", "metadata must have members")]
    [InlineData("session_ttl=soon", "session_ttl must be an integer")]
    public void WhatCannotBeRead_IsRefusedByName(string query, string expected)
    {
        Assert.True(ContextQuery.Read(query).Failed(out var error, out _));
        Assert.Equal((400, "invalid_query_params"), (error.Status, error.Key));
        Assert.Contains(expected, error.Details);
    }

    private static ContextQuery Read(string query)
    {
        Assert.False(ContextQuery.Read(query).Failed(out var error, out var context), error?.Details);
        return context!;
    }

    private static void AssertBody(string expected, ContextQuery actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual.Body), actual.Body.ToJsonString());
}
