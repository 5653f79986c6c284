using ScottPlot;
using ScottPlot.TickGenerators;

namespace AiBms.Learning.Plots;

/// <summary>How every picture of the house looks: one size, one font, colours that print and that colour-blind people can tell apart.</summary>
/// <remarks>Colours: Okabe and Ito, "Color universal design" (2008); from the eighth on Tol, "Colour schemes" (2021), muted.</remarks>
static class HouseStyle
{
    /// <summary>Width in pixels; text is sized for half a page in print.</summary>
    public const int WidthPixels = 1400;

    /// <summary>Height of one panel in pixels.</summary>
    public const int PanelPixels = 560;

    /// <summary>Black, for what was measured or is wanted.</summary>
    public static Color Reference => Color.FromHex("#000000");

    /// <summary>Colours of methods or groups, in order.</summary>
    public static IReadOnlyList<Color> Series { get; } =
        [.. ((string[])["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7F7F7F", "#882255", "#332288", "#117733", "#999933", "#44AA99"]).Select(Color.FromHex)];

    /// <summary>Markers in the same order, so that a picture without colour still reads.</summary>
    public static IReadOnlyList<MarkerShape> Markers { get; } =
    [
        MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond,
        MarkerShape.FilledTriangleDown, MarkerShape.OpenCircle, MarkerShape.OpenSquare, MarkerShape.OpenTriangleUp, MarkerShape.OpenDiamond, MarkerShape.Asterisk,
        MarkerShape.Eks, MarkerShape.Cross,
    ];

    static readonly string[] s_fonts = ["Liberation Sans", "DejaVu Sans", "Noto Sans", "Arial", "Helvetica", "Segoe UI"];

    /// <summary>The first of our fonts that the machine has; the library's own choice where it has none.</summary>
    static readonly string s_font = s_fonts.FirstOrDefault(SkiaSharp.SKFontManager.Default.GetFontFamilies().Contains) ?? Fonts.Default;

    /// <summary>An empty panel with a title and axis labels that carry units.</summary>
    public static Plot Panel(string title, string horizontal, string vertical)
    {
        Plot plot = new();
        plot.Title(title);
        plot.XLabel(horizontal);
        plot.YLabel(vertical);
        plot.Axes.Title.Label.FontSize = 26;
        plot.Axes.Title.Label.Bold = false;
        foreach (var axis in (IAxis[])[plot.Axes.Left, plot.Axes.Bottom])
        {
            axis.Label.FontSize = 24;
            axis.Label.Bold = false;
            axis.TickLabelStyle.FontSize = 21;
        }

        plot.Legend.FontSize = 20;
        plot.Legend.BackgroundColor = Colors.White.WithAlpha(0.85);
        plot.Legend.OutlineColor = Colors.LightGray;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Grid.MajorLineColor = Color.FromHex("#E3E3E3");
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        // The same margins in every panel, so that times of stacked panels lie above each other.
        plot.Axes.Left.MinimumSize = plot.Axes.Left.MaximumSize = 110;
        plot.Axes.Right.MinimumSize = plot.Axes.Right.MaximumSize = 30;
        plot.Font.Set(s_font);
        return plot;
    }

    /// <summary>Names instead of numbers along the bottom, at 0, 1, 2 …</summary>
    public static void NameBottom(Plot plot, IReadOnlyList<string> names)
    {
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. Enumerable.Range(0, names.Count).Select(k => (double)k)], [.. names]);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Axes.SetLimitsX(-0.6, names.Count - 0.4);
    }

    /// <summary>Writes panels stacked over each other as one PNG.</summary>
    public static void Save(string path, params IReadOnlyList<Plot> panels)
    {
        if (panels.Count == 1)
        {
            panels[0].SavePng(path, WidthPixels, PanelPixels + 120);
            return;
        }

        Multiplot stack = new();
        stack.RemovePlot(stack.GetPlot(0));
        foreach (var panel in panels) stack.AddPlot(panel);
        stack.Layout = new ScottPlot.MultiplotLayouts.Rows();
        stack.SavePng(path, WidthPixels, PanelPixels * panels.Count);
    }
}
