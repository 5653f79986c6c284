using System.Globalization;
using AiBms.Safety.Protection;

namespace AiBms.Tests.Safety;

/// <summary>The words that change inputs in a scenario.</summary>
static class ScenarioInputs
{
    public static void Set(SafetyRig rig, string word)
    {
        string[] pair = word.Split('=');
        string key = pair[0].TrimEnd("0123456789".ToCharArray());
        int index = key.Length < pair[0].Length ? int.Parse(pair[0][key.Length..], CultureInfo.InvariantCulture) : -1;
        bool none = pair[1] == "ok";
        float value = none ? 0 : float.Parse(pair[1], CultureInfo.InvariantCulture);
        bool on = value != 0;
        switch (key)
        {
            case "cell": rig.CellV[index] = value; break;
            case "cells": Array.Fill(rig.CellV, value); break;
            case "probe": rig.ProbeDegC[index] = value; break;
            case "probes": Array.Fill(rig.ProbeDegC, value); break;
            case "warming": rig.WarmingKPerS = value; break;
            case "bleed": rig.Bleed[index] = on; break;
            case "load": rig.LoadA = value; break;
            case "obeys": rig.Obeys = on; break;
            case "current": rig.CurrentOverride = none ? null : value; break;
            case "redundant": rig.RedundantOverride = none ? null : value; break;
            case "pack": rig.PackOverride = none ? null : value; break;
            case "link": rig.LinkOverride = none ? null : value; break;
            case "linkload": rig.LinkLoadV = value; break;
            case "iso": rig.IsolationOhm = value * rig.Limits.WorkingVoltageV; break;
            case "level": rig.Level = value; break;
            case "flow": rig.Flow = value; break;
            case "coolant": rig.Coolant = value; break;
            case "pump": rig.Pump = on; break;
            case "gas": rig.Gas = value; break;
            case "pressure": rig.Pressure = value; break;
            case "board": rig.Board = value; break;
            case "interlock": rig.Interlock = on; break;
            case "crash": rig.Crash = on; break;
            case "charger": rig.Charger = on; break;
            case "close": rig.Close = on; break;
            case "step": rig.StepMs = (int)value; break;
            case "clock": rig.ClockMs += (long)(1000 * value); break;
            case "frozen": rig.Frozen = on; break;
            case "aux": rig.HasAux = on; break;
            case "weldplus": rig.PlusWelded = on; break;
            case "weldminus": rig.MinusWelded = on; break;
            case "weldprecharge": rig.PrechargeWelded = on; break;
            case "stuckplus": rig.PlusStuck = on; break;
            case "stuckminus": rig.MinusStuck = on; break;
            case "reset": rig.Service = ServiceRequest.ResetFaults; break;
            case "qualify": rig.Service = ServiceRequest.QualifyDeepDischarge; break;
            case "wrongreset":
                rig.Service = ServiceRequest.ResetFaults;
                rig.Answer = 12345;
                break;
            default: throw new ArgumentException($"unknown input '{word}'");
        }
    }
}
