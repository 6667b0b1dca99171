package dev.verbs.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The page is one well-formed file with two plots per test. */
class PageTest {
    private static final int ROUNDS = 3;
    private static final String SVG = "http://www.w3.org/2000/svg";

    @Test
    void shouldBeWellFormedWithTwoPlotsPerTest() throws Exception {
        final Document page = parse(Page.html(Results.of(ROUNDS, 1.05)));
        assertEquals(2 * PerfTest.values().length, page.getElementsByTagNameNS(SVG, "svg").getLength());
        assertEquals(PerfTest.values().length, page.getElementsByTagName("table").getLength());
    }

    @Test
    void shouldNameAndDrawEverySeries() throws Exception {
        final Result result = Results.of(ROUNDS, 1.05);
        final NodeList plots = parse(Page.html(result)).getElementsByTagNameNS(SVG, "svg");
        for (int i = 0; i < plots.getLength(); i++) {
            final Element plot = (Element)plots.item(i);
            final String label = plot.getAttribute("aria-label");
            final boolean ratios = i % 2 == 1;
            assertTrue(label.endsWith(ratios ? ": range of the rounds, median Java/C, limit " + (i / 2 < 3 ? "1.10" : "0.95")
                : ": range of C, range of Java, C, Java"), label);
            // A marker per size and one in the legend: circles of C and of the ratios, by XChart's own hand
            assertEquals(result.plan().sizes().size() + 1, plot.getElementsByTagNameNS(SVG, "circle").getLength(), label);
            assertTrue(colors(plot).contains(ratios ? "rgb(43,122,75)" : "rgb(217,95,14)"), label);
        }
    }

    @Test
    void shouldMoveWithItsFigures() {
        final Result one = Results.of(ROUNDS, 1.0);
        final Result other = Results.of(ROUNDS, 1.5);
        final PerfTest test = PerfTest.WRITE_LAT;
        assertFalse(Plots.figures(test, cells(one, test)).equals(Plots.figures(test, cells(other, test))));
    }

    @Test
    void shouldHaveIdentifiersOnlyOnce() throws Exception {
        final NodeList all = parse(Page.html(Results.of(ROUNDS, 1.05))).getElementsByTagNameNS("*", "*");
        final Set<String> seen = new HashSet<>();
        for (int i = 0; i < all.getLength(); i++) {
            final String id = ((Element)all.item(i)).getAttribute("id");
            assertTrue(id.isEmpty() || id.equals("genericDefs") || seen.add(id), id);
        }
        assertFalse(seen.isEmpty());
    }

    @Test
    void shouldLoadNothingFromElsewhere() {
        final String page = Page.html(Results.of(ROUNDS, 1.05));
        assertFalse(page.contains("<script") || page.contains("<link") || page.contains("@import") || page.contains("<img"));
        assertFalse(page.matches("(?s).*(src|href)=\"?http.*"));
    }

    @Test
    void shouldCountAndColourWhatFallsShort() {
        final String good = Page.html(Results.of(ROUNDS, 1.0));
        final String bad = Page.html(Results.of(ROUNDS, 1.3));
        assertTrue(good.contains("48 of 48 cells are within their limit"), "all good");
        assertTrue(bad.contains("0 of 48 cells are within their limit"), "all bad");
        assertTrue(bad.contains("<td class=\"short\">SHORT</td>"));
        assertFalse(good.contains("SHORT"));
    }

    @Test
    void shouldEscapeWhatItDidNotWrite() throws Exception {
        final String page = Page.html(Results.of(1, 1.0));
        assertTrue(page.contains("Linux 6.1 &lt;test&gt; &amp; more"));
        parse(page);
    }

    @Test
    void shouldBeWrittenToAFileInANewDirectory(@TempDir final Path directory) throws IOException {
        final Path file = directory.resolve("a/b/page.html");
        Page.write(Results.of(1, 1.0), file);
        assertTrue(Files.readString(file).startsWith("<!DOCTYPE html>"));
    }

    private static List<Cell> cells(final Result result, final PerfTest test) {
        return result.cells().stream().filter(cell -> cell.test() == test).toList();
    }

    private static String colors(final Element plot) {
        final StringBuilder styles = new StringBuilder();
        final NodeList all = plot.getElementsByTagNameNS("*", "*");
        for (int i = 0; i < all.getLength(); i++) {
            styles.append(((Element)all.item(i)).getAttribute("style"));
        }
        return styles.toString();
    }

    private static Document parse(final String page) throws ParserConfigurationException, IOException, SAXException {
        final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }
}
