using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Reads;

namespace Vouchsafe.Api.Wire;

/// <summary>The request's ways into the database, each made when it is first asked for: most validations need no context.</summary>
internal sealed class Database(IServiceProvider services)
{
    private VouchsafeDbContext? _context;
    private RowReads? _rows;

    /// <summary>The context; the request's scope disposes it.</summary>
    internal VouchsafeDbContext Context => _context ??= services.GetRequiredService<VouchsafeDbContext>();

    /// <summary>Single rows, past the context.</summary>
    internal RowReads Rows => _rows ??= services.GetRequiredService<RowReads>();
}
