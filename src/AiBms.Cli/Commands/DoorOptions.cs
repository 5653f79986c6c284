using System.CommandLine;
using System.CommandLine.Parsing;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary>The options by which a user says what a file does not; the same for every verb that opens a recording.</summary>
sealed class DoorOptions
{
    readonly Option<string> _sign = new("--current-sign") { Description = "What a positive current in the file does.", HelpName = "charge|discharge" };
    readonly Option<string> _series = new("--series") { Description = "Open one series of a file that holds several.", HelpName = "NAME" };
    readonly Option<string> _socScale = new("--soc-scale") { Description = "Scale of the file's SOC column.", HelpName = "fraction|percent" };
    readonly Option<double?> _period = new("--sample-period") { Description = "From row to row, for a file without a time column.", HelpName = "SECONDS" };
    readonly Option<string> _dateOrder = new("--date-order") { Description = "How dates with slashes are written.", HelpName = "dmy|mdy" };
    readonly Option<string> _currentUnit = new("--current-unit") { Description = "Unit of the current column.", HelpName = "A|mA" };
    readonly Option<string> _voltageUnit = new("--voltage-unit") { Description = "Unit of the voltage column.", HelpName = "V|mV" };
    readonly Option<string> _timeUnit = new("--time-unit") { Description = "Unit of the time column.", HelpName = "ms|s|min|h" };
    readonly Option<int?> _cells = new("--cells") { Description = "Cells in series behind the voltage column.", HelpName = "N" };

    /// <summary>Adds the options to a command.</summary>
    public DoorOptions(Command command)
    {
        _sign.AcceptOnlyFromAmong("charge", "discharge");
        _socScale.AcceptOnlyFromAmong("fraction", "percent");
        _dateOrder.AcceptOnlyFromAmong("dmy", "mdy");
        _currentUnit.AcceptOnlyFromAmong("A", "mA");
        _voltageUnit.AcceptOnlyFromAmong("V", "mV");
        _timeUnit.AcceptOnlyFromAmong("ms", "s", "min", "h");
        _period.Validators.Add(result => MustBePositive(result, result.GetValueOrDefault<double?>()));
        _cells.Validators.Add(result => MustBePositive(result, result.GetValueOrDefault<int?>()));
        foreach (Option option in (Option[])[_sign, _series, _socScale, _period, _dateOrder, _currentUnit, _voltageUnit, _timeUnit, _cells])
            command.Options.Add(option);
    }

    /// <summary>What the user said.</summary>
    public RecordingOptions Read(ParseResult parsed) => new()
    {
        CurrentSign = parsed.GetValue(_sign) switch { "charge" => CurrentSign.Charge, "discharge" => CurrentSign.Discharge, _ => null },
        Series = parsed.GetValue(_series),
        SocScale = parsed.GetValue(_socScale) switch { "fraction" => 1, "percent" => 100, _ => null },
        SamplePeriodS = parsed.GetValue(_period),
        DayFirst = parsed.GetValue(_dateOrder) switch { "dmy" => true, "mdy" => false, _ => null },
        CurrentUnitA = parsed.GetValue(_currentUnit) switch { "A" => 1, "mA" => 1e-3, _ => null },
        VoltageUnitV = parsed.GetValue(_voltageUnit) switch { "V" => 1, "mV" => 1e-3, _ => null },
        TimeUnitS = parsed.GetValue(_timeUnit) switch { "ms" => 1e-3, "s" => 1, "min" => 60, "h" => 3600, _ => null },
        CellCount = parsed.GetValue(_cells),
    };

    static void MustBePositive(OptionResult result, double? number)
    {
        if (number is { } given && !(given > 0 && double.IsFinite(given)))
            result.AddError($"Option '{result.Option.Name}' must be a positive number");
    }
}
