namespace AiBms.Battery.Simulation.Twin.Faults;

/// <summary>Lets faults begin and end when their time has come.</summary>
sealed class FaultClock(IReadOnlyList<TwinFault> start, TwinEffects effects)
{
    readonly List<TwinFault> _faults = [.. start];
    readonly List<bool> _isActive = [.. start.Select(_ => false)];

    /// <summary>One more fault.</summary>
    public void Add(TwinFault fault)
    {
        _faults.Add(fault);
        _isActive.Add(false);
    }

    /// <summary>Writes the effects anew where a fault began or ended.</summary>
    /// <returns>True where one did.</returns>
    public bool Update(double timeS)
    {
        bool isChanged = false;
        for (int n = 0; n < _isActive.Count; n++)
        {
            bool isActive = timeS >= _faults[n].StartS && timeS < _faults[n].EndS;
            isChanged |= isActive != _isActive[n];
            _isActive[n] = isActive;
        }

        if (!isChanged) return false;
        effects.Clear();
        for (int n = 0; n < _isActive.Count; n++)
            if (_isActive[n]) _faults[n].Kind.Apply(effects, _faults[n].Place, _faults[n].Size);
        return true;
    }
}
