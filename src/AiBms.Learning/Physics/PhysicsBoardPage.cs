using System.Globalization;
using System.Text;
using AiBms.Learning.Boards;

namespace AiBms.Learning.Physics;

/// <summary>Writes the physics board: a page, its numbers as tables, and the work–precision picture.</summary>
public static class PhysicsBoardPage
{
    /// <summary>CPU ms of the peer on the machine of the reference curves: default, compiled; NaN where not published.</summary>
    static readonly Dictionary<string, (double DefaultMs, double CompiledMs)> Peer = new(StringComparer.Ordinal)
    {
        ["SPM 1C"] = (1.20, 0.41),
        ["SPMe 1C"] = (2.93, 1.23),
        ["DFN 1C"] = (17.4, 12.2),
        ["DFN 1C, lumped heat"] = (67.6, double.NaN),
        ["SPM US06, 600 s"] = (5.0, 2.4),
        ["SPMe US06, 600 s"] = (14.7, 6.6),
        ["DFN US06, 600 s"] = (116, 74),
        ["SPM ten CCCV cycles"] = (100, double.NaN),
        ["SPMe ten CCCV cycles"] = (180, double.NaN),
        ["DFN ten CCCV cycles"] = (560, double.NaN),
        ["SPM, 5,000 cycles with SEI and heat"] = (double.NaN, 4100),
        ["the same by jumps"] = (double.NaN, 4100),
        ["SPM, 1,000 cells 25p40s, 1,800 s"] = (320_000, 9200),
        ["SPMe, 1,000 cells 25p40s, 1,800 s"] = (double.NaN, double.NaN),
        ["DFN, 1,000 cells 25p40s, 1,800 s"] = (double.NaN, double.NaN),
        ["DFN, five cycles of coupled ageing"] = (1320, double.NaN),
    };

