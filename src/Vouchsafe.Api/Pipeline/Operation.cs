using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vouchsafe.Api.Members;
using Vouchsafe.Security;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Pipeline;

/// <summary>What every endpoint must say of itself; one that does not keeps the process from starting.</summary>
/// <param name="Channel">Its channel.</param>
/// <param name="Id">Operation id of the published API description.</param>
/// <param name="Scope">OAuth scope that reaches it, in wire form; null on channels without scopes.</param>
/// <param name="Permission">Client permission it needs; None: always on.</param>
internal sealed record Operation(Channel Channel, string Id, string? Scope, ClientPermissions Permission = ClientPermissions.None)
{
    /// <summary>A GET that changes data all the same, so that who may only read may not call it.</summary>
    internal bool WritesByGet { get; init; }

    /// <summary>A POST that only calculates, so that who may read may call it.</summary>
    internal bool ReadsByPost { get; init; }
}

/// <summary>
/// The route tables' vocabulary: a verb, a path below the channel's prefix, a handler, an operation id, a scope.
/// </summary>
internal sealed class ChannelRoutes(IEndpointRouteBuilder app, Channel channel)
{
    private readonly string _prefix = ChannelTable.Row(channel).Prefix.Value ?? "";

    /// <summary>A route that members may call, as the deed that <see cref="MemberPolicy"/> knows.</summary>
    internal IEndpointConventionBuilder Member(string verb, string path, Delegate handler, string id, MemberAction action) =>
        Add(verb, path, handler, id, null, ClientPermissions.None).WithMetadata(new MemberAccess(action)).ExcludeFromDescription();

    internal IEndpointConventionBuilder Get(string path, Delegate handler, string id, string? scope, ClientPermissions permission = ClientPermissions.None) =>
        Add(HttpMethods.Get, path, handler, id, scope, permission);

    /// <summary>A GET that changes data, as the published description has one.</summary>
    internal IEndpointConventionBuilder GetThatWrites(string path, Delegate handler, string id, string scope) =>
        LateHandler.Map(app, HttpMethods.Get, _prefix + path, handler).WithMetadata(new Operation(channel, id, scope) { WritesByGet = true }).WithName(id);

    internal IEndpointConventionBuilder Post(string path, Delegate handler, string id, string? scope, ClientPermissions permission = ClientPermissions.None) =>
        Add(HttpMethods.Post, path, handler, id, scope, permission);

    /// <summary>A POST that calculates and stores nothing.</summary>
    internal IEndpointConventionBuilder PostThatReads(string path, Delegate handler, string id, string scope) =>
        LateHandler.Map(app, HttpMethods.Post, _prefix + path, handler).WithMetadata(new Operation(channel, id, scope) { ReadsByPost = true }).WithName(id);

    internal IEndpointConventionBuilder Put(string path, Delegate handler, string id, string? scope, ClientPermissions permission = ClientPermissions.None) =>
        Add(HttpMethods.Put, path, handler, id, scope, permission);

    internal IEndpointConventionBuilder Delete(string path, Delegate handler, string id, string? scope, ClientPermissions permission = ClientPermissions.None) =>
        Add(HttpMethods.Delete, path, handler, id, scope, permission);

    private IEndpointConventionBuilder Add(string verb, string path, Delegate handler, string id, string? scope, ClientPermissions permission) =>
        LateHandler.Map(app, verb, _prefix + path, handler)
            .WithMetadata(new Operation(channel, id, scope, permission))
            .WithName(id);
}

/// <summary>What a route table adds to its lines.</summary>
internal static class OperationMembers
{
    /// <summary>Lets members whose role permits a deed call the operation from the dashboard.</summary>
    internal static IEndpointConventionBuilder ForMembers(this IEndpointConventionBuilder route, MemberAction action) => route.WithMetadata(new MemberAccess(action));
}
