using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Background;
using Vouchsafe.Api.Resources.AsyncActions;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Resources.Customers;

/// <summary>POST /v1/customers/bulk/async: creates or changes many customers by their source ids, in the background.</summary>
internal static class BulkCustomers
{
    internal static async Task<IResult> Handle(ApiCall call, VouchsafeDbContext db, ActionQueue queue)
    {
        if ((await BulkBody<CustomerPayload>.ReadAsync(call)).Failed(out var error, out var body)) return error;
        for (var i = 0; i < body.Items.Count; i++)
        {
            // Without a name of the shop's own, work that is done again after a crash would make the customer twice.
            if (string.IsNullOrEmpty(body.Items[i].SourceId)) return CommonErrors.InvalidPayload($"[{i}].source_id is required.");
            if (body.Items[i].Problem($"[{i}].") is { } problem) return problem;
        }

        var action = CustomerActions.Bulk(call.Project, body, call.Now);
        db.AsyncActions.Add(action);
        await db.SaveChangesAsync(call.Aborted);
        queue.Wake();
        return AsyncActionAnswer.Accepted(action);
    }
}
