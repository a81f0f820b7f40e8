using Microsoft.Extensions.Configuration;
using Microsoft.EntityFrameworkCore;
using Vouchsafe.Security;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;

namespace Vouchsafe.Api.Management;

/// <summary>
/// Fills an empty database with a sandbox project, its keys and a sample voucher, exactly once, however many nodes start
/// at the same moment.
/// </summary>
internal sealed class FirstStart(
    DatabaseMigrator migrator, IDbContextFactory<VouchsafeDbContext> contexts, KeyFactory keys, SecretVault vault, IConfiguration configuration, TimeProvider time)
{
    private const string Mark = "bootstrap";
    internal const string SampleCode = "WELCOME-10";

    /// <summary>Does the work if it has not been done; the result is what to tell the operator, null if there was nothing to do.</summary>
    internal async Task<FirstStartReport?> RunAsync(CancellationToken ct)
    {
        var settings = BootstrapSettings.Read(configuration);
        if (await IsDoneAsync(ct)) return null;

        // Before the transaction: encrypting a secret may write the ring's first key, through a connection of its own.
        var project = Sandbox(settings);
        var server = keys.Create(project, KeyKind.Application, "Server-side key", isPrimary: true, settings.ApplicationId, settings.ApplicationToken);
        var client = keys.Create(project, KeyKind.Client, "Client-side key", isPrimary: true, settings.ClientApplicationId, settings.ClientToken);
        var management = keys.Create(null, KeyKind.Management, "Management key", isPrimary: true, settings.ManagementId, settings.ManagementToken);
        var done = await migrator.RunOnceAsync(Mark, db =>
        {
            db.Add(project);
            db.AddRange(server.Row, client.Row, management.Row);
            AddSampleVoucher(db, project);
            return Task.CompletedTask;
        }, ct);
        return done ? new FirstStartReport(settings, project, server, client, management) : null;
    }

    private async Task<bool> IsDoneAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.ApiKeys.AnyAsync(ct);
    }

    private Project Sandbox(BootstrapSettings settings)
    {
        var id = Ids.New(IdPrefix.Project, time.GetUtcNow());
        return new Project
        {
            Id = id,
            Name = "Sandbox",
            IsSandbox = true,
            ClientTrustedDomains = [.. settings.WebsiteUrls],
            ClientPermissions = settings.ClientPermissions,
            ProtectedWebhookToken = vault.ProtectWebhookToken(id, ApiSecret.Generate()),
            CreatedAt = time.GetUtcNow(),
        };
    }

    private void AddSampleVoucher(VouchsafeDbContext db, Project project)
    {
        var voucher = new Voucher
        {
            Id = Ids.New(IdPrefix.Voucher, time.GetUtcNow()),
            ProjectId = project.Id,
            Code = SampleCode,
            CodeKey = project.CodeKey(SampleCode),
            Type = VoucherType.Discount,
            DiscountJson = """{"type":"PERCENT","percent_off":10,"effect":"APPLY_TO_ORDER"}""",
            CreatedAt = time.GetUtcNow(),
        };
        db.Add(voucher);
        db.Add(new Counter { Owner = voucher.Id, Kind = CounterKind.Uses, Value = 0 });
    }
}
