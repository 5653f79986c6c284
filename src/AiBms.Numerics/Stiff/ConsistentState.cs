namespace AiBms.Numerics.Stiff;

/// <summary>Makes the algebraic unknowns of a state agree with its differential ones, by Newton's method.</summary>
public static class ConsistentState
{
    /// <summary>So large a shift leaves no room for the differential unknowns to move.</summary>
    const double Rigid = 1e30;

    const int MostIterations = 60;

    /// <summary>Solves g(t, y) = 0 for the algebraic unknowns in place.</summary>
    /// <param name="system">The system.</param>
    /// <param name="time">Time.</param>
    /// <param name="state">The state; its differential part is not changed.</param>
    /// <param name="tolerance">Largest last change of an unknown, against max(1, its size).</param>
    /// <param name="longestChange">A change of the first <paramref name="limited"/> algebraic unknowns beyond this is shortened.</param>
    /// <param name="limited">How many of the algebraic unknowns are so limited.</param>
    /// <param name="work">Two vectors of the system's size.</param>
    /// <returns>False when it did not converge.</returns>
    public static bool Solve(
        IStiffSystem system, double time, Span<double> state, double tolerance, double longestChange, int limited, Span<double> work)
    {
        int n = system.Size, differential = system.DifferentialCount;
        Span<double> step = work[..n], scratch = work.Slice(n, n);
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            system.Evaluate(time, state, step);
            system.Linearise(time, state, scratch);
            if (!system.Factorise(Rigid)) return false;
            step[..differential].Clear();
            system.Solve(step);
            double longest = 0, change = 0;
            for (int i = differential; i < n; i++)
            {
                if (!double.IsFinite(step[i])) return false;
                if (i < differential + limited) longest = Math.Max(longest, Math.Abs(step[i]));
                change = Math.Max(change, Math.Abs(step[i]) / Math.Max(1, Math.Abs(state[i])));
            }

            double scale = longest > longestChange ? longestChange / longest : 1;
            for (int i = differential; i < n; i++) state[i] += scale * step[i];
            if (change < tolerance) return true;
        }

        return false;
    }
}
