namespace AiBms.Battery.Estimation.Edge;

/// <summary>What all cells of a pack share in one step of their difference filters.</summary>
/// <param name="StepS">Step, s.</param>
/// <param name="Change">Change of the mean cell's SOC.</param>
/// <param name="Kept">What is left of the slow error.</param>
/// <param name="Kept2">Its square.</param>
/// <param name="Error2">Variance added to the slow error, V².</param>
/// <param name="WalkSoc">Variance added to the SOC.</param>
/// <param name="WalkResistance">Variance added to the resistance.</param>
/// <param name="DropV">Drop over the mean cell's resistances, V.</param>
/// <param name="Unseen2">Times the variance of the inverse capacity: what a gap hides.</param>
/// <param name="Bled">SOC that a resistor takes out of its cell.</param>
readonly record struct EdgePackPace(
    float StepS, float Change, float Kept, float Kept2, float Error2, float WalkSoc, float WalkResistance, float DropV, float Unseen2, float Bled)
{
    const float ResistanceWalk2 = 9e-4f, ErrorWalk2 = 6.25e-8f, SocWalk2 = 1e-7f, Reach = 3.33333325f, GapUnseen2 = 0.0625f, HoursPerS = 1f / 3600;

    /// <summary>From what the mean cell did.</summary>
    public static EdgePackPace Of(float stepS, float flownA, float socPerAs, bool isGap, float dropV, float meanV, float bleedOhm)
    {
        float hours = stepS * HoursPerS, change = isGap ? 0 : EdgeMath.Clamp(flownA * stepS * socPerAs, -1, 1);
        float kept = EdgeMath.Decay((change < 0 ? -change : change) * Reach), kept2 = kept * kept;
        float error2 = (EdgeDifference.OcvError2 + EdgeDifference.DropError2 * dropV * dropV) * (1 - kept2) + ErrorWalk2 * hours;
        float bled = isGap ? 0 : EdgeMath.Clamp(meanV / bleedOhm * stepS * socPerAs, 0, 1);
        return new(stepS, change, kept, kept2, error2, SocWalk2 * hours, ResistanceWalk2 * hours, dropV, isGap ? GapUnseen2 : 0, bled);
    }
}
