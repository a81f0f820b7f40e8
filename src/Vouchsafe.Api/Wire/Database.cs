using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Wire;

/// <summary>The request's database context, made when it is first asked for: most validations need none.</summary>
internal sealed class Database(IServiceProvider services)
{
    private VouchsafeDbContext? _context;

    /// <summary>The context; the request's scope disposes it.</summary>
    internal VouchsafeDbContext Context => _context ??= services.GetRequiredService<VouchsafeDbContext>();
}
