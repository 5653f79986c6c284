using AiBms.Battery.Packs;
using AiBms.Telemetry.Frames;

namespace AiBms.Server.Keepers;

/// <summary>Makes of a frame on the wire the reading that estimators take.</summary>
static class FrameReading
{
    /// <param name="reading">Filled in; signals that the frame lacks are missing.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="timeS">Its time on the estimator's clock, s.</param>
    public static void Fill(PackReading reading, PackFrame frame, double timeS)
    {
        reading.Clear();
        reading.TimeS = timeS;
        reading[PackSignal.CurrentA] = frame.CurrentA;
        reading[PackSignal.PackVoltageV] = frame.VoltageV;
        reading[PackSignal.IsolationOhm] = frame.IsolationOhm;
        reading[PackSignal.AmbientDegC] = frame.AmbientDegC;
        reading[PackSignal.CoolantInletDegC] = frame.InletDegC;
        reading[PackSignal.CoolantOutletDegC] = frame.OutletDegC;
        reading[PackSignal.CoolantFlowLPerMin] = frame.FlowLPerMin;
        reading[PackSignal.CoolantLevelFraction] = frame.LevelFraction;
        reading[PackSignal.PumpDutyFraction] = frame.PumpFraction;
        reading.ChargerConnected = frame.Flags.HasFlag(PackFlags.Charger);
        Signals(frame.CellVoltageV, reading.CellVoltageV, reading.CellQualities);
        Signals(frame.ProbeDegC, reading.ProbeTemperatureDegC, reading.ProbeQualities);
        int cells = reading.CellQualities.Length;
        foreach ((int signal, int quality) in frame.BadSignals())
        {
            if (signal < cells) reading.CellQualities[signal] = (SignalQuality)quality;
            else if (signal - cells < reading.ProbeQualities.Length) reading.ProbeQualities[signal - cells] = (SignalQuality)quality;
        }

        for (int i = 0; i < cells && i < 8 * frame.Bleeding.Length; i++)
        {
            if ((frame.Bleeding[i / 8] >> (i % 8) & 1) == 0) continue;
            reading.BleedOn[i] = true;
            if (reading.CellQualities[i] == SignalQuality.Good) reading.CellQualities[i] = SignalQuality.Bleeding;
        }
    }

    static void Signals(double[] said, double[] values, SignalQuality[] qualities)
    {
        for (int i = 0; i < values.Length && i < said.Length; i++)
            if (double.IsFinite(said[i])) (values[i], qualities[i]) = (said[i], SignalQuality.Good);
    }
}
