using AiBms.Safety.Limits;
using AiBms.Safety.Protection;

namespace AiBms.Tests.Safety;

/// <summary>Applies events to the bench.</summary>
static class SafetyBench
{
    /// <summary>Runs a sequence under every law; gives the number of steps, and in how many of them the contactors were closed.</summary>
    public static (int Steps, int Closed) Run(SafetyEvent[] events) => Run(events, TestPacks.Module12, 3.7f);

    /// <summary>The same on a pack, whose cells rest at a voltage.</summary>
    public static (int Steps, int Closed) Run(SafetyEvent[] events, SafetyLimits limits, float restV)
    {
        var rig = new SafetyRig(limits, restV) { Close = true };
        var laws = new SafetyLaws(rig);
        int steps = 0, closed = 0;
        Hold(450);
        foreach (var e in events)
        {
            Apply(rig, e, restV);
            Hold(e.HoldSteps);
        }

        return (steps, closed);

        void Hold(int count)
        {
            for (int i = 0; i < count; i++)
            {
                laws.Before();
                rig.Step();
                laws.After();
                rig.Service = ServiceRequest.None;
                rig.Answer = null;
                steps++;
                if (rig.Output.Contactors is { Plus: true, Minus: true }) closed++;
            }
        }
    }

    static void Apply(SafetyRig rig, in SafetyEvent e, float restV)
    {
        int cell = e.Index % rig.CellV.Length;
        bool on = (e.Index & 1) != 0;
        float value = e.Value;
        switch (e.Kind)
        {
            case 0: rig.CellV[cell] = value; break;
            case 1: rig.CellV[cell] = restV - 0.3f + 0.1f * (e.Index % 10); break;
            case 2: Array.Fill(rig.CellV, value); break;
            case 3: rig.ProbeDegC[e.Index % rig.ProbeDegC.Length] = value; break;
            case 4: Array.Fill(rig.ProbeDegC, value); break;
            case 5: rig.WarmingKPerS = e.Index * 0.2f - 1; break;
            case 6: rig.CurrentOverride = value; break;
            case 7: rig.RedundantOverride = value; break;
            case 8: rig.CurrentOverride = rig.RedundantOverride = value; break;
            case 9: rig.PackOverride = value; break;
            case 10: rig.LinkOverride = value; break;
            case 11: rig.IsolationOhm = value; break;
            case 12: rig.Level = value; break;
            case 13: rig.Flow = value; break;
            case 14: rig.Gas = value; break;
            case 15: rig.Pressure = value; break;
            case 16: rig.Board = value; break;
            case 17: rig.Pump = on; break;
            case 18: rig.Interlock = on; break;
            case 19: rig.Crash = on; break;
            case 20: rig.Charger = on; break;
            case 21 or 22: rig.Close = on; break;
            case 23: rig.ClockMs = unchecked(rig.ClockMs + e.Jump); break;
            case 24: rig.ClockMs = e.Jump; break;
            case 25: rig.Frozen = on; break;
            case 26: rig.HasAux = on; break;
            case 27: rig.PlusWelded = on; break;
            case 28: rig.MinusWelded = on; break;
            case 29: rig.PrechargeWelded = on; break;
            case 30: rig.PlusStuck = on; break;
            case 31: rig.MinusStuck = on; break;
            case 32: (rig.Service, rig.Answer) = (on ? ServiceRequest.ResetFaults : ServiceRequest.QualifyDeepDischarge, (uint)e.Jump); break;
            case 33: rig.Service = ServiceRequest.ResetFaults; break;
            case 34: rig.Service = ServiceRequest.QualifyDeepDischarge; break;
            case 35: Array.Fill(rig.Bleed, on); break;
            case 36: rig.Bleed[cell] = !rig.Bleed[cell]; break;
            case 37: rig.LoadA = value; break;
            case 38: rig.Obeys = on; break;
            case 39: rig.StepMs = e.Index switch { 0 => 0, 1 => 1, 2 => 1000, 3 => 5000, _ => 10 * e.Index }; break;
            default: Heal(rig, restV, close: on); break;
        }
    }

    /// <summary>Everything as it should be, so that a sequence gets back to closed contactors.</summary>
    static void Heal(SafetyRig rig, float restV, bool close)
    {
        Array.Fill(rig.CellV, restV);
        Array.Fill(rig.ProbeDegC, 25);
        Array.Fill(rig.Bleed, false);
        rig.CurrentOverride = rig.RedundantOverride = rig.PackOverride = rig.LinkOverride = null;
        (rig.IsolationOhm, rig.Level, rig.Flow, rig.Gas, rig.Pressure, rig.Board) = (2e6f, 1, 10, float.NaN, float.NaN, 30);
        (rig.WarmingKPerS, rig.LoadA, rig.LinkLoadV, rig.StepMs) = (0, 0, 0, 20);
        (rig.Pump, rig.Interlock, rig.Crash, rig.Charger, rig.Frozen, rig.Obeys, rig.HasAux) = (true, true, false, false, false, true, true);
        rig.PlusWelded = rig.MinusWelded = rig.PrechargeWelded = rig.PlusStuck = rig.MinusStuck = false;
        rig.Close = close;
    }
}