    /// <summary>Runs the board and writes README.md and work-precision.png into a folder.</summary>
    /// <returns>The page.</returns>
    public static string Write(PhysicsBoard board, string folder, string command, string dataHash, double budgetS)
    {
        Directory.CreateDirectory(folder);
        StringBuilder page = new();
        page.Append("# Physics board\n\n");
        page.Append(CultureInfo.InvariantCulture, $"Made by `{command}`; reference curves {dataHash}. Errors are of the voltage for t > 1 s, in mV.\n\n");
        page.Append("## Against converged curves of PyBaMM\n\n");
        page.Append("*Working* is our default resolution (12/4/12 cells, 10 terms a particle, tolerance 3e-4); *fine* is 60/20/60 cells, 18 terms, 1e-6, with the peer's own mean of the salt for SPMe's conductivity. The peer's DFN curves carry a first-order mesh error of about 0.15 mV at 1C (see the guide), which is what remains.\n\n");
        var truths = new MarkdownTable("case", "working RMSE", "max", "fine RMSE", "max", "stoichiometry, max", "temperature, max K", "end, s");
        foreach (var row in board.Truths())
            truths.Add(row.Name, F(row.Normal.RmseMV), F(row.Normal.MaxMV), F(row.Fine.RmseMV), F(row.Fine.MaxMV), E(row.Fine.StoichiometryMax), E(row.Fine.TemperatureMaxK), F(row.Fine.EndErrorS));
        truths.Write(page);

        page.Append("## Inside the cell\n\nThe same curves, fine, largest differences for t > 1 s: mean surface stoichiometry of either electrode; overpotentials (both reactions, salt, electrolyte, solid); salt at the places and times of the written profiles; temperature.\n\n");
        var inside = new MarkdownTable("case", "surface", "overpotentials, mV", "salt, mol/m³", "temperature, K");
        foreach (var row in board.Inside()) inside.Add(row.Name, E(row.Surface), F(row.OverpotentialMV), F(row.SaltMolPerM3), E(row.TemperatureK));
        inside.Write(page);

        page.Append("## Cells without a converged curve\n\n1C from full, against our own refined solution (48/24/48 cells, 10 terms, 3e-6) up to 97 % of the time, mV; 8 and 16 cells with all else refined, and the order between them. Ai2020 has the diffusivity of its paper; PyBaMM's lacks a factor of 10⁻⁴ and is there for comparison.\n\n");
        var refined = new MarkdownTable("case", "working RMSE", "max", "8 cells", "16 cells", "order");
        foreach (var row in board.Refinements()) refined.Add(row.Name, F(row.RmseMV), F(row.MaxMV), T(row.CoarseMV), T(row.FineMV), F(row.Order));
        refined.Write(page);

        page.Append("## What is conserved\n\nChen2020 through a cycle at 1e-8 with heat and no cooling: lithium and salt of what there was, charge of what the terminals moved, energy at the terminals less what the electrodes store and what warms the cell.\n\n");
        var balances = new MarkdownTable("model", "lithium", "salt", "charge", "energy");
        foreach (var row in board.Balances()) balances.Add(row.Name, E(row.Lithium), double.IsNaN(row.Salt) ? "–" : E(row.Salt), E(row.Charge), E(row.Energy));
        balances.Write(page);

        page.Append("## Against solutions on paper\n\nLargest error, of what the solution moves.\n\n");
        var exact = new MarkdownTable("case", "solution", "error");
        foreach (var row in board.Exact()) exact.Add(row.Name, row.Solution, E(row.RelativeError));
        exact.Write(page);

        page.Append("## Against PyBaMM's default mesh\n\nOurs discretised as it is there: 20 even cells a layer, 20 even shells with an extrapolated surface, its means at faces (`LikePyBamm`). The plain mean of the conductivity where layers meet is the error of first order that its converged curves keep.\n\n");
        var mesh = new MarkdownTable("case", "RMSE", "max", "temperature, max K");
        foreach (var row in board.PeerMesh()) mesh.Add(row.Name, row.Comparison.RmseMV.ToString("0.000", CultureInfo.InvariantCulture), row.Comparison.MaxMV.ToString("0.000", CultureInfo.InvariantCulture), E(row.Comparison.TemperatureMaxK));
        mesh.Write(page);

        page.Append("## Against COMSOL\n\n");
        page.Append("DFN, Marquis2019 cell, fine. PyBaMM converged: 0.10, 0.52, 0.83 mV RMSE at 0.1, 1, 3C, which is COMSOL's own mesh and its own first-order mean at faces: the last column is ours with those means (60/30/60 cells, 100 even shells).\n\n");
        var comsol = new MarkdownTable("rate", "RMSE", "max", "salt, max mol/m³", "RMSE with PyBaMM's means");
        foreach (var row in board.Comsol()) comsol.Add(row.Rate, F(row.RmseMV), F(row.MaxMV), F(row.SaltMaxMolPerM3), F(row.LikePeerMV));
        comsol.Write(page);

        page.Append("## Against measurement: About:Energy's BPX cells\n\nRMSE over the whole curve, the measured current as the load, from a full cell; the files as published, nothing fitted.\n\n");
        var bpx = new MarkdownTable("curve", "SPM", "DFN", "PyBaMM DFN");
        foreach (var row in board.Bpx()) bpx.Add(row.Name, F(row.SpmMV), F(row.DfnMV), F(row.PeerMV));
        bpx.Write(page);

        page.Append("## The BPX standard's own examples\n\nEach file in the model that it is for, C/2 from full; the difference is that of the voltage at equal charge to the file it is made to be compared to, from 5 to 90 % of the discharge. The particles of the blended file differ from the plain one's, its lithium does not; the branches of the hysteresis lie on either side of the plain potential.\n\n");
        var examples = new MarkdownTable("file", "model", "discharged, Ah", "beside", "max difference, mV");
        foreach (var row in board.BpxExamples()) examples.Add(row.Name, row.Model.ToString().ToUpperInvariant(), row.DischargedAh.ToString("0.000", CultureInfo.InvariantCulture), row.Beside, F(row.MaxMV));
        examples.Write(page);

        page.Append("## Lithium lost to the interphase\n\nSPM, Chen2020, mAh: 100 days at 90 % SOC, and 20 cycles. The peer's interstitial law sees the film's own drop under load, ours does not.\n\n");
        var ageing = new MarkdownTable("law", "100 days", "PyBaMM", "20 cycles", "PyBaMM");
        foreach (var row in board.Ageing())
            ageing.Add(row.Law, M(row.StoredAh), M(row.StoredReferenceAh), M(row.CycledAh), M(row.CycledReferenceAh));
        ageing.Write(page);

        page.Append("## Film, plating, cracks and stress together\n\nOKane2022 after ten cycles (1C to 2.5 V, 0.3C to 4.2 V, held to C/100). The reference ran on 5/5/5 cells and 30 even shells; its single particle does not take the lithium of the film in the cracks from the particles, ours does.\n\n");
        var coupled = new MarkdownTable("model", "capacity, Ah", "LLI, %", "side reactions, mAh", "LAM negative, %", "LAM positive, %");
        foreach (var row in board.CoupledAgeing())
            coupled.Add(row.Name, row.CapacityAh.ToString("0.00000", CultureInfo.InvariantCulture), row.LithiumLossPercent.ToString("0.0000", CultureInfo.InvariantCulture), M(row.SideReactionsAh),
                row.NegativeLossPercent.ToString("0.00000", CultureInfo.InvariantCulture), row.PositiveLossPercent.ToString("0.000000", CultureInfo.InvariantCulture));
        coupled.Write(page);
        page.Append("## Time\n\n");
        page.Append("Chen2020, working resolution, one thread, warm, least of many, ms (processor time where a repeat takes longer than 50 ms); PyBaMM's CPU ms as measured for the reference curves on two quiet cores of the same class. Lives and packs: liionpack in place of PyBaMM, SLIDE in place of compiled. Its error in the 1C cases is 10 mV max.\n\n");
        var times = new MarkdownTable("case", "AiBms ms", "max error mV", "PyBaMM ms", "compiled ms", "times faster than compiled (default)");
        foreach (var row in board.Times(budgetS))
        {
            (double standard, double compiled) = Peer[row.Name];
            times.Add(row.Name, row.TimeMs.ToString("0.000", CultureInfo.InvariantCulture), F(row.MaxMV), F(standard), F(compiled),
                F((double.IsNaN(compiled) ? standard : compiled) / row.TimeMs));
        }

        times.Write(page);
        var points = board.WorkPrecision(budgetS);
        PhysicsPlots.WorkPrecision("Chen2020, 1C discharge: error against time", points, Path.Combine(folder, "work-precision.png"));
        page.Append("## Work and precision\n\n![error against time](work-precision.png)\n\n");
        WriteWork(points.Where(p => p.Solver == "AiBms"), page);
        var drive = board.DrivePrecision(budgetS);
        PhysicsPlots.WorkPrecision("Chen2020, US06 twice, 600 s: error against time", drive, Path.Combine(folder, "work-precision-us06.png"));
        page.Append("## Work and precision under a drive cycle\n\nUS06 at twice its current, 600 s of knots a second apart. SPM and SPMe against the peer's converged curve; DFN, of which there is none, against our fine solution. The peer's times are those of its compiled models on its default mesh.\n\n![error against time, US06](work-precision-us06.png)\n\n");
        WriteWork(drive, page);
        var costs = board.Costs(budgetS);
        PhysicsPlots.Cost(costs, Path.Combine(folder, "cost.png"));
        page.Append("## Cost against cells and mesh\n\nPacks: groups of 25 in series, coupled, 1C for 1,800 s, spread cells, making the pack included; SPM vectorised in steps of 5 s, SPMe and DFN (6/3/6 cells, 8 terms, 1e-3) in steps as their error allows; the sizes of a series take turns. Mesh: one DFN for 3,000 s, a cell in the separator for two in an electrode. An exponent of 1 is linear.\n\n![time against size](cost.png)\n\n");
        var cost = new MarkdownTable("series", "sizes", "ms", "exponent");
        foreach (var series in costs.GroupBy(p => (p.Series, p.IsMesh)))
            cost.Add(series.Key.IsMesh ? series.Key.Series + ", cells an electrode" : series.Key.Series + ", cells of a pack", string.Join(", ", series.Select(p => p.Size)),
                string.Join(", ", series.Select(p => p.TimeMs.ToString("0.0", CultureInfo.InvariantCulture))), PackCost.Exponent([.. series]).ToString("0.00", CultureInfo.InvariantCulture));
        cost.Write(page);
        string text = page.ToString().TrimEnd('\n') + "\n";
        File.WriteAllText(Path.Combine(folder, "README.md"), text);
        return text;
    }

    static void WriteWork(IEnumerable<WorkPoint> points, StringBuilder page)
    {
        var work = new MarkdownTable("model", "solver", "ms", "max error mV");
        foreach (var point in points) work.Add(point.Model, point.Solver, point.TimeMs.ToString("0.000", CultureInfo.InvariantCulture), F(point.MaxMV));
        work.Write(page);
    }

    static string F(double value) => double.IsFinite(value) ? value.ToString(Math.Abs(value) < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture) : "–";

    static string T(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    static string M(double chargeAh) => (1000 * chargeAh).ToString("0.0000", CultureInfo.InvariantCulture);

    static string E(double value) => value == 0 ? "0" : value.ToString("0e0", CultureInfo.InvariantCulture);
}
