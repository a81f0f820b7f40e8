using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Background;
using Vouchsafe.Api.Resources.AsyncActions;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Vouchers;

/// <summary>POST /v1/vouchers/bulk/async: writes metadata of many vouchers, each its own, in the background. Keys that are not named stay.</summary>
internal static class BulkVouchers
{
    internal sealed record Entry(string? Code, JsonText? Metadata);

    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db, ActionQueue queue)
    {
        if ((await BulkBody<Entry>.ReadAsync(call)).Failed(out var error, out var body)) return error;
        for (var i = 0; i < body.Items.Count; i++)
        {
            if (string.IsNullOrEmpty(body.Items[i].Code)) return CommonErrors.InvalidPayload($"[{i}].code is required.");
            if (body.Items[i].Metadata is null) return CommonErrors.InvalidPayload($"[{i}].metadata is required.");
            if (Check.Object(body.Items[i].Metadata, $"[{i}].metadata") is { } problem) return problem;
        }

        return await AsyncActionAnswer.EnqueueAsync(call, BulkActions.Of(BulkActions.Vouchers, call, body.Json, body.Items.Count), db, queue);
    }
}
