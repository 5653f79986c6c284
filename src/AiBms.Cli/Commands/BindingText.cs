using System.Globalization;
using System.Text.Json.Nodes;
using AiBms.Safety.Envelopes;
using AiBms.Safety.Faults;

namespace AiBms.Cli.Commands;

/// <summary>The limit that binds a current: its name, what was measured, the threshold, and since when.</summary>
static class BindingText
{
    /// <summary>One line.</summary>
    /// <param name="binding">What binds.</param>
    /// <param name="sinceS">From when on it has bound without a break, s of the run.</param>
    public static string Of(in Binding binding, double sinceS)
    {
        (string unit, string place) = Unit(binding.Name);
        string where = binding.Where < 0 || place.Length == 0 ? "" : I($" of {place}{binding.Where + 1}");
        string numbers = binding.Name switch
        {
            LimitName.NotClosed => ": the contactors are not closed",
            LimitName.Fault => I($" {FaultCatalogue.Row(binding.Fault).Code}: {Number(binding.Value)}, threshold {Number(binding.Threshold)}"),
            LimitName.CurrentTable => I($": {Number(binding.Threshold)} A at {Number(binding.Value)} °C{where}"),
            LimitName.Command => I($": {Number(binding.Value)} A, by the estimates and what a charge wants"),
            _ => I($": {Number(binding.Value)} {unit}{where}, threshold {Number(binding.Threshold)} {unit}"),
        };
        return I($"{Name(binding.Name)}{numbers}, since {sinceS:0} s");
    }

    /// <summary>The same for programs; what does not apply is null.</summary>
    public static JsonObject Json(in Binding binding, double limitA, double sinceS)
    {
        bool isMeasured = binding.Name is not (LimitName.NotClosed or LimitName.Command);
        return new()
        {
            ["limitA"] = PackEstimatesJson.Number(limitA),
            ["name"] = Name(binding.Name),
            ["value"] = isMeasured ? PackEstimatesJson.Number(binding.Value) : null,
            ["threshold"] = isMeasured ? PackEstimatesJson.Number(binding.Threshold) : null,
            ["unit"] = Unit(binding.Name).Unit,
            ["where"] = binding.Where < 0 ? null : JsonValue.Create(Unit(binding.Name).Place + (binding.Where + 1).ToString(CultureInfo.InvariantCulture)),
            ["sinceS"] = PackEstimatesJson.Number(sinceS),
            ["fault"] = binding.Name == LimitName.Fault ? FaultCatalogue.Row(binding.Fault).Code : null,
        };
    }

    /// <summary>The name that shares of the time are told under, too.</summary>
    public static string Name(LimitName name) => name == LimitName.Command ? "what control asked for" : name.ToString();

    /// <summary>A limit that does not apply now is told as a value beyond all.</summary>
    static string Number(float value) => Math.Abs(value) < 1e30f ? value.ToString("0.###", CultureInfo.InvariantCulture) : "any";

    /// <summary>Unit of value and threshold, and what the place counts; of the table the value is °C, the threshold A.</summary>
    static (string Unit, string Place) Unit(LimitName name) => name switch
    {
        LimitName.CellVoltageHigh or LimitName.CellVoltageLow or LimitName.VoltageSpread or LimitName.DeepDischarge => ("V", "V_"),
        LimitName.ChargeTemperatureHigh or LimitName.ChargeTemperatureLow or LimitName.TemperatureHigh or LimitName.DischargeTemperatureLow => ("°C", "T_"),
        LimitName.CurrentTable => ("°C, A", "T_"),
        LimitName.TemperatureSpread => ("K", "T_"),
        LimitName.TemperatureRate => ("K/min", "T_"),
        LimitName.IsolationLow => ("Ω/V", ""),
        LimitName.CoolantFlowLow => ("L/min", ""),
        LimitName.SustainedCurrent or LimitName.Command => ("A", ""),
        LimitName.SensorLost => ("ms", "T_"),
        _ => ("", ""),
    };

    static string I(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
