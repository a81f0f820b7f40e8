namespace Vouchsafe.Security.Tests.Members;

public class MemberPolicyTests
{
    private static readonly MemberRole?[] Columns = [MemberRole.Owner, MemberRole.Administrator, MemberRole.Editor, MemberRole.Viewer, MemberRole.Security, null];

    // owner, administrator, editor, viewer, security, no member
    public static TheoryData<MemberAction, string> Actions => new()
    {
        { MemberAction.ReadFigures, "yes yes yes yes yes no" },
        { MemberAction.ReadSettings, "yes yes yes yes yes no" },
        { MemberAction.ChangeSettings, "yes yes no  no  yes no" },
        { MemberAction.ManageKeys, "yes yes no  no  yes no" },
        { MemberAction.ReadSecurity, "yes yes no  no  yes no" },
        { MemberAction.ReadMembers, "yes yes yes yes yes no" },
        { MemberAction.ManageMembers, "yes yes no  no  no  no" },
        { MemberAction.DeleteProject, "yes no  no  no  no  no" },
        { MemberAction.Operate, "no  no  no  no  no  no" },
        { MemberAction.OwnAccount, "no  no  no  no  no  no" },
    };

    [Theory]
    [MemberData(nameof(Actions))]
    public void Permits_AnAction_AsTheTableSays(MemberAction action, string row)
    {
        Assert.Equal(Row(row), Columns.Select(role => MemberPolicy.Permits(role, action)));
    }

    [Fact]
    public void TheTable_HoldsEveryActionAndEveryRole()
    {
        Assert.Equal(Enum.GetValues<MemberAction>(), Actions.Select(row => row.Data.Item1).Order());
        Assert.Equal(Enum.GetValues<MemberRole>(), Columns.OfType<MemberRole>());
    }

    // owner, administrator, editor, viewer, security, no member
    [Theory]
    [InlineData(Scope.Vouchers, Access.Read, "yes yes yes yes yes no")]
    [InlineData(Scope.Vouchers, Access.Write, "yes yes yes no  no  no")]
    [InlineData(Scope.Redemptions, Access.Write, "yes yes yes no  no  no")]
    [InlineData(Scope.ValidationRules, Access.Write, "yes yes yes no  no  no")]
    [InlineData(Scope.Exports, Access.Write, "yes yes yes no  no  no")]
    [InlineData(Scope.Qualifications, Access.Write, "yes yes yes yes yes no")]
    [InlineData(Scope.ClientRedeem, Access.Read, "no  no  no  no  no  no")]
    public void Permits_AScope_AsTheTableSays(Scope scope, Access access, string row)
    {
        Assert.Equal(Row(row), Columns.Select(role => MemberPolicy.Permits(role, scope, access)));
    }

    [Fact]
    public void Permits_NoRole_OpensTheClientApi()
    {
        foreach (var role in Columns)
            foreach (var scope in Enum.GetValues<Scope>().Where(s => s.IsClient()))
                Assert.False(MemberPolicy.Permits(role, scope, Access.Read) || MemberPolicy.Permits(role, scope, Access.Write), $"{role} {scope}");
    }

    [Fact]
    public void PermitsHolds_WhoMayRedeem_AndNobodyElse() =>
        Assert.Equal(Row("yes yes yes no  no  no"), Columns.Select(MemberPolicy.PermitsHolds));

    [Fact]
    public void Permits_ViewerAndSecurity_ChangeNoPromotionData()
    {
        foreach (var scope in Enum.GetValues<Scope>().Where(s => s is not (Scope.Qualifications or Scope.Validations)))
            Assert.False(MemberPolicy.Permits(MemberRole.Viewer, scope, Access.Write) || MemberPolicy.Permits(MemberRole.Security, scope, Access.Write), scope.ToString());
    }

    [Theory]
    [InlineData(MemberRole.Owner, MemberRole.Owner, null, true)]
    [InlineData(MemberRole.Owner, MemberRole.Viewer, MemberRole.Owner, true)]
    [InlineData(MemberRole.Administrator, null, MemberRole.Administrator, true)]
    [InlineData(MemberRole.Administrator, MemberRole.Administrator, null, true)]
    [InlineData(MemberRole.Administrator, null, MemberRole.Owner, false)]
    [InlineData(MemberRole.Administrator, MemberRole.Administrator, MemberRole.Owner, false)]
    [InlineData(MemberRole.Administrator, MemberRole.Owner, MemberRole.Viewer, false)]
    [InlineData(MemberRole.Administrator, MemberRole.Owner, null, false)]
    [InlineData(MemberRole.Security, null, MemberRole.Viewer, false)]
    [InlineData(MemberRole.Editor, MemberRole.Viewer, null, false)]
    [InlineData(null, null, MemberRole.Viewer, false)]
    public void PermitsMembership_OwnersAreMadeAndUnmadeByOwnersOnly(MemberRole? actor, MemberRole? from, MemberRole? to, bool permitted)
    {
        Assert.Equal(permitted, MemberPolicy.PermitsMembership(actor, from, to));
    }

    [Fact]
    public void EveryRole_HasAWireNameThatReadsBack()
    {
        foreach (var role in Enum.GetValues<MemberRole>())
        {
            Assert.True(MemberRoleNames.TryParse(role.ToWire(), out var again));
            Assert.Equal(role, again);
        }
        Assert.False(MemberRoleNames.TryParse("owner", out _));
        Assert.False(MemberRoleNames.TryParse(null, out _));
    }

    private static IEnumerable<bool> Row(string row) => row.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word == "yes");
}
