namespace AiBms.Trials.Storage.PowerCuts;

/// <summary>Files as a disk holds them: what was synchronised stays, of what was written since, a power cut leaves any part, torn at 512 bytes.</summary>
sealed class Disk
{
    const int SectorBytes = 512;

    readonly Dictionary<string, (byte[] Durable, List<DiskEvent> Pending)> _files = new(StringComparer.Ordinal);

    public void Take(DiskEvent happened)
    {
        if (happened.Kind == DiskEventKind.Promise) return;
        if (!_files.TryGetValue(happened.File, out var file)) _files[happened.File] = file = ([], []);
        if (happened.Kind != DiskEventKind.Sync) file.Pending.Add(happened);
        else _files[happened.File] = (Apply(file.Durable, file.Pending, Keep.All, null), []);
    }

    /// <summary>Writes what is there after a power cut now.</summary>
    public void Cut(string folder, Keep keep, Random random)
    {
        foreach (string old in Directory.GetFiles(folder)) File.Delete(old);
        foreach (var (name, file) in _files)
        {
            byte[] bytes = Apply(file.Durable, file.Pending, keep, random);
            if (bytes.Length > 0) File.WriteAllBytes(Path.Combine(folder, name), bytes);
        }
    }

    static byte[] Apply(byte[] durable, List<DiskEvent> pending, Keep keep, Random? random)
    {
        if (pending.Count == 0 || keep == Keep.None) return durable;
        byte[] bytes = (byte[])durable.Clone();
        foreach (var change in pending)
        {
            if (keep == Keep.Some && random!.Next(3) == 0) continue;
            if (change.Kind == DiskEventKind.Truncate)
            {
                Array.Resize(ref bytes, (int)change.Offset);
                continue;
            }

            bool isTorn = keep == Keep.Some && random!.Next(3) == 0;
            for (int at = 0; at < change.Data.Length; at += SectorBytes)
            {
                if (isTorn && random!.Next(2) == 0) continue;
                int count = Math.Min(SectorBytes, change.Data.Length - at);
                if (change.Offset + at + count > bytes.Length) Array.Resize(ref bytes, (int)change.Offset + at + count);
                change.Data.AsSpan(at, count).CopyTo(bytes.AsSpan((int)change.Offset + at));
            }
        }

        return bytes;
    }
}

/// <summary>What a power cut leaves of writes that were not synchronised.</summary>
enum Keep
{
    None,
    All,

    /// <summary>A third is gone, a third is torn, the rest is there: in any order.</summary>
    Some,
}
