namespace Vouchsafe.Api.Pipeline.Limits;

/// <summary>The rolling window on Redis or Valkey: one script, atomic, on the server's clock, so nodes need not agree on the time.</summary>
internal static class WindowScript
{
    /// <summary>
    /// KEYS: one list of acceptance times a level, narrowest first (all in one hash slot). ARGV: the window in microseconds,
    /// then the limit of each level. Answers allowed (0 or 1), what remains, and two waits in microseconds: until a
    /// request can pass, until what remains next grows. A refusal writes nothing down on any level.
    /// </summary>
    internal const string Text = """
        local t = redis.call('TIME')
        local now = t[1] * 1000000 + t[2]
        local window = tonumber(ARGV[1])
        local wait, remaining, reset = 0, nil, 0
        for i, key in ipairs(KEYS) do
          local limit = tonumber(ARGV[i + 1])
          local oldest = redis.call('LINDEX', key, 0)
          -- A time a whole window ahead can only come from a clock that was set back; it must not lock the client out.
          while oldest and (now - oldest >= window or oldest - now >= window) do
            redis.call('LPOP', key)
            oldest = redis.call('LINDEX', key, 0)
          end
          local used = redis.call('LLEN', key)
          if used >= limit then
            wait = math.max(wait, redis.call('LINDEX', key, -limit) + window - now)
          end
          if remaining == nil or limit - used < remaining then
            remaining = limit - used
          end
          if i == 1 and oldest then reset = oldest + window - now end
        end
        if wait > 0 then return {0, 0, wait, wait} end
        for i, key in ipairs(KEYS) do
          redis.call('RPUSH', key, string.format('%.0f', now))
          redis.call('PEXPIRE', key, math.ceil(window / 1000) + 1000)
        end
        if reset == 0 then reset = window end
        return {1, remaining - 1, 0, reset}
        """;
}
