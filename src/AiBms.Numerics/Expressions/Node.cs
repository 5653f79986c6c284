namespace AiBms.Numerics.Expressions;

/// <summary>A node of a formula.</summary>
abstract class Node
{
    public abstract Dual Evaluate(ReadOnlySpan<double> point, int withRespectTo);

    public abstract bool Uses(int variable);
}

sealed class NumberNode(double value) : Node
{
    public override Dual Evaluate(ReadOnlySpan<double> point, int withRespectTo) => new(value, 0);

    public override bool Uses(int variable) => false;
}

sealed class VariableNode(int index) : Node
{
    public override Dual Evaluate(ReadOnlySpan<double> point, int withRespectTo) => new(point[index], index == withRespectTo ? 1 : 0);

    public override bool Uses(int variable) => variable == index;
}

sealed class UnaryNode(Func<Dual, Dual> function, Node argument) : Node
{
    public override Dual Evaluate(ReadOnlySpan<double> point, int withRespectTo) => function(argument.Evaluate(point, withRespectTo));

    public override bool Uses(int variable) => argument.Uses(variable);
}

sealed class BinaryNode(Func<Dual, Dual, Dual> function, Node left, Node right) : Node
{
    public override Dual Evaluate(ReadOnlySpan<double> point, int withRespectTo) =>
        function(left.Evaluate(point, withRespectTo), right.Evaluate(point, withRespectTo));

    public override bool Uses(int variable) => left.Uses(variable) || right.Uses(variable);
}
