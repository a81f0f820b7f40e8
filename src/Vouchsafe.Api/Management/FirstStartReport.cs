using System.Text;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Management;

/// <summary>What the first start tells the operator, once. Secrets that came from the configuration are not repeated.</summary>
internal sealed record FirstStartReport(BootstrapSettings Settings, Project Project, NewKey Server, NewKey Client, NewKey Management)
{
    private const string Rule = "--------------------------------------------------------------------------------";

    private const string SetUpNote = "makes the first administrator; works once, for 24 hours";

    internal string Render(string address, string? setUp)
    {
        var server = Settings.ApplicationToken is null ? Server.Secret : "<the configured application token>";
        var client = Settings.ClientToken is null ? Client.Secret : "<the configured client token>";
        var management = Settings.ManagementToken is null ? Management.Secret : "<the configured management token>";
        var origin = SampleOrigin(Settings.WebsiteUrls);
        var text = new StringBuilder();
        text.AppendLine(Rule)
            .AppendLine("First start: a sandbox project was made. Its keys, shown here only this once:")
            .AppendLine()
            .AppendLine($"  Project          {Project.Id}")
            .AppendLine($"  Private channel  X-App-Id                 {Server.Row.Id}")
            .AppendLine($"                   X-App-Token              {server}")
            .AppendLine($"  Public channel   X-Client-Application-Id  {Client.Row.Id}")
            .AppendLine($"                   X-Client-Token           {client}")
            .AppendLine($"                   website URLs             {string.Join(", ", Project.ClientTrustedDomains)}")
            .AppendLine($"  Management       X-Management-Id          {Management.Row.Id}")
            .AppendLine($"                   X-Management-Token       {management}")
            .AppendLine(setUp is null ? $"  Dashboard        {address}" : $"  Dashboard        {address}{setUp}")
            .Append(setUp is null ? "" : $"                   {SetUpNote}{Environment.NewLine}")
            .AppendLine()
            .AppendLine($"Try the sample voucher {FirstStart.SampleCode} (10 % off): validate it from a server, from a web page, then redeem it.")
            .AppendLine()
            .AppendLine($"curl -s -X POST {address}/v1/vouchers/{FirstStart.SampleCode}/validate -H 'X-App-Id: {Server.Row.Id}' -H 'X-App-Token: {server}' -H 'Content-Type: application/json' -d '{{\"order\":{{\"amount\":10000}}}}'")
            .AppendLine()
            .AppendLine($"curl -s '{address}/client/v1/validate?code={FirstStart.SampleCode}&amount=10000' -H 'X-Client-Application-Id: {Client.Row.Id}' -H 'X-Client-Token: {client}' -H 'Origin: {origin}'")
            .AppendLine()
            .AppendLine($"curl -s -X POST {address}/v1/vouchers/{FirstStart.SampleCode}/redemption -H 'X-App-Id: {Server.Row.Id}' -H 'X-App-Token: {server}' -H 'Content-Type: application/json' -d '{{\"order\":{{\"amount\":10000}}}}'")
            .Append(Rule);
        return text.ToString();
    }

    /// <summary>What a later start tells as long as nobody has used a set-up link.</summary>
    internal static string RenderSetUp(string address, string setUp) =>
        string.Join(Environment.NewLine, Rule, "The dashboard has no members yet.", "", $"  Dashboard        {address}{setUp}", $"                   {SetUpNote}", Rule);

    /// <summary>An origin that the first website URL lets in.</summary>
    internal static string SampleOrigin(IReadOnlyList<string> websites) => websites.Count == 0 ? "http://localhost" : websites[0] switch
    {
        "*" => "https://shop.example",
        "localhost" => "http://localhost",
        var entry when entry.Contains("://", StringComparison.Ordinal) => entry,
        var entry when entry.StartsWith('.') => "https://www" + entry,
        var entry => "https://" + entry,
    };
}
