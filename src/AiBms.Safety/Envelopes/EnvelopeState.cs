namespace AiBms.Safety.Envelopes;

/// <summary>The memory of the envelope.</summary>
struct EnvelopeState
{
    /// <summary>Allowed currents of the last step, A.</summary>
    public float ChargeA, DischargeA;

    public Binding ChargeBinding, DischargeBinding;

    /// <summary>Mean squares of charge and discharge current, A².</summary>
    public float ChargeLoadA2, DischargeLoadA2;
}
