using Microsoft.AspNetCore.Http;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Wire;
using Vouchsafe.Storage;

namespace Vouchsafe.Api.Records;

/// <summary>
/// GET /dashboard/v1/installation/refusals...: refused requests that name no project, such as those with a key that nobody
/// has, and those of the management channel. They belong to whoever runs the server.
/// </summary>
internal static class UnclaimedRefusals
{
    /// <summary>Under which they are recorded.</summary>
    internal const string ProjectId = "";

    internal static Task<IResult> List(ApiCall call, VouchsafeDbContext db, RefusalBook book) => ListRefusals.Handle(call, ProjectId, db, book);

    internal static Task<IResult> Chart(ApiCall call, VouchsafeDbContext db, RefusalBook book) => ChartRefusals.Handle(call, ProjectId, db, book);

    internal static Task<IResult> Explain(ApiCall call, string refusalId, VouchsafeDbContext db, RefusalBook book, PipelineSettings settings) =>
        ExplainRefusal.Handle(call, ProjectId, refusalId, db, book, settings);
}
