using System.Text.Json;

namespace Vouchsafe.Security.Tests.Scopes;

public class ScopeSetTests
{
    [Fact]
    public void TryParse_TakesNamesSeparatedBySpaces()
    {
        Assert.True(ScopeSet.TryParse("qualifications validations  redemptions", out var scopes, out _));

        Assert.Equal("qualifications redemptions validations", scopes.ToString());
        Assert.True(scopes.Allows(Scope.Redemptions));
        Assert.False(scopes.Allows(Scope.Vouchers));
    }

    [Theory]
    [InlineData("vouchers,campaigns", "vouchers,campaigns")]
    [InlineData("vouchers root", "root")]
    [InlineData("Vouchers", "Vouchers")]
    [InlineData("", "")]
    [InlineData("   ", "")]
    [InlineData(null, "")]
    public void TryParse_OnAnUnknownName_RefusesAndNamesIt(string? text, string unknown)
    {
        Assert.False(ScopeSet.TryParse(text, out var scopes, out var named));

        Assert.Equal(unknown, named);
        Assert.True(scopes.IsEmpty);
    }

    [Fact]
    public void Allows_TheWholeServerApi_NeverOpensTheClientApi()
    {
        foreach (var scope in Enum.GetValues<Scope>())
        {
            Assert.Equal(!scope.IsClient(), ScopeSet.ServerApi.Allows(scope));
            Assert.Equal(scope.IsClient(), ScopeSet.ClientApi.Allows(scope));
            Assert.True(ScopeSet.Everything.Allows(scope));
            Assert.False(default(ScopeSet).Allows(scope));
        }
    }

    [Fact]
    public void Allows_OnePartOfAnApi_DoesNotOpenTheWhole()
    {
        Assert.False(ScopeSet.Of(Scope.Vouchers).Allows(Scope.Api));
        Assert.False(ScopeSet.Of(Scope.Validations).Allows(Scope.ClientValidations));
        Assert.False(ScopeSet.Of(Scope.ValidationRules).Allows(Scope.ValidationRulesAssignments));
    }

    [Fact]
    public void Intersect_GivesNoMoreThanEither()
    {
        var limited = ScopeSet.Of(Scope.Vouchers, Scope.ClientApi);

        Assert.Equal(ScopeSet.Of(Scope.Vouchers), ScopeSet.ServerApi.Intersect(limited));
        Assert.Equal(ScopeSet.Of(Scope.ClientRedeem), limited.Intersect(ScopeSet.Of(Scope.ClientRedeem, Scope.Campaigns)));
    }

    [Fact]
    public void EveryScope_HasAWireNameThatReadsBack()
    {
        foreach (var scope in Enum.GetValues<Scope>())
        {
            Assert.True(ScopeNames.TryParse(scope.ToWire(), out var again));
            Assert.Equal(scope, again);
        }
    }

    [Fact]
    public void ScopeNames_AreTheDocumentedOnes()
    {
        using var description = JsonDocument.Parse(SharedData.Read("openapi/oauth.json"));
        var text = description.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("OAuthTokenGenerateRequestBody")
            .GetProperty("properties").GetProperty("scope").GetProperty("description").GetString()!;
        var documented = text[text.IndexOf("Allowed values:", StringComparison.Ordinal)..].Split('`').Where((_, index) => index % 2 == 1);

        Assert.Equal(documented.Order(StringComparer.Ordinal), Enum.GetValues<Scope>().Select(scope => scope.ToWire()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(KeyRole.Admin, Scope.MetadataSchemas, Access.Write, true)]
    [InlineData(KeyRole.User, Scope.Vouchers, Access.Write, true)]
    [InlineData(KeyRole.User, Scope.MetadataSchemas, Access.Write, false)]
    [InlineData(KeyRole.Viewer, Scope.Vouchers, Access.Read, true)]
    [InlineData(KeyRole.Viewer, Scope.Vouchers, Access.Write, false)]
    [InlineData(KeyRole.Viewer, Scope.Exports, Access.Write, true)]
    [InlineData(KeyRole.Viewer, Scope.Redemptions, Access.Write, false)]
    [InlineData(KeyRole.Merchant, Scope.Redemptions, Access.Write, true)]
    [InlineData(KeyRole.Merchant, Scope.Campaigns, Access.Write, false)]
    [InlineData(KeyRole.Admin, Scope.ClientRedeem, Access.Read, false)]
    public void Permits_FollowsTheDocumentedRoles(KeyRole role, Scope scope, Access access, bool permitted)
    {
        Assert.Equal(permitted, role.Permits(scope, access));
    }

    [Fact]
    public void PermitsStacking_IsNotForMerchants()
    {
        Assert.False(KeyRole.Merchant.PermitsStacking());
        Assert.True(KeyRole.User.PermitsStacking());
        Assert.False(KeyRole.User.PermitsProjectSettings());
    }
}
