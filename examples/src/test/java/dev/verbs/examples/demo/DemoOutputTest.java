package dev.verbs.examples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoOutputTest {
    private static String progress(final boolean terminal) {
        final StringWriter out = new StringWriter();
        final Progress progress = new Progress(new PrintWriter(out), terminal);
        progress.stage("join");
        progress.accept("pass 1");
        progress.accept("x".repeat(200));
        progress.done();
        return out.toString().replace(System.lineSeparator(), "|");
    }

    @Test
    void shouldChangeOneLineOnATerminalAndTakeItAway() {
        final String line = "\r\u001b[K";
        assertEquals(line + "join: ..." + line + "join: pass 1" + line + "join: " + "x".repeat(94) + line, progress(true));
    }

    @Test
    void shouldPrintALinePerStepElsewhere() {
        assertEquals("join: ...|join: pass 1|join: " + "x".repeat(200) + "|", progress(false).replaceAll("\\|$", "|"));
    }

    @Test
    void shouldAlignTheTableAndExplainWhatWentWrong() {
        final List<DemoRow> rows = List.of(
            new DemoRow("ping-pong", "2 queue pairs", "10 messages", 0.456, "us", true, "right", null),
            new DemoRow("query", "4 nodes", "1,000 records", 1234.4, "M records/s", false, "a count is wrong", null),
            DemoRow.failed("join", "soft", "failed: no memory"));
        assertEquals(List.of(
            "what       on             how much       how fast           verified",
            "ping-pong  2 queue pairs  10 messages    0.46 us            yes",
            "query      4 nodes        1,000 records  1,234 M records/s  NO",
            "join       soft           failed         -                  NO",
            "query: a count is wrong",
            "join: failed: no memory"), DemoTable.lines(rows));
    }
}
