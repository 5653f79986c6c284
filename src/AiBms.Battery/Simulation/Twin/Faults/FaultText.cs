using System.Globalization;
using AiBms.Battery.Packs;
using AiBms.Numerics;

namespace AiBms.Battery.Simulation.Twin.Faults;

/// <summary>Reads a fault as it is written on a command line: <c>NAME[:PLACE][=SIZE][@START[-END]]</c>, times in s.</summary>
public static class FaultText
{
    static readonly string[] s_contactors = ["plus", "minus", "precharge"];

    /// <summary>Reads one fault.</summary>
    /// <param name="text">Such as <c>pump-stop@600</c>, <c>internal-short:V17.2=5@600</c> or <c>sensor-stuck:M1-T1@300-900</c>.</param>
    /// <param name="layout">The pack it is for.</param>
    /// <exception cref="FormatException">It cannot be read; the message says in one sentence what is wrong and what there is.</exception>
    public static TwinFault Parse(string text, PackLayout layout)
    {
        (string rest, string? time) = Split(text, text.LastIndexOf('@'));
        (rest, string? size) = Split(rest, rest.IndexOf('=', StringComparison.Ordinal));
        (string name, string? place) = Split(rest, rest.IndexOf(':', StringComparison.Ordinal));
        var kind = FaultCatalogue.All.FirstOrDefault(k => k.Name == name)
            ?? throw new FormatException($"'{text}': no fault is called '{name}'.{(Nearest.To(name, FaultCatalogue.All.Select(k => k.Name)) is { } near ? $" Did you mean {near}?" : "")} There are: {string.Join(", ", FaultCatalogue.All.Select(k => k.Name))}.");
        if (Missing(kind, layout) is { } missing) throw new FormatException($"'{text}': {missing}, so that {kind.Name} cannot come.");
        (double startS, double endS) = Times(text, time);
        return new(kind, Place(text, kind, place, layout), Size(text, kind, size), startS, endS);
    }

    /// <summary>What a pack lacks for a fault; null where nothing.</summary>
    static string? Missing(FaultKind kind, PackLayout layout) => kind.Needs switch
    {
        FaultNeed.Coolant when layout.Cooling.Kind == CoolingKind.Air => $"pack {layout.Id} has no coolant",
        FaultNeed.Chiller when layout.Cooling.MaxChillerW <= 0 => $"pack {layout.Id} has no chiller",
        FaultNeed.ParallelCells when layout.ParallelCount == 1 => $"pack {layout.Id} has no cells in parallel (a cell that loses its busbar is contact-resistance)",
        FaultNeed.IsolationMonitor when !layout.Sensors.Isolation => $"pack {layout.Id} has no isolation monitor that could see it",
        _ => null,
    };

    static (string Before, string? After) Split(string text, int at) => at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);

    static (double StartS, double EndS) Times(string text, string? time)
    {
        if (time is null) return (0, double.PositiveInfinity);
        string[] parts = time.Split('-');
        double startS = 0, endS = double.PositiveInfinity;
        bool isRead = parts.Length <= 2 && Number(parts[0], out startS) && startS >= 0 && (parts.Length == 1 || (Number(parts[1], out endS) && endS > startS));
        return isRead ? (startS, endS) : throw new FormatException($"'{text}': write the time as @600 or @600-1200, in seconds from the start.");
    }

    static double Size(string text, FaultKind kind, string? size)
    {
        var range = kind.Size;
        if (size is null) return double.IsNaN(range.Default) ? throw new FormatException($"'{text}': {kind.Name} needs a size after '=', in the {kind.SizeUnit}.") : range.Default;
        if (kind.SizeUnit.Length == 0) throw new FormatException($"'{text}': {kind.Name} takes no size.");
        if (Number(size, out double value) && value >= range.Least && value <= range.Greatest) return value;
        throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{text}': the size of {kind.Name} is a number from {range.Least} to {range.Greatest} ({kind.SizeUnit}), not '{size}'."));
    }

    static FaultPlace Place(string text, FaultKind kind, string? place, PackLayout layout)
    {
        if (kind.Place == FaultPlaceKind.Pack) return place is null ? new(kind.Place, 0) : throw new FormatException($"'{text}': {kind.Name} takes no place.");
        if (place is null) throw new FormatException($"'{text}': {kind.Name} needs a place after ':', {Choice(kind.Place, layout)}.");
        return Find(kind.Place, place, layout) ?? throw new FormatException($"'{text}': pack {layout.Id} has no place '{place}' for {kind.Name}; write {Choice(kind.Place, layout)}.");
    }

    static FaultPlace? Find(FaultPlaceKind kind, string place, PackLayout layout)
    {
        switch (kind)
        {
            case FaultPlaceKind.Segment: return layout.Cooling.Kind != CoolingKind.Air && Counted(place, 'S', layout.Cooling.Segments) is { } segment ? new(kind, segment) : null;
            case FaultPlaceKind.Contactor: return Array.IndexOf(s_contactors, place) is >= 0 and var contactor ? new(kind, contactor) : null;
            case FaultPlaceKind.Group: return Counted(place, 'V', layout.SeriesCount) is { } group ? new(kind, group) : null;
            case FaultPlaceKind.Cell:
                (string whole, string? member) = Split(place, place.IndexOf('.', StringComparison.Ordinal));
                return Counted(whole, 'V', layout.SeriesCount) is { } g && Counted('.' + (member ?? "1"), '.', layout.ParallelCount) is { } p ? new(kind, g * layout.ParallelCount + p) : null;
            default: return Sensor(place, layout);
        }
    }

    static FaultPlace? Sensor(string place, PackLayout layout)
    {
        if (Counted(place, 'V', layout.SeriesCount) is { } tap) return new(FaultPlaceKind.Sensor, tap);
        for (int n = 0; n < layout.Probes.Count; n++)
            if (layout.Probes[n].Id == place) return new(FaultPlaceKind.Sensor, n, SensorFamily.Probe);
        return Enum.TryParse(place, ignoreCase: true, out PackSignal signal) && Enum.IsDefined(signal) && !char.IsAsciiDigit(place[0]) ? new(FaultPlaceKind.Sensor, (int)signal, SensorFamily.Signal) : null;
    }

    static string Choice(FaultPlaceKind kind, PackLayout layout) => kind switch
    {
        FaultPlaceKind.Segment => layout.Cooling.Kind == CoolingKind.Air ? "but this pack has no coolant" : $"S1 to S{layout.Cooling.Segments}",
        FaultPlaceKind.Contactor => "plus, minus or precharge",
        FaultPlaceKind.Group => $"V1 to V{layout.SeriesCount}",
        FaultPlaceKind.Cell => $"V1 to V{layout.SeriesCount}{(layout.ParallelCount > 1 ? $", with .1 to .{layout.ParallelCount} for a cell of the group" : "")}",
        _ => $"V1 to V{layout.SeriesCount}, a probe ({layout.Probes[0].Id} …) or a signal ({string.Join(", ", Enum.GetNames<PackSignal>())})",
    };

    static int? Counted(string text, char letter, int count) =>
        text.Length > 1 && char.ToUpperInvariant(text[0]) == letter && int.TryParse(text.AsSpan(text[1] == '_' ? 2 : 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= count ? number - 1 : null;

    static bool Number(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
