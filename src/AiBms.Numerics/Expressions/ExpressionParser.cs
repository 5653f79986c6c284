using System.Globalization;

namespace AiBms.Numerics.Expressions;

/// <summary>Reads the arithmetic that BPX and our parameter files use: a recursive-descent parser, no code execution.</summary>
sealed class ExpressionParser(string text, string[] variables)
{
    const int DeepestNesting = 200;

    /// <summary>Functions of one argument.</summary>
    static readonly Dictionary<string, Func<Dual, Dual>> Unary = new(StringComparer.Ordinal)
    {
        ["exp"] = Dual.Exp,
        ["tanh"] = Dual.Tanh,
        ["sqrt"] = Dual.Sqrt,
        ["log"] = Dual.Log,
        ["log10"] = Dual.Log10,
        ["sinh"] = Dual.Sinh,
        ["cosh"] = Dual.Cosh,
        ["sin"] = Dual.Sin,
        ["cos"] = Dual.Cos,
        ["arctan"] = Dual.Arctan,
        ["abs"] = Dual.Abs,
        ["sech2"] = a => new Dual(1, 0) / (Dual.Cosh(a) * Dual.Cosh(a)),
    };

    /// <summary>Functions of two arguments.</summary>
    static readonly Dictionary<string, Func<Dual, Dual, Dual>> Binary = new(StringComparer.Ordinal)
    {
        ["pow"] = Dual.Pow,
        ["min"] = Dual.Min,
        ["max"] = Dual.Max,
    };

    int _at, _depth;

    /// <summary>Names of all functions.</summary>
    public static IEnumerable<string> Functions => Unary.Keys.Concat(Binary.Keys);

    public Node Parse()
    {
        var node = Sum();
        SkipBlanks();
        return _at == text.Length ? node : throw Problem("unexpected text");
    }

    Node Sum()
    {
        if (++_depth > DeepestNesting) throw Problem("nested too deeply");
        var left = Product();
        while (true)
        {
            if (Take("+")) left = new BinaryNode((a, b) => a + b, left, Product());
            else if (Take("-")) left = new BinaryNode((a, b) => a - b, left, Product());
            else break;
        }

        _depth--;
        return left;
    }

    Node Product()
    {
        var left = Signed();
        while (true)
        {
            if (!Peek("**") && Take("*")) left = new BinaryNode((a, b) => a * b, left, Signed());
            else if (Take("/")) left = new BinaryNode((a, b) => a / b, left, Signed());
            else return left;
        }
    }

    Node Signed()
    {
        if (++_depth > DeepestNesting) throw Problem("nested too deeply");
        var node = Take("-") ? new UnaryNode(a => -a, Signed()) : Take("+") ? Signed() : Power();
        _depth--;
        return node;
    }

    // As in Python: the power binds tighter than a sign on its left and is right-associative.
    Node Power()
    {
        var basis = Primary();
        return Take("**") || Take("^") ? new BinaryNode(Dual.Pow, basis, Signed()) : basis;
    }

    Node Primary()
    {
        SkipBlanks();
        if (_at >= text.Length) throw Problem("the formula ends too early");
        if (Take("("))
        {
            var inner = Sum();
            Expect(")");
            return inner;
        }

        if (char.IsAsciiDigit(text[_at]) || text[_at] == '.') return Number();
        if (char.IsAsciiLetter(text[_at])) return Name();
        throw Problem($"unexpected '{text[_at]}'");
    }

    NumberNode Number()
    {
        int start = _at;
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] == '.')) _at++;
        if (_at < text.Length && text[_at] is 'e' or 'E')
        {
            _at++;
            if (_at < text.Length && text[_at] is '+' or '-') _at++;
            while (_at < text.Length && char.IsAsciiDigit(text[_at])) _at++;
        }

        return double.TryParse(text.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? new NumberNode(value)
            : throw Problem("not a number");
    }

    Node Name()
    {
        int start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_')) _at++;
        string name = text[start.._at];
        if (Array.IndexOf(variables, name) is >= 0 and int index) return new VariableNode(index);
        if (name == "pi") return new NumberNode(Math.PI);
        if (Unary.TryGetValue(name, out var unary))
        {
            Expect("(");
            var argument = Sum();
            Expect(")");
            return new UnaryNode(unary, argument);
        }

        if (!Binary.TryGetValue(name, out var binary)) throw Problem($"unknown name '{name}'");
        Expect("(");
        var first = Sum();
        Expect(",");
        var second = Sum();
        Expect(")");
        return new BinaryNode(binary, first, second);
    }

    void SkipBlanks()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
    }

    bool Peek(string token)
    {
        SkipBlanks();
        return string.CompareOrdinal(text, _at, token, 0, token.Length) == 0;
    }

    bool Take(string token)
    {
        if (!Peek(token)) return false;
        _at += token.Length;
        return true;
    }

    void Expect(string token)
    {
        if (!Take(token)) throw Problem($"expected '{token}'");
    }

    FormatException Problem(string what) => new($"{what} at character {_at + 1} of the formula '{text}'");
}
