using System.Globalization;
using System.Text;
using AiBms.Server.Fleet;
using AiBms.Server.Ingest;

namespace AiBms.Server.Api;

/// <summary>Whether the server lives, is well, and in numbers for Prometheus (text format 0.0.4).</summary>
static class HealthApi
{
    public static void MapHealthApi(this WebApplication app)
    {
        app.MapGet("/alive", () => "alive").AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health", (FleetView fleet, ServerFigures figures, TimeProvider time) => Results.Json(new
        {
            // Whose batch was refused, and what the database says, is not every fleet's to know.
            Status = figures.StoreProblem.Length == 0 ? "ok" : fleet.SeesAll ? $"store unavailable: {figures.StoreProblem}" : "store unavailable",
            Packs = fleet.Packs.Count(),
            figures.StoredCount,
            figures.RefusedCount,
            LastRefusal = fleet.SeesAll ? figures.LastRefusal : "",
            UptimeS = Math.Round((time.GetUtcNow() - figures.StartedAt).TotalSeconds),
        }, statusCode: figures.StoreProblem.Length == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable)).ExcludeFromDescription();
        app.MapGet("/metrics", (FleetView fleet, ServerFigures figures, TimeProvider time) => Results.Text(Metrics(fleet, figures, time), "text/plain; version=0.0.4")).ExcludeFromDescription();
    }

    static string Metrics(FleetView fleet, ServerFigures figures, TimeProvider time)
    {
        var text = new StringBuilder();
        Head("aibms_records_stored_total", "counter", "Records stored since the start.");
        Line("aibms_records_stored_total", "", figures.StoredCount);
        Head("aibms_records_repeated_total", "counter", "Records that came again after they were stored.");
        Line("aibms_records_repeated_total", "", figures.RepeatedCount);
        Head("aibms_batches_refused_total", "counter", "Batches refused.");
        Line("aibms_batches_refused_total", "", figures.RefusedCount);
        Head("aibms_store_up", "gauge", "1 while the store can be used, else 0.");
        Line("aibms_store_up", "", figures.StoreProblem.Length == 0 ? 1 : 0);
        var packs = PackSummary.Ranked(fleet, time.GetUtcNow()).OrderBy(p => p.Id, StringComparer.Ordinal).ToList();
        foreach (var (name, help, value) in (ReadOnlySpan<(string, string, Func<PackSummary, double>)>)[
            ("aibms_pack_soc_ratio", "State of charge, 0 to 1; not there until it is found.", p => p.IsSocKnown ? p.Soc : double.NaN), ("aibms_pack_soc_deviation_ratio", "One standard deviation of the state of charge, 0 to 1.", p => p.SocDeviation), ("aibms_pack_current_amperes", "Current, positive while charging.", p => p.CurrentA),
            ("aibms_pack_voltage_volts", "Pack voltage.", p => p.VoltageV), ("aibms_pack_hot_spot_celsius", "Hottest cell.", p => p.HotSpotDegC),
            ("aibms_pack_worst_level", "Worst fault that lasts: 0 none, 1 information, 2 warning, 3 fatal.", p => p.WorstLevel), ("aibms_pack_age_seconds", "Age of the last frame.", p => p.AgeS)])
        {
            Head(name, "gauge", help);
            foreach (var pack in packs.Where(p => double.IsFinite(value(p)))) Line(name, $"{{pack=\"{pack.Id}\"}}", value(pack));
        }

        foreach (var (name, help, value) in (ReadOnlySpan<(string, string, Func<FleetPack, double>)>)[
            ("aibms_pack_queue_records", "Records that wait in the agent's journal.", p => AgentValue(p, 0)), ("aibms_pack_queue_oldest_seconds", "Age of the oldest of them.", p => AgentValue(p, 1)),
            ("aibms_pack_dropped_records", "Records that the agent's journal had to drop for want of room.", p => AgentValue(p, 2)), ("aibms_pack_bad_signals", "Signals that are not believed now.", p => p.Frame is { } frame ? frame.NotGood.Length / 3 : double.NaN)])
        {
            Head(name, "gauge", help);
            foreach (var pack in fleet.Packs.OrderBy(p => p.Id, StringComparer.Ordinal).Where(p => double.IsFinite(value(p)))) Line(name, $"{{pack=\"{pack.Id}\"}}", value(pack));
        }

        return text.ToString();

        static double AgentValue(FleetPack pack, int k) => pack.Estimates is { } e ? PackFigures.At(e.AgentValues, k) : double.NaN;

        void Head(string name, string type, string help) => text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

        void Line(string name, string labels, double value) => text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {value}\n");
    }
}
