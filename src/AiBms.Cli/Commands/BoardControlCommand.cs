using System.CommandLine;
using System.Globalization;
using AiBms.Battery.Control;
using AiBms.Cli.Shell;
using AiBms.Learning.Plots;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms board control</c>: what charging and cooling do on a simulated pack, as a page with a picture.</summary>
static class BoardControlCommand
{
    const string Pack = "ev_96s2p_immersion";

    public static Verb Create()
    {
        var output = new Option<string>("--out") { Description = "Folder for README.md and the picture.", DefaultValueFactory = _ => "results/control", HelpName = "DIR" };
        return new Verb("control", "Charging and cooling of a simulated pack in a closed loop with protection and estimation.", "board control --out control-look")
        {
            output,
        }.Does((parsed, talk) =>
        {
            string to = parsed.GetRequiredValue(output);
            Directory.CreateDirectory(to);
            ControlStudy.Charge[] charges =
            [
                ControlStudy.RunCharge("constant current, 25 °C", Pack, 25, new(), 6, talk.Seed),
                ControlStudy.RunCharge("multi-stage, 25 °C", Pack, 25, new() { Stages = ChargeOptions.MultiStage }, 6, talk.Seed),
                ControlStudy.RunCharge("constant current, 5 °C", Pack, 5, new(), 6, talk.Seed),
            ];
            ControlStudy.Drive[] drives = [.. Enum.GetValues<CoolingMode>().Select(mode => ControlStudy.RunDrive(Pack, mode, talk.Seed))];
            string command = $"./aibms {string.Join(' ', parsed.Tokens.Select(token => token.Value))}";
            File.WriteAllText(Path.Combine(to, "README.md"), Page(command, charges, drives));
            PlotPanel.Save(
                Path.Combine(to, "control.png"),
                Panel("Charging: the current, and what bends it", "A", charges, c => c.CurrentA), Panel("The worst cell never passes 4.2 V", "V", charges, c => c.WorstV),
                Panel("Hottest core", "°C", charges, c => c.HottestDegC));
            talk.Say($"{Path.Combine(to, "README.md")} and control.png are written.");
            return ExitCode.Ok;
        });
    }

    static PlotPanel Panel(string title, string unit, ControlStudy.Charge[] charges, Func<ControlStudy.Charge, double[]> of) => new(
        title, "minutes", unit, [.. charges.Select((c, n) => new PlotLine(c.Name, c.Minutes, of(c), false, false, n))], unit == "A" ? LegendPlace.UpperRight : LegendPlace.LowerRight);

    static string Page(string command, ControlStudy.Charge[] charges, ControlStudy.Drive[] drives)
    {
        using var page = new StringWriter(CultureInfo.InvariantCulture);
        page.WriteLine($"# Control of a simulated pack\n\nMade by `{command}`: {Pack} whose cells differ from the estimator's model (mismatched truth), with noisy sensors, through the whole chain.\n");
        page.WriteLine("![current, worst cell and hottest core over a charge](control.png)\n");
        page.WriteLine("| charge | 10 to 80 % | highest cell | hottest core | SOC at the end | what bound, and from which minute on at first |\n|---|---|---|---|---|---|");
        foreach (var c in charges)
        {
            string reasons = string.Join(", ", c.Reasons.Where(Lasts(c)).DistinctBy(r => r.Reason).Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Reason} {r.Minute:0}")));
            page.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {c.Name} | {c.To80Min:0.0} min | {c.WorstV.Max():0.000} V | {c.HottestDegC.Max():0.0} °C | {100 * c.EndSoc:0.0} % | {reasons} |"));
        }

        page.WriteLine("\nTwo hours of hard driving at 35 °C:\n\n| mode | hottest core | largest spread | pump | chiller, electrical |\n|---|---|---|---|---|");
        foreach (var d in drives)
            page.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {d.Mode} | {d.HottestDegC:0.0} °C | {d.SpreadK:0.0} K | {d.PumpWh:0} Wh | {d.ChillerWh:0} Wh |"));
        return page.ToString();
    }

    /// <summary>Reasons that bound for less than half a minute are left out of the table.</summary>
    static Func<(double Minute, ChargeReason Reason), int, bool> Lasts(ControlStudy.Charge charge) => (reason, n) =>
        (n + 1 < charge.Reasons.Count ? charge.Reasons[n + 1].Minute : double.PositiveInfinity) - reason.Minute > 0.5;
}
