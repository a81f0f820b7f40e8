using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Management;
using Vouchsafe.Api.Pipeline.Limits;
using Vouchsafe.Api.Resources.Qualifications;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Resources.Validations;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Client;

/// <summary>
/// POST /client/v1/qualifications. A code that is asked for by name and does not exist counts as a wrong code, so that
/// a list of guesses in one request is no way around the budget of guesses.
/// </summary>
internal static class ClientQualifications
{
    internal static async Task<IResult> Handle(ApiCall call, Database database, Evaluator evaluator, StackingRulesCache stacking)
    {
        if (GuessBudget.Check(call.Http) is { } usedUp) return usedUp;
        if ((await call.ReadBodyAsync<QualificationRequest>()).Failed(out var error, out var request)) return error;
        if ((await CheckEligibility.RunAsync(call, request, database, evaluator, stacking)).Failed(out error, out var answer)) return error;
        if (await MissedAsync(call, request, database.Context) is { } refused) return refused;
        return Json.Ok(answer with { StackingRules = null, TrackingId = answer.TrackingId ?? ValidateStack.TrackingIdOf(call, null) });
    }

    private static async ValueTask<ApiError?> MissedAsync(ApiCall call, QualificationRequest request, VouchsafeDbContext db)
    {
        if (QualificationFilters.Parse(request.Options?.Filters).Failed(out var error, out var filters)) return error;
        List<string> named = [.. filters.Codes];
        if (named.Count == 0) return null;
        var known = await db.Vouchers.AsNoTracking()
            .Where(v => v.ProjectId == call.Project.Id && v.DeletedAt == null && named.Contains(v.Code)).CountAsync(call.Aborted);
        for (var misses = named.Count - known; misses > 0; misses--)
            if (GuessBudget.Miss(call.Http) is { } refused) return refused;
        return null;
    }
}
