using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Vouchsafe.Storage;

/// <summary>Names tables and columns in snake_case, so that SQL written by hand needs no quotes.</summary>
internal static class SnakeCase
{
    internal static void Apply(ModelBuilder model)
    {
        // What lies inside a JSON column has no columns of its own.
        foreach (var entity in model.Model.GetEntityTypes().Where(e => !e.IsMappedToJson()))
        {
            entity.SetTableName(JsonNamingPolicy.SnakeCaseLower.ConvertName(entity.GetTableName()!));
            foreach (var property in entity.GetProperties())
                property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
            foreach (var index in entity.GetIndexes())
                index.SetDatabaseName($"ix_{entity.GetTableName()}_{string.Join('_', index.Properties.Select(p => p.GetColumnName()))}");
        }
    }
}
