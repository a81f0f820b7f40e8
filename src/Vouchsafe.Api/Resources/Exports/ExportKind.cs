using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Exports.Kinds;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Exports;

/// <summary>One kind of resource that can be exported.</summary>
internal abstract class ExportKind
{
    /// <summary>Wire name, such as <c>voucher_transactions</c>.</summary>
    internal abstract string Name { get; }

    /// <summary>Every field that there is.</summary>
    internal abstract IReadOnlyList<string> Fields { get; }

    /// <summary>The fields of an export that names none.</summary>
    internal abstract IReadOnlyList<string> Defaults { get; }

    /// <summary>Every order that there is.</summary>
    internal abstract IReadOnlyList<string> Orders { get; }

    /// <summary>What can be filtered by beside the fields; names that end with a dot stand for all that begin so.</summary>
    internal abstract IReadOnlyList<string> FurtherFilters { get; }

    /// <summary>The ids of the rows in their order, before filters; some kinds narrow them down by what the filters say.</summary>
    internal abstract IQueryable<string> Ids(VouchsafeDbContext db, ProjectSettings project, ExportParameters parameters);

    /// <summary>Rows by id, with every field and everything that can be filtered by; one that is gone is left out.</summary>
    internal abstract Task<IReadOnlyDictionary<string, JsonObject>> LoadAsync(VouchsafeDbContext db, ProjectSettings project, List<string> ids, CancellationToken ct);

    /// <summary>Whether a name is one of a field; <c>metadata.x</c> is where there is metadata.</summary>
    internal bool HasField(string? name) => name is not null && (Fields.Contains(name) || IsMetadata(name));

    /// <summary>Whether rows can be filtered by a name.</summary>
    internal bool CanFilterBy(string name) =>
        HasField(name) || FurtherFilters.Any(f => f.EndsWith('.') ? name.StartsWith(f, StringComparison.Ordinal) && name.Length > f.Length : f == name);

    /// <summary>Sorts by a column that is named as on the wire; ids, which grow with time, settle ties.</summary>
    protected static IQueryable<string> Sorted<T>(IQueryable<T> rows, string? order, string fallback = "-created_at") where T : class
    {
        var wanted = order ?? fallback;
        var column = string.Concat(wanted.TrimStart('-').Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return (wanted.StartsWith('-')
            ? rows.OrderByDescending(r => EF.Property<object>(r, column)).ThenByDescending(r => EF.Property<string>(r, "Id"))
            : rows.OrderBy(r => EF.Property<object>(r, column)).ThenBy(r => EF.Property<string>(r, "Id"))).Select(r => EF.Property<string>(r, "Id"));
    }

    /// <summary>A resource in wire form, to which further members are added.</summary>
    protected static JsonObject Wire<T>(T response) => JsonSerializer.SerializeToNode(response, WireJson.Options)!.AsObject();

    /// <summary>Metadata as a member of a row.</summary>
    protected static JsonNode? Metadata(string? json) => json is null ? null : JsonNode.Parse(json);

    /// <summary>An instant as a member of a row.</summary>
    protected static JsonNode? Instant(DateTimeOffset? instant) => instant is { } at ? WireJson.Format(at) : null;

    private bool IsMetadata(string name) => name.StartsWith("metadata.", StringComparison.Ordinal) && name.Length > "metadata.".Length && Fields.Contains("metadata");
}

/// <summary>All kinds, one line each.</summary>
internal static class ExportKinds
{
    private static readonly Dictionary<string, ExportKind> Table = new ExportKind[]
    {
        new VoucherExport(), new RedemptionExport(), new CustomerExport(), new PublicationExport(), new OrderExport(), new PointsExpirationExport(),
        new VoucherTransactionsExport(), new ProductExport(), new SkuExport(),
    }.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    internal static IEnumerable<string> Names => Table.Keys;

    internal static ExportKind? Find(string name) => Table.GetValueOrDefault(name);
}
