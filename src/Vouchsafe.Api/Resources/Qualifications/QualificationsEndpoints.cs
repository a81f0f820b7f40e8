using Vouchsafe.Api.Pipeline;

namespace Vouchsafe.Api.Resources.Qualifications;

internal static class QualificationsEndpoints
{
    internal static void MapQualifications(this ChannelRoutes routes)
    {
        routes.Post("/qualifications", CheckEligibility.Handle, "check-eligibility", "qualifications");
    }
}
