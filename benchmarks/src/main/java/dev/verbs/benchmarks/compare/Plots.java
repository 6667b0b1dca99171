package dev.verbs.benchmarks.compare;

import dev.verbs.benchmarks.Spread;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The plots of a test as SVG text: XChart draws, Batik writes. (XChart's own encoder needs a library under the LGPL.)
 * Sizes are drawn as their logarithm to the base 2 and labelled in bytes.
 */
final class Plots {
    static final int WIDTH = 620;
    static final int HEIGHT = 400;
    private static final Color C_COLOR = new Color(0x1f, 0x4e, 0x8c);
    private static final Color JAVA_COLOR = new Color(0xd9, 0x5f, 0x0e);
    private static final Color LIMIT_COLOR = new Color(0xb0, 0x1e, 0x2e);
    private static final Color RATIO_COLOR = new Color(0x2b, 0x7a, 0x4b);
    private static final Color GRID = new Color(0xe3, 0xe3, 0xe3);
    private static final Color TEXT = new Color(0x33, 0x33, 0x33);
    private static final int BAND = 48; // of 255: opacity
    private static final String FONT = "SansSerif";

    private Plots() {
    }

    /** C's and Java's medians with their ranges, both axes logarithmic. */
    static String figures(final PerfTest test, final List<Cell> cells) {
        final XYChart chart = chart(test.title() + ", " + test.what(), (test.isLatency() ? "latency" : "bandwidth") + " ["
            + test.unit() + "]", cells);
        final XYStyler styler = chart.getStyler();
        styler.setYAxisLogarithmic(true);
        styler.setYAxisDecimalPattern("#,##0.###"); // a formatting function would make the ticks linear, and wrong
        styler.setLegendPosition(Styler.LegendPosition.InsideNW);
        styler.setYAxisMin(decade(least(cells), Math::floor));
        styler.setYAxisMax(decade(most(cells), Math::ceil));
        band(chart, "range of C", cells, Cell::c, C_COLOR);
        band(chart, "range of Java", cells, Cell::java, JAVA_COLOR);
        line(chart, "C", cells, cell -> cell.c().median(), C_COLOR, SeriesMarkers.CIRCLE);
        line(chart, "Java", cells, cell -> cell.java().median(), JAVA_COLOR, SeriesMarkers.DIAMOND);
        return svg(chart, test.tool() + "-figures");
    }

    /** The ratios with their ranges, and the limit. */
    static String ratios(final PerfTest test, final List<Cell> cells) {
        final XYChart chart = chart(test.title() + ": Java/C, " + (test.isLatency() ? "less" : "more") + " is better", "Java/C", cells);
        final XYStyler styler = chart.getStyler();
        styler.setLegendPosition(Styler.LegendPosition.InsideNE);
        final double least = Math.min(cells.stream().mapToDouble(cell -> cell.ratio().least()).min().orElseThrow(), test.limit());
        final double most = Math.max(cells.stream().mapToDouble(cell -> cell.ratio().most()).max().orElseThrow(), test.limit());
        final double margin = Math.max((most - least) / 4, 0.05); // room for the legend
        styler.setYAxisMin(Math.max(least - margin / 2, 0));
        styler.setYAxisMax(most + margin * 1.5);
        styler.setYAxisDecimalPattern("0.00");
        band(chart, "range of the rounds", cells, Cell::ratio, RATIO_COLOR);
        line(chart, "median Java/C", cells, cell -> cell.ratio().median(), RATIO_COLOR, SeriesMarkers.CIRCLE);
        line(chart, String.format(Locale.ROOT, "limit %.2f", test.limit()), cells, cell -> test.limit(), LIMIT_COLOR, SeriesMarkers.NONE)
            .setLineStyle(new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {7, 5}, 0));
        return svg(chart, test.tool() + "-ratios");
    }

    private static double least(final List<Cell> cells) {
        return cells.stream().mapToDouble(cell -> Math.min(cell.c().least(), cell.java().least())).min().orElseThrow();
    }

    private static double most(final List<Cell> cells) {
        return cells.stream().mapToDouble(cell -> Math.max(cell.c().most(), cell.java().most())).max().orElseThrow();
    }

    private static double decade(final double figure, final Function<Double, Double> rounding) {
        return Math.pow(10, rounding.apply(Math.log10(figure)));
    }

    private static XYChart chart(final String title, final String yTitle, final List<Cell> cells) {
        final XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).xAxisTitle("message size [bytes]")
            .yAxisTitle(yTitle).build();
        final XYStyler styler = chart.getStyler();
        styler.setBaseFont(new Font(FONT, Font.PLAIN, 12));
        styler.setChartTitleFont(new Font(FONT, Font.BOLD, 14));
        styler.setAxisTitleFont(new Font(FONT, Font.PLAIN, 12));
        styler.setAxisTickLabelsFont(new Font(FONT, Font.PLAIN, 11));
        styler.setLegendFont(new Font(FONT, Font.PLAIN, 11));
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setChartFontColor(TEXT);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setLegendBorderColor(GRID);
        styler.setMarkerSize(6);
        styler.setAntiAlias(true);
        styler.setXAxisMin(Math.floor(log2(cells.getFirst().size()) - 0.5));
        styler.setXAxisMax(Math.ceil(log2(cells.getLast().size()) + 0.5));
        styler.setXAxisTickMarkSpacingHint(30);
        styler.setxAxisTickLabelsFormattingFunction(Plots::bytes);
        return chart;
    }

    private static double log2(final int size) {
        return Math.log(size) / Math.log(2);
    }

    /** The label of a tick; those between powers of two have none. */
    private static String bytes(final double exponent) {
        final long rounded = Math.round(exponent);
        if (Math.abs(exponent - rounded) > 1e-6) {
            return "";
        }
        return rounded < 10 ? Long.toString(1L << rounded) : rounded < 20 ? (1L << rounded - 10) + "K" : (1L << rounded - 20) + "M";
    }

    private static XYSeries line(final XYChart chart, final String name, final List<Cell> cells, final ToDoubleFunction<Cell> figure,
        final Color color, final Marker marker) {
        final XYSeries series = chart.addSeries(name, cells.stream().mapToDouble(cell -> log2(cell.size())).toArray(),
            cells.stream().mapToDouble(figure).toArray());
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        series.setLineColor(color).setLineWidth(2);
        series.setMarker(marker).setMarkerColor(color);
        return series;
    }

    /** From the least to the most: along the one and back along the other. */
    private static void band(final XYChart chart, final String name, final List<Cell> cells, final Function<Cell, Spread> spread,
        final Color color) {
        final List<Double> x = new ArrayList<>();
        final List<Double> y = new ArrayList<>();
        for (final Cell cell : cells) {
            x.add(log2(cell.size()));
            y.add(spread.apply(cell).least());
        }
        for (final Cell cell : cells.reversed()) {
            x.add(log2(cell.size()));
            y.add(spread.apply(cell).most());
        }
        final Color light = new Color(color.getRed(), color.getGreen(), color.getBlue(), BAND);
        final XYSeries series = chart.addSeries(name, x, y);
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
        series.setFillColor(light);
        series.setLineColor(light).setLineWidth(1);
        series.setMarker(SeriesMarkers.NONE);
    }

    /** An element for a page: no prolog, and identifiers that no other plot of the page has. */
    private static String svg(final XYChart chart, final String name) {
        final SVGGeneratorContext context = SVGGeneratorContext.createDefault(
            GenericDOMImplementation.getDOMImplementation().createDocument("http://www.w3.org/2000/svg", "svg", null));
        context.setComment(null);
        context.setIDGenerator(new SVGIDGenerator() {
            @Override
            public String generateID(final String prefix) {
                return name + "-" + super.generateID(prefix);
            }
        });
        final SVGGraphics2D graphics = new SVGGraphics2D(context, false);
        try {
            chart.paint(graphics, WIDTH, HEIGHT);
        } catch (final LinkageError | InternalError e) { // AWT's way to say so
            throw new IllegalStateException("plots need fontconfig and a font: apt-get install fontconfig fonts-dejavu-core", e);
        }
        final StringWriter text = new StringWriter();
        try {
            final var root = graphics.getRoot();
            root.setAttributeNS(null, "viewBox", "0 0 " + WIDTH + " " + HEIGHT);
            root.setAttributeNS(null, "role", "img");
            root.setAttributeNS(null, "aria-label", chart.getTitle() + ": " + String.join(", ", chart.getSeriesMap().keySet()));
            graphics.stream(root, text, true, false);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        final String all = text.toString();
        return all.substring(all.indexOf("<svg"));
    }
}
