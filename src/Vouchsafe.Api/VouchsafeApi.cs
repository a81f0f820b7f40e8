using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Vouchsafe.Api.Assets;
using Vouchsafe.Api.Client;
using Vouchsafe.Api.Demo;
using Vouchsafe.Api.Management;
using Vouchsafe.Api.Management.Keys;
using Vouchsafe.Api.Management.Projects;
using Vouchsafe.Api.Members;
using Vouchsafe.Api.Members.Identity;
using Vouchsafe.Api.Members.SigningIn;
using Vouchsafe.Api.OAuth;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Records;
using Vouchsafe.Api.Resources;
using Vouchsafe.Api.Resources.AsyncActions;
using Vouchsafe.Api.Resources.Campaigns;
using Vouchsafe.Api.Resources.Categories;
using Vouchsafe.Api.Resources.Choices;
using Vouchsafe.Api.Resources.Customers;
using Vouchsafe.Api.Resources.Events;
using Vouchsafe.Api.Resources.Exports;
using Vouchsafe.Api.Resources.Loyalties;
using Vouchsafe.Api.Resources.Orders;
using Vouchsafe.Api.Resources.ProductCollections;
using Vouchsafe.Api.Resources.Products;
using Vouchsafe.Api.Resources.Qualifications;
using Vouchsafe.Api.Resources.Promotions;
using Vouchsafe.Api.Resources.Publications;
using Vouchsafe.Api.Resources.Redemptions;
using Vouchsafe.Api.Resources.Referrals;
using Vouchsafe.Api.Resources.Rewards;
using Vouchsafe.Api.Resources.Segments;
using Vouchsafe.Api.Resources.Sessions;
using Vouchsafe.Api.Resources.TrashBin;
using Vouchsafe.Api.Resources.ValidationRules;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api;

/// <summary>The API as one unit: its services, its endpoints, and what has to happen before the first request.</summary>
public static class VouchsafeApi
{
    /// <summary>Name of the meter with the product's own metrics.</summary>
    public const string MeterName = Telemetry.MeterName;

    /// <summary>Adds everything but the database.</summary>
    /// <exception cref="SettingsException">A setting cannot be read.</exception>
    public static void AddVouchsafe(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStages(PipelineSettings.Read(configuration));
        services.AddOpenApi("v1", ApiDescription.Configure);
        services.AddSecretRing(configuration);
        services.AddSingleton<SecretVault>();
        services.AddSingleton<KeyFactory>();
        services.AddSingleton<MemberGateway>();
        services.AddSingleton<MemberDirectory>();
        services.AddMembers(configuration);
        services.AddSingleton<FirstStart>();
        services.AddSingleton<Housekeeping>();
        services.AddHostedService(s => s.GetRequiredService<Housekeeping>());
        services.AddCatalogue();
        services.AddRecords();
    }

    /// <summary>Maps every operation of every channel; the pipeline in front of it is spelled out where the process starts.</summary>
    public static void MapVouchsafe(this IEndpointRouteBuilder app)
    {
        app.MapHealth();
        var @private = new ChannelRoutes(app, Channel.Private);
        @private.MapVouchers();
        @private.MapRedemptions();
        @private.MapSessions();
        @private.MapTrashBin();
        @private.MapCustomers();
        @private.MapEvents();
        @private.MapOrders();
        @private.MapProducts();
        @private.MapProductCollections();
        @private.MapCategories();
        @private.MapSegments();
        @private.MapValidationRules();
        @private.MapQualifications();
        @private.MapAsyncActions();
        @private.MapExports();
        @private.MapPublications();
        @private.MapPromotions();
        @private.MapCampaigns();
        @private.MapLoyalties();
        @private.MapRewards();
        @private.MapReferrals();

        new ChannelRoutes(app, Channel.Client).MapClient();

        var management = new ChannelRoutes(app, Channel.Management);
        management.MapProjects();
        management.MapStackingRules();
        management.MapKeys();

        var dashboard = new ChannelRoutes(app, Channel.Dashboard);
        dashboard.MapMembers();
        dashboard.MapVoucherBrowsing();
        dashboard.MapRedemptionBrowsing();
        dashboard.MapCustomerBrowsing();
        dashboard.MapProductBrowsing();
        dashboard.MapProductCollectionBrowsing();
        dashboard.MapCampaignBrowsing();
        dashboard.MapValidationRuleBrowsing();
        dashboard.MapChoices();
        dashboard.MapProjectLimits();
        dashboard.MapRecords();

        new ChannelRoutes(app, Channel.OAuth).MapOAuth();

        var open = new ChannelRoutes(app, Channel.Open);
        open.MapAssets();
        open.MapExportFiles();
        open.MapDemoShop();
    }

    /// <summary>
    /// Makes a link with which a member sets a new password: for the operator of the machine, who has the data anyway.
    /// </summary>
    /// <param name="app">The server, built and not started; one that runs on the same database goes on running.</param>
    /// <param name="email">The member's address.</param>
    /// <param name="withoutSecondFactor">Whether the member's second factor is switched off as well, at once.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The link's path, and when it dies.</returns>
    /// <exception cref="SettingsException">There is no such database or no such member.</exception>
    public static async Task<(string Path, DateTimeOffset ExpiresAt)> MakePasswordResetAsync(WebApplication app, string email, bool withoutSecondFactor, CancellationToken ct = default)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var db = services.GetRequiredService<VouchsafeDbContext>();
        // Not migrated here: in a wrong folder that would make an empty database.
        if (!await db.Database.CanConnectAsync(ct) || (await db.Database.GetPendingMigrationsAsync(ct)).Any())
            throw new SettingsException("There is no database of this version at Storage:ConnectionString. Run the command where the server runs, with the same settings, after the server has started once.");
        var member = await services.GetRequiredService<UserManager<Member>>().FindByEmailAsync(email)
            ?? throw new SettingsException($"No member signs in as {email}.");
        if (withoutSecondFactor) await services.GetRequiredService<MemberCredentials>().DisableAuthenticatorAsync(member.Id, ct);
        return await services.GetRequiredService<PasswordResets>().MakeAsync(member.Id, createdBy: null, ct);
    }

    /// <summary>
    /// Brings the database up to date, fills it if it is empty, and checks that every endpoint says what it is.
    /// </summary>
    /// <returns>A function that renders what to tell the operator, given the server's address; null when there is nothing new.</returns>
    /// <exception cref="SettingsException">A setting cannot be read, or an endpoint names no operation.</exception>
    public static async Task<Func<string, string>?> PrepareAsync(WebApplication app, CancellationToken ct = default)
    {
        var wrong = StartupAudit.Check(((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>());
        if (wrong.Count > 0) throw new SettingsException("Endpoints without a place in the access policy:\n  " + string.Join("\n  ", wrong));
        _ = app.Services.GetRequiredService<PublicAddress>();
        await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(ct);
        var report = await app.Services.GetRequiredService<FirstStart>().RunAsync(ct);
        await using var scope = app.Services.CreateAsyncScope();
        var setUp = await scope.ServiceProvider.GetRequiredService<SetUp>().PrepareAsync(ct);
        return report is not null ? address => report.Render(address, setUp)
            : setUp is not null ? address => FirstStartReport.RenderSetUp(address, setUp)
            : null;
    }
}
