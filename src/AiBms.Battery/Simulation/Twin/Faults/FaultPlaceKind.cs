namespace AiBms.Battery.Simulation.Twin.Faults;

/// <summary>Where a fault can be.</summary>
public enum FaultPlaceKind : byte
{
    /// <summary>It is the pack's: no place is named.</summary>
    Pack,

    /// <summary>A physical cell: <c>V17.2</c> is the second cell of the group that column V_17 shows; without number the first.</summary>
    Cell,

    /// <summary>A group of cells in parallel: <c>V17</c>, counted from 1 as in files.</summary>
    Group,

    /// <summary>A segment of the coolant: <c>S3</c>, counted from 1 in the order of the cells.</summary>
    Segment,

    /// <summary>A contactor: <c>plus</c>, <c>minus</c> or <c>precharge</c>.</summary>
    Contactor,

    /// <summary>A cell voltage <c>V17</c>, a temperature probe by its id, or a signal such as <c>CurrentA</c>.</summary>
    Sensor,
}
