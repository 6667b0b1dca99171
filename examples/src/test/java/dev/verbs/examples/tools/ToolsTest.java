package dev.verbs.examples.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.verbs.Gid;
import dev.verbs.examples.CommandRun;
import java.io.IOException;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tools that look, on the provider under test. */
class ToolsTest {
    private static CommandRun run(final String... args) {
        final String[] all = new String[args.length + 2];
        System.arraycopy(args, 0, all, 0, args.length);
        all[args.length] = "--provider";
        all[args.length + 1] = CommandRun.provider();
        final CommandRun run = CommandRun.of(all);
        assertEquals(0, run.exitCode(), run::toString);
        assertEquals("", run.err(), run::toString);
        return run;
    }

    private static JsonNode json(final String... args) throws IOException {
        return new ObjectMapper().readTree(run(args).out());
    }

    @Test
    void shouldTellTheSameInWordsAndJson() throws IOException {
        final String words = run("devices", "-v").out();
        final JsonNode device = json("devices", "-v", "--json").get("devices").get(0);
        assertTrue(words.startsWith("hca_id:\t" + device.get("hca_id").asText() + "\n"), words);
        assertTrue(words.lines().anyMatch(line -> line.strip().replaceAll("\\s+", " ").equals("max_qp: " + device.get("max_qp"))), words);
        assertTrue(words.contains(device.get("ports").get(0).get("state").asText()), words);
        assertTrue(words.contains(device.get("ports").get(0).get("gids").get(0).asText()), words);
    }

    @Test
    void shouldTellLessUnlessAsked() {
        final String few = run("devices").out();
        final String all = run("devices", "-v").out();
        assertFalse(few.contains("max_qp_wr"), few);
        assertTrue(few.contains("active_mtu"), few);
        assertTrue(all.contains("max_qp_wr"), all);
        assertEquals(few.lines().toList(), all.lines().filter(few.lines().toList()::contains).toList(), all);
    }

    @Test
    void shouldMarkTheGidThatAProgramWouldUse() throws IOException {
        final JsonNode gids = json("gids", "--json");
        int chosen = 0;
        for (final JsonNode row : gids.get("gids")) {
            chosen += row.get("chosen").asBoolean() ? 1 : 0;
            assertEquals(39, row.get("gid").asText().length(), row.toString());
        }
        assertEquals(gids.get("choices").size(), chosen, gids.toString());
        final String table = run("gids").out();
        assertEquals(chosen * 2, table.lines().filter(line -> line.startsWith("*")).count(), table);
        assertTrue(table.contains("(best of "), table);
    }

    @Test
    void shouldFindAHealthyDeviceHealthy() throws IOException {
        final JsonNode report = json("doctor", "--json");
        assertTrue(report.get("well").asBoolean(), report.toString());
        boolean exchanged = false;
        for (final JsonNode finding : report.get("findings")) {
            assertEquals(finding.get("level").asText().equals("OK"), finding.get("fix").asText().isEmpty(), finding.toString());
            exchanged |= finding.get("subject").asText().endsWith("loopback") && finding.get("found").asText().contains("verified");
        }
        assertTrue(exchanged, report.toString());
    }

    @Test
    void shouldCountItsFindings() {
        final String said = run("doctor").out();
        assertTrue(said.stripTrailing().matches("(?s).*\\d+ OK, \\d+ WARN, 0 FAIL"), said);
    }

    @ParameterizedTest
    @CsvSource({"fe80::1, fe80::1", "0:0:0:0:0:0:0:1, ::1", "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1", "10.0.0.1, ::ffff:10.0.0.1",
        "1:0:2:0:3:0:4:5, 1:0:2:0:3:0:4:5", "1:0:0:0:0:0:0:0, 1::", "0:0:0:0:0:0:0:0, ::"})
    void shouldWriteAddressesAsInetNtopDoes(final String address, final String expected) throws IOException {
        assertEquals(expected, GidText.compressed(Gid.of(InetAddress.getByName(address))));
    }

    @Test
    void shouldExplainWhatIsMissingForRealDevices() {
        final CommandRun run = CommandRun.of("doctor", "--provider", "ibv");
        if (run.exitCode() == 1) {
            assertTrue(run.out().lines().anyMatch(line -> line.startsWith("FAIL")), run::toString);
            assertTrue(run.out().contains("fix: "), run::toString);
        } else {
            assertTrue(run.out().contains("loopback"), run::toString);
        }
    }
}
