using AiBms.Agent.Chain;
using AiBms.Agent.Ports;
using AiBms.Battery.Control;
using AiBms.Battery.Packs;
using AiBms.Safety.Runaway;
using AiBms.Telemetry.Readings;

namespace AiBms.Agent.Replay;

/// <summary>Runs the whole chain over a recorded pack.</summary>
public static class ReplayRun
{
    /// <summary>Runs it.</summary>
    /// <param name="recording">The record.</param>
    /// <param name="pack">What it is taken for.</param>
    /// <param name="report">Called now and then with the row that is reached; null for none.</param>
    public static ReplayResult Of(Recording recording, ReplayPack pack, Action<int>? report = null)
    {
        var port = new RecordedPack(recording, pack.Layout);
        var chain = new PackChain(port, pack.Cell, pack.Limits, new() { Estimation = pack.Estimation });
        chain.Estimator.EnergyLoad = pack.EnergyLoad;
        double[][] cells = RecordedColumns.Cells(recording);
        double[] medianV = RestCurve.RowMedians(cells, recording.RowCount);
        var curve = RestCurve.Of(recording, medianV, chain.Estimator.Group, pack.CapacityAh);
        CellEvidence[] evidence = [.. cells.Select(_ => new CellEvidence())];
        SignalLedger[] taps = [.. cells.Select(_ => new SignalLedger())], probes = [.. pack.Layout.Probes.Select(_ => new SignalLedger())];
        var events = new EventBook(RecordedColumns.Find(recording, "warning_level"));
        var wish = new ControlRequest(IsChargeWanted: false, TargetSoc: 1, CoolingSetpoints.Of(CoolingMode.Balanced));
        var currents = new SignalLedger();
        RunawayWarning runaway = default;
        long closedRows = 0, impossibleRows = 0;
        // Switched off at the start of a stretch: each asks for closing anew, as whoever starts the car does.
        while (chain.Step(new(IsOn: !port.IsOff, wish)))
        {
            while (chain.Events.TryTake(out var taken)) events.Take(taken, port.Row);
            if (chain.Safety.Runaway.Active) runaway = chain.Safety.Runaway;
            if (port.IsLead) continue;
            double currentA = port.MeasuredA;
            bool isCurrent = chain.Protection.IsPossibleCurrent(currentA);
            if (!isCurrent) currents.Add(currentA, true);
            events.Row(port.Row, currentA);
            if (chain.Safety.Contactors is { Plus: true, Minus: true }) closedRows++;
            if (Ledger(chain, taps, probes)) impossibleRows++;
            double soc = curve.Soc is { } own ? own[port.Row] : chain.State.MeanSoc.Soc;
            if (double.IsFinite(soc) && isCurrent) Judge(chain, evidence, curve.SlopeV(soc), soc, currentA);
            if (port.Row % 1000 == 0) report?.Invoke(port.Row);
        }

        return new()
        {
            Rows = recording.RowCount,
            Stretches = port.StretchCount,
            WithheldRows = port.WithheldRowCount,
            ClosedRows = closedRows,
            LeftOutRows = port.LeftOutRowCount,
            EndS = port.Row < 0 ? double.NaN : recording.TimeS[port.Row],
            Runaway = runaway,
            Events = events.Close(port.Row < 0 ? double.NaN : recording.TimeS[port.Row]),
            OwnWarnings = events.OwnWarnings(),
            HasOwnWarnings = events.HasOwnWarnings,
            Cells = CellRanking.Of(evidence, pack.CapacityAh),
            Baseline = Baseline(cells, medianV),
            Currents = currents,
            Taps = taps,
            Probes = probes,
            ImpossibleRows = impossibleRows,
            Last = chain.State,
            Curve = curve,
            MedianV = medianV,
        };
    }

    static void Judge(PackChain chain, CellEvidence[] evidence, double slopeV, double soc, double currentA)
    {
        for (int i = 0; i < evidence.Length; i++)
            if (chain.Reading.CellQualities[i] == SignalQuality.Good)
                evidence[i].Add(chain.Reading.CellVoltageV[i] - chain.Taps.MedianV, slopeV, soc, currentA);
    }

    static bool Ledger(PackChain chain, SignalLedger[] taps, SignalLedger[] probes)
    {
        bool isImpossible = false;
        for (int i = 0; i < taps.Length; i++)
        {
            if (chain.Reading.CellQualities[i] == SignalQuality.Good) continue;
            taps[i].Add(chain.Reading.CellVoltageV[i], chain.Taps.IsImpossible(i));
            isImpossible |= chain.Taps.IsImpossible(i);
        }

        for (int i = 0; i < probes.Length; i++)
            if (chain.Reading.ProbeQualities[i] != SignalQuality.Good)
                probes[i].Add(chain.Reading.ProbeTemperatureDegC[i], chain.Protection.Memory.ProbeQuality(i) == AiBms.Safety.Signals.SignalQuality.OutOfRange);
        return isImpossible;
    }

    /// <summary>What anybody would do first: sort the cells by the median of what they lack.</summary>
    static IReadOnlyList<(int Cell, double MedianV)> Baseline(double[][] cells, double[] medianV)
    {
        double[] away = new double[medianV.Length];
        List<(int Cell, double MedianV)> ranked = [];
        for (int i = 0; i < cells.Length; i++)
        {
            int count = 0;
            for (int k = 0; k < away.Length; k++)
                if (double.IsFinite(cells[i][k] - medianV[k])) away[count++] = cells[i][k] - medianV[k];
            away.AsSpan(0, count).Sort();
            ranked.Add((i, count == 0 ? double.NaN : away[count / 2]));
        }

        return [.. ranked.OrderBy(r => r.MedianV)];
    }
}
