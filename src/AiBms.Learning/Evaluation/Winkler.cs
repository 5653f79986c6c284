namespace AiBms.Learning.Evaluation;

/// <summary>The interval score: width, plus a penalty for a truth outside.</summary>
/// <remarks>
/// Source: Winkler, "A decision-theoretic approach to interval estimation", JASA 67 (1972), doi 10.1080/01621459.1972.10481224;
/// equation (43) of Gneiting and Raftery, JASA 102 (2007), doi 10.1198/016214506000001437. Smaller is better; it cannot be
/// improved by reporting an interval that one does not believe.
/// </remarks>
public static class Winkler
{
    /// <summary>Score of one central interval, in the unit of the values.</summary>
    /// <param name="lowSoc">Lower end.</param>
    /// <param name="highSoc">Upper end.</param>
    /// <param name="truthSoc">What was true.</param>
    /// <param name="outsideFraction">Share that the interval leaves outside, 0.1 for a 90 % interval.</param>
    public static double Score(double lowSoc, double highSoc, double truthSoc, double outsideFraction = 0.1)
    {
        double penalty = truthSoc < lowSoc ? lowSoc - truthSoc : truthSoc > highSoc ? truthSoc - highSoc : 0;
        return highSoc - lowSoc + 2 / outsideFraction * penalty;
    }
}
