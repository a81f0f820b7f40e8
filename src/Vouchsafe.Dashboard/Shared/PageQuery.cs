using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Vouchsafe.Dashboard.Shared;

/// <summary>The query of the page's address, in which lists keep their filters so that they can be sent to somebody.</summary>
public sealed class PageQuery(NavigationManager navigation, IJSRuntime script)
{
    /// <summary>Sets one member of the query, or takes it out.</summary>
    /// <remarks>
    /// The browser decides whether the page is still there: what was typed is told a moment later, and by then somebody may
    /// have followed a link and must not be fetched back.
    /// </remarks>
    /// <param name="path">The page's path.</param>
    /// <param name="name">The member.</param>
    /// <param name="value">Its value; null or empty: none.</param>
    public Task RefineAsync(string path, string name, string? value) =>
        script.InvokeVoidAsync("vouchsafe.refine", path, navigation.GetUriWithQueryParameter(name, string.IsNullOrEmpty(value) ? null : value)).AsTask();
}
