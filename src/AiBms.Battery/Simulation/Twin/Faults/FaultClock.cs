namespace AiBms.Battery.Simulation.Twin.Faults;

/// <summary>Lets faults begin and end when their time has come.</summary>
sealed class FaultClock(IReadOnlyList<TwinFault> faults, TwinEffects effects)
{
    readonly bool[] _isActive = new bool[faults.Count];

    /// <summary>Writes the effects anew where a fault began or ended.</summary>
    /// <returns>True where one did.</returns>
    public bool Update(double timeS)
    {
        bool isChanged = false;
        for (int n = 0; n < _isActive.Length; n++)
        {
            bool isActive = timeS >= faults[n].StartS && timeS < faults[n].EndS;
            isChanged |= isActive != _isActive[n];
            _isActive[n] = isActive;
        }

        if (!isChanged) return false;
        effects.Clear();
        for (int n = 0; n < _isActive.Length; n++)
            if (_isActive[n]) faults[n].Kind.Apply(effects, faults[n].Place, faults[n].Size);
        return true;
    }
}
