using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vouchsafe.Dashboard.Pages.Playground;

/// <summary>
/// A call in the words of a program. Each sample runs as it stands once the two keys are filled in: the shell's in any POSIX
/// shell, the JavaScript as a module (<c>.mjs</c>), the C# as a file of top-level statements.
/// </summary>
public static class PlayCode
{
    /// <summary>Stands for the key's id.</summary>
    public const string IdPlaceholder = "YOUR-APPLICATION-ID";

    /// <summary>Stands for the key's token.</summary>
    public const string TokenPlaceholder = "YOUR-APPLICATION-TOKEN";

    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true };

    /// <summary>The languages, by their short names.</summary>
    public static IReadOnlyList<(string Name, string Words)> Languages { get; } = [("curl", "curl"), ("js", "JavaScript"), ("cs", "C#")];

    /// <summary>The call in a language.</summary>
    /// <param name="language">One of <see cref="Languages"/>.</param>
    /// <param name="address">The server's address without a slash at its end.</param>
    /// <param name="redeems">Whether it redeems, rather than validates.</param>
    /// <param name="body">The body.</param>
    public static string Of(string language, string address, bool redeems, JsonObject body) => language switch
    {
        "js" => JavaScript(address, redeems, body),
        "cs" => CSharp(address, redeems, body),
        _ => Curl(address, redeems, body),
    };

    private static string Path(bool redeems) => redeems ? "/v1/redemptions" : "/v1/validations";

    // The serialiser writes apostrophes as escapes, so that nothing in the body ends the shell's quotes.
    private static string Curl(string address, bool redeems, JsonObject body) =>
        $$"""
        curl -X POST '{{address}}{{Path(redeems)}}' \
          -H 'X-App-Id: {{IdPlaceholder}}' \
          -H 'X-App-Token: {{TokenPlaceholder}}' \
          -H 'Content-Type: application/json' \
          -d '{{body.ToJsonString(Pretty)}}'
        """;

    private static string JavaScript(string address, bool redeems, JsonObject body) =>
        $$"""
        // npm install @voucherify/sdk
        import sdk from '@voucherify/sdk'

        const client = sdk.VoucherifyServerSide({
          apiUrl: '{{address}}',
          applicationId: '{{IdPlaceholder}}',
          secretKey: '{{TokenPlaceholder}}',
        })
        const answer = await client.{{(redeems ? "redemptions.redeemStackable" : "validations.validateStackable")}}({{body.ToJsonString(Pretty)}})
        console.log(JSON.stringify(answer, null, 2))
        """;

    private static string CSharp(string address, bool redeems, JsonObject body) =>
        $$""""
        using var http = new HttpClient { BaseAddress = new Uri("{{address}}") };
        http.DefaultRequestHeaders.Add("X-App-Id", "{{IdPlaceholder}}");
        http.DefaultRequestHeaders.Add("X-App-Token", "{{TokenPlaceholder}}");
        const string body = """
        {{body.ToJsonString(Pretty)}}
        """;
        using var answer = await http.PostAsync("{{Path(redeems)}}", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Console.WriteLine(await answer.Content.ReadAsStringAsync());
        """";
}
