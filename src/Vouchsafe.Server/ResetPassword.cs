using System.Globalization;
using Vouchsafe.Api;
using Vouchsafe.Api.Pipeline;

namespace Vouchsafe.Server;

/// <summary>
/// <c>reset-password &lt;email&gt; [--without-second-factor] [settings]</c>: the way back for whoever lost the password and has
/// nobody to ask. It prints a link and ends; the server may run meanwhile.
/// </summary>
internal static class ResetPassword
{
    internal const string Command = "reset-password";

    private const string WithoutSecondFactor = "--without-second-factor";

    internal static async Task RunAsync(string[] args)
    {
        if (args.ElementAtOrDefault(1) is not { Length: > 0 } email || email.StartsWith('-'))
            throw new SettingsException($"Say whose password: {Command} <email> [{WithoutSecondFactor}].");
        string[] settings = [.. args.Skip(2).Where(a => a != WithoutSecondFactor)];
        await using var app = VouchsafeServer.Build(settings, builder => builder.Logging.ClearProviders());
        var isWithout = args.Contains(WithoutSecondFactor);
        var (path, expiresAt) = await VouchsafeApi.MakePasswordResetAsync(app, email, isWithout);
        Console.WriteLine($"A new password for {email} can be set here, once, until {expiresAt.UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC:");
        Console.WriteLine();
        Console.WriteLine($"  {AddressOf(app.Configuration)}{path}");
        Console.WriteLine();
        Console.WriteLine(isWithout ? "The second factor is off." : $"A second factor stays; to switch it off as well, add {WithoutSecondFactor}.");
    }

    private static string AddressOf(IConfiguration configuration) =>
        configuration["Network:PublicUrl"] is { Length: > 0 } url ? url.TrimEnd('/') : VouchsafeServer.Reachable((configuration["Urls"] ?? "").Split(';'));
}
