using System.Runtime.InteropServices;
using AiBms.Battery.Estimation;

namespace AiBms.Native;

/// <summary>The structure <c>aibms_estimate</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
readonly struct NativeEstimate(in SocEstimate estimate)
{
    readonly double _soc = estimate.Soc, _deviation = estimate.SocDeviation, _low = estimate.SocLow, _high = estimate.SocHigh;
    readonly double _modelV = estimate.ModelVoltageV, _residualV = estimate.ResidualV, _offsetA = estimate.CurrentOffsetA;
    readonly int _validity = (int)estimate.Validity, _reserved;
}
