using System.Globalization;
using AiBms.Telemetry;

namespace AiBms.Trials.Fuzz;

/// <summary>Feeds parsers with generated and changed inputs: same seed, same inputs.</summary>
sealed class FuzzRun(IReadOnlyList<FuzzTarget> targets, int seed)
{
    /// <summary>Most bytes of an input, and most that reading one may allocate: a length that is only announced must cost nothing.</summary>
    const int MostBytes = 4096;
    const long MostAllocated = 32L << 20;

    readonly Dictionary<string, (long Taken, long Refused, long MostAllocated)> _count = targets.ToDictionary(t => t.Name, _ => (0L, 0L, 0L), StringComparer.Ordinal);

    /// <summary>Live memory after each tenth, bytes.</summary>
    public List<long> LiveBytes { get; } = [];

    /// <summary>What was found: parser, fault, input in hexadecimal; empty where nothing was.</summary>
    public List<string> Faults { get; } = [];

    public IEnumerable<string> Lines => _count.Select(c => string.Create(CultureInfo.InvariantCulture, $"| {c.Key} | {c.Value.Taken + c.Value.Refused:N0} | {c.Value.Taken:N0} | {c.Value.Refused:N0} | {c.Value.MostAllocated >> 10:N0} |"));

    /// <summary>Parsers that took not one input: their seeds are not good.</summary>
    public IEnumerable<string> NeverTaken => _count.Where(c => c.Value.Taken == 0).Select(c => c.Key);

    public void Run(long inputs)
    {
        var wheel = targets.SelectMany(t => Enumerable.Repeat(t, t.Weight)).ToArray();
        Random random = new(seed);
        Mutator mutator = new(random);
        for (long n = 0; n < inputs && Faults.Count < 10; n++)
        {
            var target = wheel[random.Next(wheel.Length)];
            byte[] input = Make(target, random, mutator);
            long before = GC.GetAllocatedBytesForCurrentThread();
            string? fault = Feed(target, input, out bool isTaken);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated > MostAllocated) fault ??= string.Create(CultureInfo.InvariantCulture, $"{allocated} bytes allocated for {input.Length}");
            if (fault is not null) Faults.Add($"{target.Name}: {fault}: {Convert.ToHexString(input)}");
            var (taken, refused, most) = _count[target.Name];
            _count[target.Name] = (taken + (isTaken ? 1 : 0), refused + (isTaken ? 0 : 1), Math.Max(most, allocated));
            if ((n + 1) % Math.Max(1, inputs / 10) == 0) LiveBytes.Add(GC.GetTotalMemory(forceFullCollection: true));
        }
    }

    static byte[] Make(FuzzTarget target, Random random, Mutator mutator)
    {
        byte[] seed = target.Seeds[random.Next(target.Seeds.Length)], other = target.Seeds[random.Next(target.Seeds.Length)];
        int way = random.Next(20);
        if (way == 0) random.NextBytes(seed = new byte[random.Next(200)]);
        else if (way > 1) seed = mutator.Mutate(seed, other, MostBytes);
        return target.Wrap is { } wrap && random.Next(2) == 0 ? wrap(seed) : seed;
    }

    static string? Feed(FuzzTarget target, byte[] input, out bool isTaken)
    {
        isTaken = false;
        try
        {
            target.Read(input);
            isTaken = true;
            return null;
        }
        catch (DataException reason)
        {
            return reason.Message.Length > 10 ? null : $"refused without a reason ('{reason.Message}')";
        }
        catch (Exception fault)
        {
            return $"{fault.GetType().Name} {fault.Message} {fault.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}";
        }
    }
}
