using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Scalar.AspNetCore;
using Vouchsafe.Api;
using Vouchsafe.Api.Pipeline;

namespace Vouchsafe.Server;

/// <summary>What the process tells about itself: metrics, traces, and the API's description.</summary>
internal static class Observability
{
    /// <summary>
    /// Metrics are always kept, for Prometheus at <c>/metrics</c>. Traces are made only if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>
    /// names a collector: an activity for each request costs more than refusing a flood does.
    /// </summary>
    internal static void AddVouchsafeObservability(this IServiceCollection services)
    {
        var collector = Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 };
        var telemetry = services.AddOpenTelemetry().WithMetrics(metrics =>
        {
            metrics.AddMeter(VouchsafeApi.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime");
            metrics.AddPrometheusExporter();
            if (collector) metrics.AddOtlpExporter();
        });
        if (collector) telemetry.WithTracing(traces => traces.AddAspNetCoreInstrumentation().AddOtlpExporter());
    }

    internal static void MapVouchsafeObservability(this WebApplication app)
    {
        app.MapPrometheusScrapingEndpoint("/metrics").AsOpenOperation("metrics").ForOperatorsOnly();
        app.MapOpenApi("/openapi/{documentName}.json").AsOpenOperation("openapi");
        app.MapScalarApiReference("/docs", docs => docs.WithTitle("Vouchsafe API").DisableTelemetry().DisableDefaultFonts()).AsOpenOperation("docs");
    }
}
