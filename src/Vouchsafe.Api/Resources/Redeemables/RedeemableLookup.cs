using Microsoft.EntityFrameworkCore;
using Vouchsafe.Api.Pipeline;
using Vouchsafe.Api.Resources.Promotions;
using Vouchsafe.Api.Resources.Sessions;
using Vouchsafe.Api.Resources.Vouchers;
using Vouchsafe.Api.Wire;
using Vouchsafe.Engine;
using Vouchsafe.Engine.Redeemables;
using Vouchsafe.Storage;
using Vouchsafe.Storage.Entities;
using Vouchsafe.Storage.Reads;

namespace Vouchsafe.Api.Resources.Redeemables;

/// <summary>The rows that the redeemables of a request name.</summary>
internal sealed class RedeemableLookup
{
    private readonly ProjectSettings _project;
    private readonly IReadOnlyList<VoucherState> _vouchers;
    private readonly Dictionary<string, PromotionTier> _tiers;
    private readonly Dictionary<string, PromotionStack> _stacks;
    private readonly RewardLookup _rewards;

    private RedeemableLookup(
        ProjectSettings project, IReadOnlyList<VoucherState> vouchers, Dictionary<string, PromotionTier> tiers, Dictionary<string, PromotionStack> stacks,
        RewardLookup rewards) =>
        (_project, _vouchers, _tiers, _stacks, _rewards) = (project, vouchers, tiers, stacks, rewards);

    internal IReadOnlyList<VoucherState> Vouchers => _vouchers;

    internal IReadOnlyCollection<PromotionTier> Tiers => _tiers.Values;

    internal static async ValueTask<RedeemableLookup> LoadAsync(
        Database database, VoucherReads reads, ProjectSettings project, IReadOnlyList<RedeemableReference> references, CancellationToken ct)
    {
        var (vouchers, stackIds, tierIds) = (new List<VoucherState>(references.Count), new List<string>(), new List<string>());
        foreach (var reference in references)
            if (reference.Object == RedeemableReference.PromotionTier) tierIds.Add(reference.Id!);
            else if (reference.Object == RedeemableReference.PromotionStack) stackIds.Add(reference.Id!);
            // At most 30 codes a request, and mostly one: a statement each costs less than a second shape of the statement.
            else if (await VoucherState.FindAsync(database, reads, project, reference.Id!, ct) is { } voucher) vouchers.Add(voucher);

        var stacks = stackIds.Count == 0
            ? []
            : await database.Context.PromotionStacks.AsNoTracking().Where(s => s.ProjectId == project.Id && stackIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
        tierIds.AddRange(stacks.Values.SelectMany(s => s.TierIds));
        var tiers = tierIds.Count == 0
            ? []
            : await database.Context.TiersOf(project).AsNoTracking().Where(t => tierIds.Contains(t.Id)).ToDictionaryAsync(t => t.Id, ct);
        return new RedeemableLookup(project, vouchers, tiers, stacks, await RewardLookup.LoadAsync(database, project, references, ct));
    }

    /// <summary>What is wrong with the stacks of a request as a whole; null: nothing.</summary>
    internal static Reason? StackProblem(IReadOnlyList<RedeemableReference> references) =>
        references.Count > 1 && references.Any(r => r.Object == RedeemableReference.PromotionStack) ? Reasons.PromotionStackNotAlone() : null;

    /// <summary>The redeemables as the engine judges them, in the order of the request; a stack becomes its tiers.</summary>
    internal IReadOnlyList<Resolved> Resolve(
        IReadOnlyList<RedeemableReference> references, RedeemableSources sources, ProductStock stock, LockView locks)
    {
        var resolved = new List<Resolved>(references.Count);
        foreach (var reference in references)
            if (reference.Object == RedeemableReference.PromotionTier) resolved.Add(TierOf(reference.Id!, null, sources, stock));
            else if (reference.Object == RedeemableReference.PromotionStack) resolved.AddRange(StackOf(reference.Id!, sources, stock));
            else resolved.Add(VoucherOf(reference, sources, stock, locks));
        return resolved;
    }

    private Resolved VoucherOf(RedeemableReference reference, RedeemableSources sources, ProductStock stock, LockView locks)
    {
        var (id, key) = (reference.Id!, _project.CodeKey(reference.Id!));
        var state = _vouchers.FirstOrDefault(v => v.Voucher.CodeKey == key) ?? _vouchers.FirstOrDefault(v => v.Voucher.Id == id);
        return state is null
            ? new Resolved(Redeemable.Refused(RedeemableKind.Voucher, id, Reasons.NotFound("voucher", id)), RedeemableReference.Voucher)
            : _rewards.Give(sources.Of(state, id, reference.Gift?.Credits, locks, stock), reference.Reward);
    }

    private Resolved TierOf(string id, PromotionStack? stack, RedeemableSources sources, ProductStock stock) => _tiers.TryGetValue(id, out var tier)
        ? sources.Of(tier, stack, stock)
        : new Resolved(Redeemable.Refused(RedeemableKind.PromotionTier, id, Reasons.NotFound("promotion_tier", id)), RedeemableReference.PromotionTier);

    private IEnumerable<Resolved> StackOf(string id, RedeemableSources sources, ProductStock stock) => _stacks.TryGetValue(id, out var stack)
        ? stack.TierIds.Select(tierId => TierOf(tierId, stack, sources, stock))
        : [new Resolved(Redeemable.Refused(RedeemableKind.PromotionStack, id, Reasons.NotFound("promotion_stack", id)), RedeemableReference.PromotionStack)];
}
