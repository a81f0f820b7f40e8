using System.Reflection;
using System.Runtime.CompilerServices;

namespace Vouchsafe.Architecture.Tests;

/// <summary>Internal and sealed by default.</summary>
public sealed class TypesTests
{
    [Fact]
    public void TheApi_ShowsOnlyWhatTheProcessStartsWith()
    {
        var types = Assembly.Load("Vouchsafe.Api").GetExportedTypes().Where(t => !(t.IsAbstract && t.IsSealed)).Select(t => t.FullName);

        // What the process catches to say why it does not start, the dashboard's one way in, the door where people get and
        // lose the cookie that says who they are, and what tells an open page, by yes or no, whether that still holds.
        Assert.Equal(
            [
                "Vouchsafe.Api.Members.ApiReply", "Vouchsafe.Api.Members.MemberCall", "Vouchsafe.Api.Members.MemberGateway",
                "Vouchsafe.Api.Members.SignInWatch",
                "Vouchsafe.Api.Members.SigningIn.DoorAnswer", "Vouchsafe.Api.Members.SigningIn.DoorReply",
                "Vouchsafe.Api.Members.SigningIn.InvitationToAccept", "Vouchsafe.Api.Members.SigningIn.MemberDoor",
                "Vouchsafe.Api.Pipeline.SettingsException",
            ],
            types.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Vouchsafe.Api")]
    [InlineData("Vouchsafe.Engine")]
    [InlineData("Vouchsafe.Security")]
    [InlineData("Vouchsafe.Storage")]
    [InlineData("Vouchsafe.Storage.Sqlite")]
    [InlineData("Vouchsafe.Storage.Postgres")]
    [InlineData("Vouchsafe.Server")]
    public void Classes_AreSealed_UnlessSomethingDerivesFromThem(string assembly)
    {
        var types = Assembly.Load(assembly).GetTypes();
        var bases = types.Select(t => t.BaseType).OfType<Type>().Select(t => t.IsGenericType ? t.GetGenericTypeDefinition() : t).ToHashSet();

        var open = types.Where(t => t is { IsClass: true, IsSealed: false, IsAbstract: false }
            && !bases.Contains(t) && !t.IsDefined(typeof(CompilerGeneratedAttribute)) && t.FullName?.Contains('<') == false && t.Name != "Program"
            && t.Namespace?.StartsWith("Vouchsafe", StringComparison.Ordinal) == true && !IsUsedByMigrations(t));

        Assert.Empty(open.Select(t => t.FullName));
    }

    // The database toolkit writes these classes and derives from the context at run time.
    private static bool IsUsedByMigrations(Type type) =>
        type.Namespace!.EndsWith(".Migrations", StringComparison.Ordinal) || type.Name.EndsWith("DbContext", StringComparison.Ordinal);
}
