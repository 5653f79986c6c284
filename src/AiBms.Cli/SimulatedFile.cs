using System.Globalization;
using AiBms.Battery.Simulation;

namespace AiBms.Cli;

/// <summary>Writes a simulated recording in our own dialect, labelled as simulated with the command that makes it again.</summary>
static class SimulatedFile
{
    /// <summary>Comment lines, a header with units, one line for each row.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="recording">What the sensors read, with the true SOC as label.</param>
    /// <param name="command">The command line that makes the same bytes.</param>
    public static void Write(TextWriter to, SimulatedRecording recording, string command)
    {
        bool isPack = recording.CellVoltageV.Length > 1;
        to.Write("# Simulated by AiBms; nothing here was measured.\n");
        to.Write($"# Made by: {command}\n");
        to.Write("# Read by imperfect sensors; soc is the true charge over the cell's own capacity" + (isPack ? ", mean over the cells.\n" : ".\n"));
        to.Write("time_s,current_a,voltage_v,temperature_c,ambient_c,soc");
        for (int k = 0; isPack && k < recording.CellVoltageV.Length; k++) to.Write(Text($",V_{k + 1}"));
        for (int p = 0; isPack && p < recording.ProbeDegC.Length; p++) to.Write(Text($",T_{p + 1}"));
        to.Write('\n');
        for (int row = 0; row < recording.RowCount; row++)
        {
            double meanDegC = recording.ProbeDegC.Average(probe => probe[row]);
            to.Write(Text($"{recording.TimeS[row]:0},{recording.CurrentA[row]:0.000},{recording.VoltageV[row]:0.0000},{meanDegC:0.0},{recording.AmbientDegC[row]:0.0},{recording.Soc[row]:0.00000}"));
            for (int k = 0; isPack && k < recording.CellVoltageV.Length; k++) to.Write(Text($",{recording.CellVoltageV[k][row]:0.0000}"));
            for (int p = 0; isPack && p < recording.ProbeDegC.Length; p++) to.Write(Text($",{recording.ProbeDegC[p][row]:0.0}"));
            to.Write('\n');
        }
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
