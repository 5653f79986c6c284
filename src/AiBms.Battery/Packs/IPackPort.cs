namespace AiBms.Battery.Packs;

/// <summary>The seam of the product: a bus, a simulator or a recorded log; nothing behind it can tell which one it has.</summary>
public interface IPackPort
{
    /// <summary>What the pack is made of.</summary>
    PackLayout Layout { get; }

    /// <summary>Fills in the next reading. What cannot be had is marked in the reading, not thrown.</summary>
    /// <param name="reading">Made for <see cref="Layout"/>; overwritten.</param>
    /// <returns>False at the end: no reading comes any more.</returns>
    bool TryRead(PackReading reading);

    /// <summary>Tells the pack what to do until the next command.</summary>
    void Write(PackCommand command);
}
