using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Vouchsafe.Testing;

namespace Vouchsafe.Server.Tests;

/// <summary>What the README promises a newcomer: the command as it stands there, in an empty directory, and the three lines it prints.</summary>
public sealed partial class FirstStartTests : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private readonly string _folder = Directory.CreateTempSubdirectory("vouchsafe-first-").FullName;
    private readonly int _port = Ports.Free();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Newcomer_PastesThreeLinesAndRedeems_AndTheSecondStartKeepsAllOfIt()
    {
        string first;
        await using (var server = await StartAsync())
        {
            first = server.Output;
            var lines = first.Split('\n').Where(line => line.StartsWith("curl ", StringComparison.Ordinal)).ToArray();
            Assert.Equal(3, lines.Length);

            var fromServer = await PasteAsync(lines[0]);
            var fromPage = await PasteAsync(lines[1]);
            var redemption = await PasteAsync(lines[2]);

            Assert.True(fromServer["valid"]!.GetValue<bool>(), fromServer.ToJsonString());
            Assert.True(fromPage["valid"]!.GetValue<bool>(), fromPage.ToJsonString());
            Assert.Equal("SUCCESS", redemption["result"]?.ToString());
            Assert.Equal(1, await RedeemedAsync(first));
        }

        Assert.True(File.Exists(Path.Combine(_folder, "data", "vouchsafe.db")), "The database does not lie under ./data.");
        await using var again = await StartAsync();

        Assert.Equal(1, await RedeemedAsync(first));
        Assert.DoesNotContain("curl ", again.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Header("X-App-Token", first), again.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Header("X-Client-Token", first), again.Output, StringComparison.Ordinal);
    }

    private Task<StartedByCommand> StartAsync()
    {
        Assert.Contains("dotnet run --project src/Vouchsafe.Server\n", File.ReadAllText(Path.Combine(Repository.Root, "README.md")), StringComparison.Ordinal);
        // The README's command, with what only a test needs: the build that is there, and a port of its own.
        return StartedByCommand.RunAsync(_folder, _port,
            ["run", "--no-build", "-c", Repository.Configuration, "--project", Path.Combine(Repository.Root, "src", "Vouchsafe.Server")], StartLimit);
    }

    /// <summary>Runs a line as a shell does; the status code comes through curl's own settings, so that the line stays as it was printed.</summary>
    private async Task<JsonNode> PasteAsync(string line)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, ".curlrc"), "write-out = \"\\n%{http_code}\"\n");
        var start = new ProcessStartInfo("bash", ["-c", line]) { RedirectStandardOutput = true, WorkingDirectory = _folder };
        start.Environment["CURL_HOME"] = _folder;
        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        var end = output.LastIndexOf('\n');
        Assert.True(output[(end + 1)..] == "200", $"{line}\n{output}");
        return JsonNode.Parse(output[..end])!;
    }

    private async Task<int> RedeemedAsync(string announced)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-App-Id", Header("X-App-Id", announced));
        http.DefaultRequestHeaders.Add("X-App-Token", Header("X-App-Token", announced));
        var voucher = await http.GetStringAsync($"http://localhost:{_port}/v1/vouchers/WELCOME-10");
        return JsonNode.Parse(voucher)!["redemption"]!["redeemed_quantity"]!.GetValue<int>();
    }

    private static string Header(string name, string announced) =>
        HeaderLine().Matches(announced).First(match => match.Groups["name"].Value == name).Groups["value"].Value;

    [GeneratedRegex(@"(?<name>X-[A-Za-z-]+)\s+(?<value>\S+)$", RegexOptions.Multiline)]
    private static partial Regex HeaderLine();
}
