using Vouchsafe.Api.Pipeline;
using Vouchsafe.Security;

namespace Vouchsafe.Api.Management.Keys;

/// <summary>Beyond Voucherify, whose keys are managed in its dashboard only.</summary>
internal static class KeysEndpoints
{
    internal static void MapKeys(this ChannelRoutes routes)
    {
        routes.Post("/projects/{projectId}/keys", CreateKey.Handle, "create-key", null).ForMembers(MemberAction.ManageKeys);
        routes.Get("/projects/{projectId}/keys", ListKeys.Handle, "list-keys", null).ForMembers(MemberAction.ReadSettings);
        routes.Get("/projects/{projectId}/keys/{keyId}", GetKey.Handle, "get-key", null).ForMembers(MemberAction.ReadSettings);
        routes.Put("/projects/{projectId}/keys/{keyId}", UpdateKey.Handle, "update-key", null).ForMembers(MemberAction.ManageKeys);
        routes.Delete("/projects/{projectId}/keys/{keyId}", DeleteKey.Handle, "delete-key", null).ForMembers(MemberAction.ManageKeys);
        routes.Post("/projects/{projectId}/keys/{keyId}/regenerate", RegenerateKey.Handle, "regenerate-key", null).ForMembers(MemberAction.ManageKeys);
        routes.Post("/projects/{projectId}/keys/{keyId}/rotate", RotateKey.Handle, "rotate-key", null).ForMembers(MemberAction.ManageKeys);
        routes.Get("/projects/{projectId}/origins/refused", ListRefusedOrigins.Handle, "list-refused-origins", null).ForMembers(MemberAction.ReadSettings);
        routes.Post("/projects/{projectId}/origins/test", TestOrigin.Handle, "test-origin", null).ForMembers(MemberAction.ReadSettings);
    }
}
