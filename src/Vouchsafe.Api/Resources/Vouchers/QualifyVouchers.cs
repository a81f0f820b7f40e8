using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Campaigns;
using Vouchsafe.Api.Resources.Qualifications;
using Vouchsafe.Api.Resources.Redeemables;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Resources.Vouchers;

/// <summary>
/// POST /v1/vouchers/qualification: generic vouchers that hold for a customer and an order. Codes of campaigns that give each customer
/// their own are not looked at, nor what somebody else holds.
/// </summary>
internal static class QualifyVouchers
{
    /// <summary>Most vouchers judged for one answer.</summary>
    private const int MostJudged = 2_000;

    internal static async Task<IResult> Handle(ApiCall call, Database database, Evaluator evaluator)
    {
        if ((await Examination.ReadAsync(call, database, "code")).Failed(out var error, out var examination)) return error;
        var db = database.Context;
        var vouchers = Sorted(await GenericAsync(db, call, examination.Query.Buyer?.Stored?.Id), examination.Order);
        List<EvaluationRun> found = [];
        // A voucher that is made meanwhile moves the others on, and one is met twice.
        HashSet<string> met = [];
        for (var judged = 0; found.Count < examination.Limit && judged < MostJudged; judged += Examination.Batch)
        {
            var batch = await vouchers.Skip(judged).Take(Examination.Batch).ToListAsync(call.Aborted);
            var runs = await evaluator.RunEachAsync(call.Project, await VoucherState.LoadAsync(db, batch, call.Aborted), [], examination.Query, call.Now, call.Aborted);
            found.AddRange(runs.Where(r => r.Evaluation.Valid && met.Add(r.Resolved[0].Voucher!.Voucher.Id)));
            if (batch.Count < Examination.Batch) break;
        }

        var shown = found.Take(examination.Limit).ToList();
        var surroundings = await VoucherSurroundings.LoadAsync(db, call.Project, [.. shown.Select(r => r.Resolved[0].Voucher!.Voucher)], call.Aborted);
        return examination.Answer<VoucherResponse>(call, [.. shown.Select(run => VoucherResponse.From(run.Resolved[0].Voucher!, null, surroundings) with
        {
            ApplicableTo = TargetWire.List(run.Evaluation.Results[0].ApplicableTo),
            InapplicableTo = TargetWire.List(run.Evaluation.Results[0].InapplicableTo),
        })]);
    }

    private static async ValueTask<IQueryable<Voucher>> GenericAsync(VouchsafeDbContext db, ApiCall call, string? holder)
    {
        var generic = await GenericCodes.CampaignsAsync(db, call.Project, call.Aborted);
        var vouchers = db.Vouchers.AsNoTracking()
            .Where(v => v.ProjectId == call.Project.Id && v.DeletedAt == null && v.Active && (v.HolderId == null || v.HolderId == holder));
        return generic.Count == 0 ? vouchers.Where(v => v.CampaignId == null) : vouchers.Where(v => v.CampaignId == null || generic.Contains(v.CampaignId));
    }

    // By code as the index has it: a batch of them is to be found without sorting all.
    private static IQueryable<Voucher> Sorted(IQueryable<Voucher> vouchers, string order) => order switch
    {
        "code" => vouchers.OrderBy(v => v.CodeKey),
        "-code" => vouchers.OrderByDescending(v => v.CodeKey),
        _ => vouchers.OrderedBy(order),
    };
}
