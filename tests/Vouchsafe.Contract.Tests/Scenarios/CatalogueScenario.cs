namespace Vouchsafe.Contract.Tests.Scenarios;

internal static class CatalogueScenario
{
    internal static async Task RunAsync(Conversation c)
    {
        await Products(c);
        await Collections(c);
        await Categories(c);
    }

    private static async Task Products(Conversation c)
    {
        var product = await c.Call("POST /v1/products", """
            {"source_id":"cp-phone","name":"Phone","price":50000,"attributes":["color","memory"],"image_url":"https://shop.example/phone.png","metadata":{"brand":"x"}}
            """);
        var bare = await c.Call("POST /v1/products", """{"name":"Bare"}""");
        await c.Call("GET /v1/products/cp-phone");
        await c.Call($"GET /v1/products/{bare["id"]}");
        await c.Call("PUT /v1/products/cp-phone", """{"name":"Phone 2","price":51000}""");
        var sku = await c.Call($"POST /v1/products/{product["id"]}/skus", """
            {"source_id":"cp-phone-red","sku":"red","price":52000,"currency":"USD","attributes":{"color":"red","memory":"1"},"image_url":"https://shop.example/red.png","metadata":{"a":1}}
            """);
        var second = await c.Call("POST /v1/products/cp-phone/skus", """{"sku":"blue"}""");
        await c.Call($"GET /v1/skus/{sku["id"]}");
        await c.Call($"GET /v1/skus/{second["id"]}");
        await c.Call("GET /v1/products/cp-phone/skus");
        await c.Call("GET /v1/products/cp-phone");
        await c.Call($"PUT /v1/products/cp-phone/skus/{sku["id"]}", """{"price":53000,"metadata":{"a":2}}""");
        await c.Call("GET /v1/products?limit=100&order=name");
        await c.Call($"DELETE /v1/products/cp-phone/skus/{second["id"]}", expect: 204);
        await c.Call($"DELETE /v1/products/{bare["id"]}?force=true", expect: 204);

        await c.Call("GET /v1/products/cp-none", expect: 404);
        await c.Call("DELETE /v1/products/cp-none", expect: 404);
        await c.Call("GET /v1/products/cp-none/skus", expect: 404);
        await c.Call("GET /v1/skus/sku_none", expect: 404);
        await c.Call("DELETE /v1/products/cp-phone/skus/sku_none", expect: 404);
        await c.Call("POST /v1/products", """{"name":"x","price":-1}""", 400);
    }

    private static async Task Collections(Conversation c)
    {
        await c.Call("POST /v1/products/bulk/async", """[{"source_id":"cl-bulk","name":"Mug","price":300,"attributes":["colour"],"metadata":{"a":1}}]""", 202);
        await c.Call("POST /v1/products/bulk/async", """[{"name":"Mug"}]""", 400);
        await c.Call("POST /v1/products/metadata/async", """{"source_ids":["cl-bulk"],"metadata":{"a":2}}""", 202);
        await c.Call("POST /v1/products/metadata/async", """{"source_ids":[],"metadata":{"a":2}}""", 400);
        var product = await c.Call("POST /v1/products", """{"source_id":"cl-cup","name":"Cup","price":500}""");
        var listed = await c.Call("POST /v1/product-collections", $$$"""{"type":"STATIC","name":"Cups","products":[{"id":"{{{product["id"]}}}","object":"product"}]}""");
        var dynamic = await c.Call("POST /v1/product-collections", """{"type":"AUTO_UPDATE","name":"Dear","filter":{"junction":"and","price":{"conditions":{"$more_than":[400]}}}}""");
        await c.Call($"GET /v1/product-collections/{listed["id"]}");
        await c.Call($"GET /v1/product-collections/{dynamic["id"]}");
        await c.Call($"GET /v1/product-collections/{listed["id"]}/products");
        await c.Call($"GET /v1/product-collections/{dynamic["id"]}/products?limit=100");
        await c.Call("GET /v1/product-collections?limit=100");
        await c.Call($"PUT /v1/product-collections/{listed["id"]}", $$$"""{"type":"STATIC","name":"All cups","products":[{"id":"{{{product["id"]}}}","object":"product"}]}""");
        await c.Call($"DELETE /v1/product-collections/{listed["id"]}", expect: 204);

        await c.Call("GET /v1/product-collections/pc_none", expect: 404);
        await c.Call("DELETE /v1/product-collections/pc_none", expect: 404);
        await c.Call("GET /v1/product-collections/pc_none/products", expect: 404);
        await c.Call("POST /v1/product-collections", """{"type":"ODD","name":"x"}""", 400);
    }

    private static async Task Categories(Conversation c)
    {
        var category = await c.Call("POST /v1/categories", """{"name":"First","hierarchy":5}""");
        await c.Call("POST /v1/categories", """{"name":"Exclusive","hierarchy":6,"stacking_rules_type":"EXCLUSIVE"}""");
        await c.Call($"GET /v1/categories/{category["id"]}");
        await c.Call("GET /v1/categories");
        await c.Call($"PUT /v1/categories/{category["id"]}", """{"name":"Prime","hierarchy":7}""");
        await c.Call($"DELETE /v1/categories/{category["id"]}", expect: 204);
        await c.Call("GET /v1/categories/cat_none", expect: 404);
        await c.Call("DELETE /v1/categories/cat_none", expect: 404);
        await c.Call("POST /v1/categories", """{"hierarchy":"high"}""", 400);
    }
}
