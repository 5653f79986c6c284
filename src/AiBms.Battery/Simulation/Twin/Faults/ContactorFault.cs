namespace AiBms.Battery.Simulation.Twin.Faults;

/// <summary>What a contactor no longer does.</summary>
enum ContactorFault : byte
{
    None,
    Welded,
    StuckOpen,
}
