using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Vouchsafe.Api.Pipeline;

/// <summary>The description of the API at <c>/openapi/v1.json</c>: what is mapped, with the credentials of its channel.</summary>
internal static class ApiDescription
{
    internal static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Vouchsafe", Version = "v2018-08-01", Description = "Voucher and promotion engine. Every operation takes the credentials of its channel." };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            foreach (var name in Headers())
                document.Components.SecuritySchemes[name] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = name };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<Operation>().FirstOrDefault() is not { } mapped) return Task.CompletedTask;
            var row = ChannelTable.Row(mapped.Channel);
            operation.OperationId = mapped.Id;
            operation.Tags = new HashSet<OpenApiTagReference> { new(mapped.Channel.ToString(), context.Document) };
            if (mapped.Scope is not null) operation.Description = $"OAuth scope: {mapped.Scope}.";
            if (row is { IdHeader: { } id, SecretHeader: { } secret })
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(id, context.Document)] = [], [new OpenApiSecuritySchemeReference(secret, context.Document)] = [] }];
            return Task.CompletedTask;
        });
    }

    private static IEnumerable<string> Headers() =>
        ChannelTable.Rows.SelectMany(r => new[] { r.IdHeader, r.SecretHeader }).OfType<string>().Distinct();
}
