namespace Vouchsafe.Security.Tests.Limits;

/// <summary>The limit as one would say it, with every acceptance remembered: the model the real ones are held against.</summary>
internal sealed class NaiveWindow(ClientLimits limits)
{
    private readonly List<(AddressKey Client, long At)> _accepted = [];

    public RateDecision Decide(AddressKey client, long now, bool acquire)
    {
        if (Room(client, now) == 0)
        {
            var wait = WaitForMore(client, now);
            return new RateDecision(false, limits.Requests, 0, wait, wait);
        }
        if (acquire) _accepted.Add((client, now));
        return new RateDecision(true, limits.Requests, Room(client, now), 0, WaitForMore(client, now));
    }

    private int Room(AddressKey client, long now)
    {
        var live = _accepted.Where(item => now - item.At < limits.WindowMilliseconds).Select(item => item.Client).ToList();
        var room = limits.Requests - live.Count(other => other == client);
        if (client.IsV4) return room;
        room = Math.Min(room, limits.Requests * limits.FactorAt56 - live.Count(other => !other.IsV4 && other.Prefix56 == client.Prefix56));
        return Math.Min(room, limits.Requests * limits.FactorAt48 - live.Count(other => !other.IsV4 && other.Prefix48 == client.Prefix48));
    }

    /// <summary>Tries every later millisecond at which something expires until there is more room.</summary>
    private long WaitForMore(AddressKey client, long now)
    {
        var room = Room(client, now);
        return _accepted.Select(item => item.At + limits.WindowMilliseconds).Where(at => at > now).Order()
            .Where(at => Room(client, at) > room).Select(at => at - now).FirstOrDefault();
    }
}
