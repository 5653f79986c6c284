using System.Collections.Concurrent;
using AiBms.Battery.Packs;

namespace AiBms.Server.Api;

/// <summary>Layouts of the packs that are simulated in this process; empty outside of the demo.</summary>
sealed class DemoLayouts
{
    readonly ConcurrentDictionary<string, PackLayout> _layouts = new(StringComparer.Ordinal);

    public void Add(string pack, PackLayout layout) => _layouts[pack] = layout;

    public PackLayout? Find(string pack) => _layouts.GetValueOrDefault(pack);
}
