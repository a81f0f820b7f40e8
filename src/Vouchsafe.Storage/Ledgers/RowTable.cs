using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Vouchsafe.Storage.Ledgers;

/// <summary>A column as the model maps it, with a compiled way to read it from an entity in the form that the database takes.</summary>
internal sealed class RowColumn
{
    internal RowColumn(IProperty property)
    {
        Property = property.Name;
        Name = property.GetColumnName();
        StoreType = property.GetColumnType();
        IsKey = property.IsPrimaryKey();
        var converter = property.GetTypeMapping().Converter;
        ProviderType = converter?.ProviderClrType ?? Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        ProviderType = Nullable.GetUnderlyingType(ProviderType) ?? ProviderType;
        var read = Getter(property);
        var convert = converter?.ConvertToProvider;
        Read = convert is null ? read : entity => read(entity) is { } value ? convert(value) : null;
    }

    internal string Property { get; }
    internal string Name { get; }
    internal string StoreType { get; }
    internal bool IsKey { get; }

    /// <summary>CLR type of what <see cref="Read"/> returns, never a nullable.</summary>
    internal Type ProviderType { get; }

    internal Func<object, object?> Read { get; }

    private static Func<object, object?> Getter(IProperty property)
    {
        var entity = Expression.Parameter(typeof(object));
        var value = Expression.Property(Expression.Convert(entity, property.DeclaringType.ClrType), property.PropertyInfo!);
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(value, typeof(object)), entity).Compile();
    }
}

/// <summary>A table that the ledger writes rows to, derived from the model: no column is listed by hand.</summary>
internal sealed class RowTable
{
    internal RowTable(IEntityType entity)
    {
        Name = entity.GetTableName()!;
        Columns = [.. entity.GetProperties().Select(p => new RowColumn(p))];
        Keys = [.. Columns.Where(c => c.IsKey)];
    }

    internal string Name { get; }
    internal IReadOnlyList<RowColumn> Columns { get; }
    internal IReadOnlyList<RowColumn> Keys { get; }

    /// <summary>All columns, separated by commas.</summary>
    internal string ColumnList => string.Join(", ", Columns.Select(c => c.Name));

    /// <summary>The clause that turns an insert into an upsert; both databases read it alike.</summary>
    internal string OnConflict
    {
        get
        {
            var others = Columns.Where(c => !c.IsKey).Select(c => $"{c.Name} = excluded.{c.Name}").ToList();
            var keys = string.Join(", ", Keys.Select(c => c.Name));
            return others.Count == 0 ? $" ON CONFLICT ({keys}) DO NOTHING" : $" ON CONFLICT ({keys}) DO UPDATE SET {string.Join(", ", others)}";
        }
    }
}

/// <summary>The tables of a model, made when first needed.</summary>
internal sealed class RowTables(IDbContextFactory<VouchsafeDbContext> contexts)
{
    private readonly ConcurrentDictionary<Type, RowTable> _tables = new();

    internal RowTable Of(Type entity) => _tables.GetOrAdd(entity, type =>
    {
        using var db = contexts.CreateDbContext();
        return new RowTable(db.Model.FindEntityType(type) ?? throw new ArgumentException($"{type.Name} is not mapped."));
    });
}
