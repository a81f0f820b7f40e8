using Vouchsafe.Api.Members;
using Vouchsafe.Security;

namespace Vouchsafe.Dashboard.Shared;

/// <summary>The API within the project that the page's address names; cascades to every page of a project.</summary>
/// <param name="api">The member's API.</param>
/// <param name="project">The project and the member's role in it.</param>
/// <param name="refresh">Reads the project again, after which a new one of these cascades.</param>
public sealed class ProjectApi(MemberApi api, ProjectOfMember project, Func<Task> refresh)
{
    /// <summary>The project.</summary>
    public ProjectOfMember Project => project;

    /// <summary>The currency of all amounts, ISO 4217; see <see cref="MoneyText"/>.</summary>
    public string Currency => project.Currency;

    /// <summary>An amount as people read it; a dash where there is none.</summary>
    /// <param name="minor">Minor units.</param>
    public string Money(long? minor) => MoneyText.OrDash(minor, project.Currency);

    /// <summary>To be called when the project's name or currency has changed.</summary>
    public Task RefreshAsync() => refresh();

    /// <summary>Whether to offer changes of promotion data. The API decides again.</summary>
    public bool MayEdit => MemberPolicy.Permits(project.Role, Scope.Vouchers, Access.Write);

    /// <summary>Whether to offer another deed. The API decides again.</summary>
    public bool May(MemberAction action) => MemberPolicy.Permits(project.Role, action);

    /// <summary>The address of a page of this project: <c>PathTo("vouchers")</c>.</summary>
    public string PathTo(string page) => $"/projects/{project.Id}/{page}";

    /// <summary>Reads one thing.</summary>
    public Task<ApiReply<T>> GetAsync<T>(string target, CancellationToken ct = default) => SendAsync<T>(HttpMethod.Get, target, null, ct);

    /// <summary>Reads a page of a list, whatever the resource calls its array.</summary>
    public Task<ApiReply<ApiList<T>>> ListAsync<T>(string target, CancellationToken ct = default) => api.ListAsync<T>(project.Id, Fill(target), ct);

    /// <summary>Calls any operation; <c>{project}</c> in the target stands for the project's id.</summary>
    public Task<ApiReply<T>> SendAsync<T>(HttpMethod method, string target, object? body = null, CancellationToken ct = default) =>
        api.SendAsync<T>(project.Id, method, Fill(target), body, ct);

    /// <summary>The same, the answer as it is.</summary>
    public Task<ApiReply> SendRawAsync(HttpMethod method, string target, object? body = null, CancellationToken ct = default) =>
        api.SendRawAsync(project.Id, method, Fill(target), body, ct);

    private string Fill(string target) => target.Replace("{project}", Uri.EscapeDataString(project.Id), StringComparison.Ordinal);
}

/// <summary>A project as the member sees it.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="IsSandbox">Whether its keys can be read at any time.</param>
/// <param name="Role">What the member is in it.</param>
public sealed record ProjectOfMember(string Id, string Name, string Currency, bool IsSandbox, MemberRole Role);

/// <summary>The signed-in member.</summary>
/// <param name="Id">Id.</param>
/// <param name="Email">Address.</param>
/// <param name="DisplayName">Name.</param>
/// <param name="IsOperator">Whether they run the installation.</param>
/// <param name="Projects">The projects they may work in.</param>
public sealed record SignedInMember(string Id, string Email, string? DisplayName, bool IsOperator, IReadOnlyList<ProjectOfMember> Projects);
