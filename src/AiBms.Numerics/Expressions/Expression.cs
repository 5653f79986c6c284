namespace AiBms.Numerics.Expressions;

/// <summary>A formula read from text, with its exact derivative. It computes and can do nothing else.</summary>
public sealed class Expression
{
    readonly Node _root;

    internal Expression(string text, Node root, IReadOnlyList<string> variables) => (Text, _root, Variables) = (text, root, variables);

    /// <summary>The text it was read from.</summary>
    public string Text { get; }

    /// <summary>The names it may use, in the order of the values.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>Reads a formula.</summary>
    /// <param name="text">Numbers, the variables, + − * / ** ^, parentheses and the functions of <see cref="ExpressionParser.Functions"/>.</param>
    /// <param name="variables">Allowed names.</param>
    /// <exception cref="FormatException">The text breaks the grammar; the message says where.</exception>
    public static Expression Parse(string text, params string[] variables) => new(text, new ExpressionParser(text, variables).Parse(), variables);

    /// <summary>The value at a point.</summary>
    public double Value(params ReadOnlySpan<double> point) => _root.Evaluate(point, -1).Value;

    /// <summary>Value and derivative with respect to one variable.</summary>
    public (double Value, double Slope) ValueAndSlope(int withRespectTo, params ReadOnlySpan<double> point)
    {
        var dual = _root.Evaluate(point, withRespectTo);
        return (dual.Value, dual.Slope);
    }

    /// <summary>Whether a variable occurs in it.</summary>
    public bool Uses(string variable)
    {
        int index = Variables.ToList().IndexOf(variable);
        return index >= 0 && _root.Uses(index);
    }
}
