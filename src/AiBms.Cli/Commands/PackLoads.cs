using AiBms.Battery.Cells;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Simulation;
using AiBms.Numerics;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary>Turns what <c>--load</c> and <c>--experiment</c> say into phases of a pack.</summary>
static class PackLoads
{
    /// <summary>The dialect of loads that are named as our own files are: positive charges.</summary>
    const string OursDialect = "load";

    /// <summary>The phases.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="cell">The pack's cell.</param>
    /// <param name="parallel">Cells in parallel: rates are of the group.</param>
    /// <exception cref="DataException">The load cannot be read; the message says why.</exception>
    public static IReadOnlyList<Phase> Of(PackSimulationRequest request, CellType cell, int parallel)
    {
        if (request.Experiment is { } text)
        {
            try
            {
                return [.. new ExperimentParser(cell.CapacityAh * parallel).Parse(File.Exists(text) ? File.ReadAllText(text) : text).Select(Held)];
            }
            catch (FormatException problem)
            {
                throw new DataException(problem.Message, problem);
            }
        }

        if (Scenario.All.FirstOrDefault(s => s.Name == request.Load) is { } scenario) return scenario.Phases(cell);
        if (!File.Exists(request.Load))
        {
            string names = string.Join(", ", Scenario.All.Select(s => s.Name));
            string meant = Nearest.To(request.Load, Scenario.All.Select(s => s.Name)) is { } near ? $" Did you mean {near}?" : "";
            throw new DataException($"--load '{request.Load}' is neither {names} nor a file.{meant}");
        }

        return [Profile(request)];
    }

    static ProfilePhase Profile(PackSimulationRequest request)
    {
        var recording = Opened(request);
        double[]? powerW = recording.Extras.FirstOrDefault(extra => extra.Name == "power_w")?.Values;
        bool hasCurrent = recording.CurrentA.Any(double.IsFinite);
        if (!hasCurrent && powerW is null) throw new DataException($"{request.Load} has neither current nor power to be used as a load.");
        if (!hasCurrent && request.LoadSign is null && recording.Findings.Dialect != OursDialect) throw new DataException($"{request.Load}: whether positive power charges or discharges cannot be told; say --current-sign charge or discharge.");
        double[] values = hasCurrent ? recording.CurrentA : request.LoadSign == CurrentSign.Discharge ? [.. powerW!.Select(w => -w)] : powerW!;
        int[] rows = [.. Enumerable.Range(0, recording.RowCount).Where(k => double.IsFinite(values[k]) && double.IsFinite(recording.TimeS[k]) && (k == 0 || recording.TimeS[k] > recording.TimeS[k - 1]))];
        if (rows.Length < 2) throw new DataException($"{request.Load} has {rows.Length} usable rows; a load needs two.");
        double[] timeS = [.. rows.Select(k => recording.TimeS[k] - recording.TimeS[rows[0]])], used = [.. rows.Select(k => values[k])];
        return new(timeS, hasCurrent ? used : null, hasCurrent ? null : used);
    }

    static Recording Opened(PackSimulationRequest request)
    {
        try
        {
            return RecordingDoor.Open(request.Load, new() { CurrentSign = request.LoadSign });
        }
        catch (DataException problem) when (problem.Message.Contains("is in no dialect", StringComparison.Ordinal))
        {
            throw new DataException($"{request.Load} is no load that can be read: name its two columns with their units, time_s and current_a or power_w (or 'Time / s' and 'Current / A' or 'Power / kW'), positive while charging; a recording with time, voltage and current serves too.", problem);
        }
    }

    static Phase Held(ExperimentStep step)
    {
        bool isRest = step.Mode == StepMode.Current && step.HeldNumber == 0;
        if (isRest) return new RestPhase(step.DurationS);
        if (step.Mode is StepMode.Resistance or StepMode.Drive) throw new FormatException($"'{step.Text}': a pack takes current, power, voltage and rest.");
        if (double.IsFinite(step.UntilTemperatureK) || double.IsFinite(step.AmbientTemperatureK) || double.IsFinite(step.UntilSoc) || double.IsFinite(step.UntilMarginV)) throw new FormatException($"'{step.Text}': a pack's steps end by time, voltage or current, in surroundings that --ambient gives.");
        const double dayS = 86_400;
        double held(StepMode mode) => step.Mode == mode ? step.HeldNumber : double.NaN;
        return new HeldPhase(Math.Min(step.DurationS, dayS), held(StepMode.Current), held(StepMode.Power), held(StepMode.Voltage), step.UntilV, step.UntilA);
    }
}
