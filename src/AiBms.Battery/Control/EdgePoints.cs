namespace AiBms.Battery.Control;

/// <summary>Up to eight points of a curve in float, as the C structure <c>aibms_points</c> has them.</summary>
/// <param name="At">Places, rising.</param>
/// <param name="Value">Values at them, 0…1.</param>
public sealed record EdgePoints(IReadOnlyList<float> At, IReadOnlyList<float> Value)
{
    /// <summary>Room for points.</summary>
    public const int Most = 8;

    /// <summary>From points in double.</summary>
    /// <exception cref="ArgumentException">There are more than <see cref="Most"/>.</exception>
    public static EdgePoints Of(IEnumerable<double> at, IEnumerable<double> value)
    {
        float[] places = [.. at.Select(x => (float)x)];
        if (places.Length > Most) throw new ArgumentException($"A microcontroller's table has at most {Most} points, not {places.Length}.");
        return new(places, [.. value.Select(x => (float)x)]);
    }

    /// <summary>Straight lines between points, the end values beyond them.</summary>
    internal float Line(float place)
    {
        int last = At.Count - 1, k = 1;
        float value = Value[last];
        if (!(place > At[0])) value = Value[0];
        else if (place < At[last])
        {
            while (k < last && !(place < At[k])) k++;
            float span = At[k] - At[k - 1];
            if (span > 1e-6f) value = Value[k - 1] + (Value[k] - Value[k - 1]) * (place - At[k - 1]) / span;
        }

        return value < 0 ? 0 : value > 1 ? 1 : value;
    }
}
