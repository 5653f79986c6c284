namespace AiBms.Battery.Estimation.Edge;

/// <summary>The open-circuit voltage of a cell in float: value and slope.</summary>
static class EdgeOcv
{
    /// <summary>OCV at 25 °C, V; beyond the ends it goes on with the slope of the last section.</summary>
    public static float AtReference(EdgeCell cell, float soc)
    {
        float place = soc * (EdgeCell.OcvNodes - 1);
        int k = (int)EdgeMath.Clamp(place, 0, EdgeCell.OcvNodes - 2);
        var ocv = cell.OcvV.Span[k..];
        return ocv[0] + (ocv[1] - ocv[0]) * (place - k);
    }

    /// <summary>The same, with its slope over SOC in the section there, V.</summary>
    public static float AtReference(EdgeCell cell, float soc, out float slopeV)
    {
        float place = soc * (EdgeCell.OcvNodes - 1);
        int k = (int)EdgeMath.Clamp(place, 0, EdgeCell.OcvNodes - 2);
        var ocv = cell.OcvV.Span[k..];
        float rise = ocv[1] - ocv[0];
        slopeV = rise * (EdgeCell.OcvNodes - 1);
        return ocv[0] + rise * (place - k);
    }

    /// <summary>What temperature adds to the OCV, V; its slope over SOC, V; half the distance of the hysteresis branches, V.</summary>
    public static (float ThermalV, float ThermalSlopeV, float MemoryV) Curve(EdgeCell cell, float soc, float aboveK)
    {
        (int s, float w) = EdgeMath.Place(soc * (EdgeCell.SocNodes - 1), EdgeCell.SocNodes - 1);
        return Curve(cell, s, w, aboveK);
    }

    /// <summary>The same for an SOC between a little below 0 and a little above 1, beyond which it goes on straight.</summary>
    public static (float ThermalV, float ThermalSlopeV, float MemoryV) CurveNear(EdgeCell cell, float soc, float aboveK)
    {
        float place = soc * (EdgeCell.SocNodes - 1);
        int s = (int)EdgeMath.Clamp(place, 0, EdgeCell.SocNodes - 2);
        return Curve(cell, s, place - s, aboveK);
    }

    static (float ThermalV, float ThermalSlopeV, float MemoryV) Curve(EdgeCell cell, int s, float w, float aboveK)
    {
        var row = cell.Curve.Span[(s * EdgeCell.CurveWidth)..];
        float low = (row[EdgeCell.Entropic] + row[EdgeCell.Bend] * aboveK) * aboveK;
        float high = (row[EdgeCell.CurveWidth + EdgeCell.Entropic] + row[EdgeCell.CurveWidth + EdgeCell.Bend] * aboveK) * aboveK;
        float memory = row[EdgeCell.Hysteresis] + (row[EdgeCell.CurveWidth + EdgeCell.Hysteresis] - row[EdgeCell.Hysteresis]) * w;
        return (low + (high - low) * w, (high - low) * (EdgeCell.SocNodes - 1), memory);
    }
}
