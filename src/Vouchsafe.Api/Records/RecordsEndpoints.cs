using Vouchsafe.Api.Pipeline;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Records;

internal static class RecordsEndpoints
{
    internal static void MapRecords(this ChannelRoutes routes)
    {
        routes.Member("GET", "/projects/{projectId}/refusals", ListRefusals.Handle, "list-refusals", MemberAction.ReadSecurity);
        routes.Member("GET", "/projects/{projectId}/refusals/chart", ChartRefusals.Handle, "chart-refusals", MemberAction.ReadSecurity);
        routes.Member("GET", "/projects/{projectId}/refusals/events", ListRefusalEvents.Handle, "list-refusal-events", MemberAction.ReadSecurity);
        routes.Member("GET", "/projects/{projectId}/refusals/{refusalId}", ExplainRefusal.Handle, "explain-refusal", MemberAction.ReadSecurity);
        routes.Member("GET", "/projects/{projectId}/limited-addresses", ListLimitedAddresses.Handle, "list-limited-addresses", MemberAction.ReadSecurity);
        routes.Member("GET", "/installation/refusals", UnclaimedRefusals.List, "list-unclaimed-refusals", MemberAction.Operate);
        routes.Member("GET", "/installation/refusals/chart", UnclaimedRefusals.Chart, "chart-unclaimed-refusals", MemberAction.Operate);
        routes.Member("GET", "/installation/refusals/{refusalId}", UnclaimedRefusals.Explain, "explain-unclaimed-refusal", MemberAction.Operate);
        routes.Member("GET", "/projects/{projectId}/usage", ReadUsage.Handle, "read-usage", MemberAction.ReadFigures);
        routes.Member("GET", "/projects/{projectId}/overview", ReadOverview.Handle, "read-overview", MemberAction.ReadFigures);
    }
}
