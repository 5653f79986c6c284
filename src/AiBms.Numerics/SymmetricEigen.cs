namespace AiBms.Numerics;

/// <summary>Eigenvalues and vectors of a small symmetric matrix by Jacobi rotations. For set-up, not for loops.</summary>
/// <remarks>Source: Golub and Van Loan, "Matrix Computations", 4th ed., section 8.5.</remarks>
public static class SymmetricEigen
{
    /// <summary>Diagonalises a row-major symmetric n × n matrix.</summary>
    /// <returns>Eigenvalues in ascending order and, row-major, vectors as columns in that order.</returns>
    public static (double[] Values, double[] Vectors) Decompose(ReadOnlySpan<double> matrix, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(matrix.Length, n * n);
        double[] a = matrix.ToArray(), v = new double[n * n];
        for (int i = 0; i < n; i++) v[i * n + i] = 1;
        for (int sweep = 0; sweep < 60; sweep++)
        {
            double off = 0;
            for (int p = 0; p < n; p++)
                for (int q = p + 1; q < n; q++) off += a[p * n + q] * a[p * n + q];
            if (off == 0) break;
            for (int p = 0; p < n; p++)
                for (int q = p + 1; q < n; q++) Rotate(a, v, n, p, q);
        }

        int[] order = [.. Enumerable.Range(0, n).OrderBy(i => a[i * n + i])];
        double[] values = [.. order.Select(i => a[i * n + i])], vectors = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) vectors[i * n + j] = v[i * n + order[j]];
        return (values, vectors);
    }

    static void Rotate(double[] a, double[] v, int n, int p, int q)
    {
        double apq = a[p * n + q], app = a[p * n + p], aqq = a[q * n + q];
        if (Math.Abs(apq) <= 1e-18 * Math.Sqrt(Math.Abs(app * aqq)) || apq == 0)
        {
            a[p * n + q] = a[q * n + p] = 0;
            return;
        }

        double theta = (aqq - app) / (2 * apq);
        double t = Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        double c = 1 / Math.Sqrt(t * t + 1), s = t * c;
        for (int k = 0; k < n; k++)
        {
            double akp = a[k * n + p], akq = a[k * n + q];
            (a[k * n + p], a[k * n + q]) = (c * akp - s * akq, s * akp + c * akq);
        }

        for (int k = 0; k < n; k++)
        {
            double apk = a[p * n + k], aqk = a[q * n + k];
            (a[p * n + k], a[q * n + k]) = (c * apk - s * aqk, s * apk + c * aqk);
            double vkp = v[k * n + p], vkq = v[k * n + q];
            (v[k * n + p], v[k * n + q]) = (c * vkp - s * vkq, s * vkp + c * vkq);
        }

        a[p * n + q] = a[q * n + p] = 0;
    }
}
