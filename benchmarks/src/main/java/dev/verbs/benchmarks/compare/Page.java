package dev.verbs.benchmarks.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The page: one file of HTML, XML as well, with the plots inside and nothing loaded from elsewhere. */
final class Page {
    private static final String STYLE = """
        body { font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; color: #222;
               max-width: 1280px; margin: 2em auto; padding: 0 1em; }
        h1 { font-size: 1.6em; margin-bottom: 0.2em } h2 { font-size: 1.2em; margin-top: 2.2em; border-bottom: 1px solid #ddd }
        .plots { display: flex; flex-wrap: wrap; gap: 16px } figure { margin: 0; flex: 1 1 480px }
        figure svg { width: 100%; height: auto; border: 1px solid #eee; border-radius: 6px }
        table { border-collapse: collapse; margin: 0.8em 0; font-variant-numeric: tabular-nums }
        th, td { padding: 0.25em 0.9em; text-align: right; border-bottom: 1px solid #e8e8e8 } th { color: #555; font-weight: 600 }
        td.range { color: #777; padding-left: 0; text-align: left } .ok { color: #1b7a3d } .short { color: #b01e2e; font-weight: 600 }
        dl { display: grid; grid-template-columns: max-content auto; gap: 0.1em 1.2em } dt { color: #666 } dd { margin: 0 }
        pre { white-space: pre-wrap; background: #f7f7f7; padding: 0.6em }
        """;

    private Page() {
    }

    static void write(final Result result, final Path file) throws IOException {
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        Files.writeString(file, html(result), StandardCharsets.UTF_8);
    }

    static String html(final Result result) {
        final List<Cell> cells = result.cells();
        final int bad = result.shortOnes().size();
        final StringBuilder page = new StringBuilder("""
            <!DOCTYPE html>
            <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
            <head><meta charset="utf-8"/><meta name="viewport" content="width=device-width"/>
            <title>RDMA verbs: Java beside C</title>
            <style>
            """).append(STYLE).append("</style></head>\n<body>\n<h1>RDMA verbs: Java beside C</h1>\n");
        page.append("<p>verbs-ffm's <code>verbs perf</code> against the C programs of perftest, ").append(result.plan().rounds())
            .append(" rounds per size, one right after the other in the same boot. Lines are medians, bands go from the least to the most"
                + " of the rounds. A ratio is Java's figure over C's of the same round.</p>\n<p class=\"")
            .append(bad == 0 ? "ok" : "short").append("\">").append(cells.size() - bad).append(" of ").append(cells.size())
            .append(" cells are within their limit (median latency ≤ ").append(number("%.2f", PerfTest.Limits.LATENCY))
            .append(" × C, bandwidth ≥ ").append(number("%.2f", PerfTest.Limits.BANDWIDTH)).append(" × C). ")
            .append(TextReport.disturbed(result)).append(".</p>\n");
        final Map<PerfTest, List<Cell>> tests = cells.stream()
            .collect(Collectors.groupingBy(Cell::test, TreeMap::new, Collectors.toList()));
        tests.forEach((test, group) -> section(page, test, group));
        environment(page, result);
        return page.append("</body>\n</html>\n").toString();
    }

    private static void section(final StringBuilder page, final PerfTest test, final List<Cell> cells) {
        page.append("<h2>").append(test.title()).append(" <small>(").append(test.tool()).append(", ").append(test.unit()).append(", ")
            .append(test.what()).append(")</small></h2>\n<div class=\"plots\">\n<figure>").append(Plots.figures(test, cells))
            .append("</figure>\n<figure>").append(Plots.ratios(test, cells)).append("</figure>\n</div>\n<table>\n<tr><th>bytes</th>"
                + "<th>messages</th><th>C</th><th></th><th>Java</th><th></th><th>Java/C</th><th></th><th>bests</th><th>limit ")
            .append(test.isLatency() ? "≤ " : "≥ ").append(number("%.2f", test.limit())).append("</th></tr>\n");
        for (final Cell cell : cells) {
            page.append("<tr><td>").append(cell.size()).append("</td><td>").append(cell.iterations()).append("</td>");
            figure(page, TextReport.text(cell.c()));
            figure(page, TextReport.text(cell.java()));
            figure(page, TextReport.ratio(cell.ratio()));
            page.append("<td>").append(number("%.3f", cell.ratioOfBests())).append("</td>");
            page.append("<td class=\"").append(cell.holds() ? "ok" : "short").append("\">").append(cell.verdict()).append("</td></tr>\n");
        }
        page.append("</table>\n");
    }

    /** Median and range in columns of their own. */
    private static void figure(final StringBuilder page, final String spread) {
        final int range = spread.indexOf(' ');
        page.append("<td>").append(spread, 0, range).append("</td><td class=\"range\">").append(spread.substring(range + 1)
            .replace(" - ", " – ")).append("</td>");
    }

    private static void environment(final StringBuilder page, final Result result) {
        page.append("<h2>How it was measured</h2>\n<dl>\n");
        result.environment().forEach((name, value) -> page.append("<dt>").append(escaped(name)).append("</dt><dd>")
            .append(escaped(value)).append("</dd>\n"));
        page.append("</dl>\n");
        if (!result.failures().isEmpty()) {
            page.append("<h2>Repeated measurements</h2>\n");
            result.failures().forEach(failure -> page.append("<pre>").append(escaped(failure)).append("</pre>\n"));
        }
    }

    private static String escaped(final String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", "?");
    }

    private static String number(final String format, final double number) {
        return String.format(Locale.ROOT, format, number);
    }
}
