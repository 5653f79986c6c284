namespace AiBms.Numerics.Expressions;

/// <summary>A value with its derivative (forward automatic differentiation).</summary>
readonly record struct Dual(double Value, double Slope)
{
    public static Dual operator +(Dual a, Dual b) => new(a.Value + b.Value, a.Slope + b.Slope);

    public static Dual operator -(Dual a, Dual b) => new(a.Value - b.Value, a.Slope - b.Slope);

    public static Dual operator -(Dual a) => new(-a.Value, -a.Slope);

    public static Dual operator *(Dual a, Dual b) => new(a.Value * b.Value, a.Slope * b.Value + a.Value * b.Slope);

    public static Dual operator /(Dual a, Dual b) => new(a.Value / b.Value, (a.Slope - a.Value / b.Value * b.Slope) / b.Value);

    public static Dual Pow(Dual a, Dual b)
    {
        double value = Math.Pow(a.Value, b.Value);
        double slope = a.Slope == 0 ? 0 : b.Value * Math.Pow(a.Value, b.Value - 1) * a.Slope;
        return new(value, b.Slope == 0 ? slope : slope + value * Math.Log(a.Value) * b.Slope);
    }

    public static Dual Exp(Dual a)
    {
        double value = Math.Exp(a.Value);
        return new(value, value * a.Slope);
    }

    public static Dual Tanh(Dual a)
    {
        double value = Math.Tanh(a.Value);
        return new(value, (1 - value * value) * a.Slope);
    }

    public static Dual Sqrt(Dual a)
    {
        double value = Math.Sqrt(a.Value);
        return new(value, a.Slope == 0 ? 0 : a.Slope / (2 * value));
    }

    public static Dual Log(Dual a) => new(Math.Log(a.Value), a.Slope / a.Value);

    public static Dual Log10(Dual a) => new(Math.Log10(a.Value), a.Slope / (a.Value * Math.Log(10)));

    public static Dual Sinh(Dual a) => new(Math.Sinh(a.Value), Math.Cosh(a.Value) * a.Slope);

    public static Dual Cosh(Dual a) => new(Math.Cosh(a.Value), Math.Sinh(a.Value) * a.Slope);

    public static Dual Sin(Dual a) => new(Math.Sin(a.Value), Math.Cos(a.Value) * a.Slope);

    public static Dual Cos(Dual a) => new(Math.Cos(a.Value), -Math.Sin(a.Value) * a.Slope);

    public static Dual Arctan(Dual a) => new(Math.Atan(a.Value), a.Slope / (1 + a.Value * a.Value));

    public static Dual Abs(Dual a) => new(Math.Abs(a.Value), Math.Sign(a.Value) * a.Slope);

    public static Dual Min(Dual a, Dual b) => a.Value <= b.Value ? a : b;

    public static Dual Max(Dual a, Dual b) => a.Value >= b.Value ? a : b;
}
