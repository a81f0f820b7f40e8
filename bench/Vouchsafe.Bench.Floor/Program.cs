// The least that an answer costs on this machine: bare Kestrel, one terminal middleware, no routing, no logging.
//   /reject  429 and the text that the product sends to the browser client
//   /body    200 and the bytes of the file named by FLOOR_BODY (a body recorded from the product), no headers of ours
//   /*       the same with the header lines of the file named by FLOOR_HEADERS (recorded with the body); what a request brings is read
using Microsoft.Extensions.Primitives;

var body = Environment.GetEnvironmentVariable("FLOOR_BODY") is { } file ? await File.ReadAllBytesAsync(file) : "{}"u8.ToArray();
var headers = Environment.GetEnvironmentVariable("FLOOR_HEADERS") is { } lines
    ? (await File.ReadAllLinesAsync(lines)).Where(l => l.Contains(": ", StringComparison.Ordinal))
        .Select(l => l.Split(": ", 2)).Select(h => KeyValuePair.Create(h[0], new StringValues(h[1].Trim()))).ToArray()
    : [];
var rejection = "API calls limit exceeded."u8.ToArray();

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
var app = builder.Build();
app.Run(async http =>
{
    var path = http.Request.Path.Value;
    if (HttpMethods.IsPost(http.Request.Method)) await http.Request.Body.CopyToAsync(Stream.Null);
    var reject = path == "/reject";
    var bytes = reject ? rejection : body;
    var response = http.Response;
    response.StatusCode = reject ? 429 : 200;
    response.ContentType = reject ? "text/plain; charset=utf-8" : "application/json; charset=utf-8";
    response.ContentLength = bytes.Length;
    if (!reject && path != "/body")
        foreach (var (name, value) in headers) response.Headers[name] = value;
    await response.BodyWriter.WriteAsync(bytes);
});
app.Run();
