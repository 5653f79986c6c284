using System.Diagnostics;
using System.Diagnostics.Metrics;
using AiBms.Server.Fleet;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AiBms.Server.Ingest;

/// <summary>What the server tells a collector of OpenTelemetry: its counters, how long commits take, and a trace of each group that is committed.</summary>
sealed class ServerMeter : IDisposable
{
    const string Name = "aibms";

    /// <summary>Traces of commits; silent while nobody listens.</summary>
    public static ActivitySource Traces { get; } = new(Name);

    readonly Meter _meter = new(Name);
    readonly Histogram<double> _commitS;

    public ServerMeter(ServerFigures figures, LiveFleet fleet, TimeProvider time)
    {
        _meter.CreateObservableCounter("aibms.records.stored", () => figures.StoredCount, "{record}", "Records stored since the start.");
        _meter.CreateObservableCounter("aibms.records.repeated", () => figures.RepeatedCount, "{record}", "Records that came again after they were stored.");
        _meter.CreateObservableCounter("aibms.batches.refused", () => figures.RefusedCount, "{batch}", "Batches refused.");
        _meter.CreateObservableGauge("aibms.packs", () => fleet.Packs.Count(), "{pack}", "Packs that are known.");
        _meter.CreateObservableGauge("aibms.packs.silent", () => fleet.Packs.Count(p => (time.GetUtcNow() - p.ReceivedAt).TotalSeconds > SilentS), "{pack}", "Packs of which nothing came for ten seconds.");
        _commitS = _meter.CreateHistogram<double>("aibms.commit.duration", "s", "Time of one commit of batches that came together.");
    }

    const double SilentS = 10;

    /// <summary>Notes a commit.</summary>
    public void Committed(TimeSpan took) => _commitS.Record(took.TotalSeconds);

    /// <summary>Sends metrics and traces to a collector, by OTLP over HTTP.</summary>
    public static void Send(IServiceCollection services, Uri collector, TimeSpan every)
    {
        void To(OtlpExporterOptions options, string what) => (options.Endpoint, options.Protocol) = (new(collector, what), OtlpExportProtocol.HttpProtobuf);
        services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("aibms-server"))
            .WithMetrics(metrics => metrics.AddMeter(Name, "Microsoft.AspNetCore.Hosting", "System.Runtime").AddOtlpExporter((to, reader) =>
            {
                To(to, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)every.TotalMilliseconds;
            }))
            .WithTracing(traces => traces.AddSource(Name, "Microsoft.AspNetCore").AddOtlpExporter(to => To(to, "v1/traces")));
    }

    public void Dispose() => _meter.Dispose();
}
