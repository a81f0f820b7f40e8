using Vouchsafe.Api.Wire;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Management.Projects;

/// <summary>How pages that customers see name the shop, and where they lead for its privacy policy and terms.</summary>
internal sealed record ProjectBranding(string? Name, string? PrivacyPolicyUrl, string? TermsUrl)
{
    internal static readonly ProjectBranding None = new(null, null, null);

    internal static ProjectBranding Of(Project project) => new(project.BrandName, project.PrivacyPolicyUrl, project.TermsUrl);

    internal void WriteTo(Project project) =>
        (project.BrandName, project.PrivacyPolicyUrl, project.TermsUrl) = (Clean(Name), Clean(PrivacyPolicyUrl), Clean(TermsUrl));

    internal ApiError? Problem() =>
        Check.Text(Name, "branding.name") ?? Link(PrivacyPolicyUrl, "branding.privacy_policy_url") ?? Link(TermsUrl, "branding.terms_url");

    // These stand in links that customers follow, where an address such as "javascript:" would be a script.
    private static ApiError? Link(string? text, string field) =>
        Check.Text(text, field, Check.LongText) ?? (Clean(text) is { } address && !IsWebAddress(address)
            ? CommonErrors.InvalidPayload($"{field} must be a web address, such as https://shop.example/privacy.") : null);

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" && address is { Host.Length: > 0, UserInfo.Length: 0 };

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
