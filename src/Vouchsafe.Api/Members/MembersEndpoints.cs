using Vouchsafe.Api.Members.Account;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Members;

internal static class MembersEndpoints
{
    internal static void MapMembers(this ChannelRoutes routes)
    {
        routes.Member("GET", "/me", GetMe.Handle, "get-me", MemberAction.OwnAccount);
        routes.Member("PUT", "/me", UpdateMe.Handle, "update-me", MemberAction.OwnAccount);
    }
}
