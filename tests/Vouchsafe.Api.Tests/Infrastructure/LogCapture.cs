using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Vouchsafe.Api.Tests.Infrastructure;

/// <summary>Keeps every line that is logged, with its scopes and values: <c>services.AddLogging(b =&gt; b.AddProvider(capture))</c>.</summary>
[ProviderAlias("Capture")]
internal sealed class LogCapture : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    internal int Count => _lines.Count;

    /// <summary>The lines at this level or above it.</summary>
    internal IReadOnlyList<string> At(LogLevel level) =>
        [.. _lines.Where(l => Enum.GetValues<LogLevel>().Any(v => v >= level && l.StartsWith(v + " ", StringComparison.Ordinal)))];

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

    public void Dispose() { }

    public override string ToString() => string.Join('\n', _lines);

    private sealed class Logger(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            lines.Enqueue($"{category} scope {state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = new StringBuilder($"{logLevel} {category}: {formatter(state, exception)} {exception}");
            // Structured sinks write the values out one by one.
            if (state is IEnumerable<KeyValuePair<string, object?>> values)
                foreach (var (name, value) in values) line.Append($" {name}={value}");
            lines.Enqueue(line.ToString());
        }
    }
}
