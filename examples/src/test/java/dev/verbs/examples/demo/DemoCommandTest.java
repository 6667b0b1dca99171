package dev.verbs.examples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.verbs.examples.CommandRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo in small; the command itself fails if anything is left open. */
class DemoCommandTest {
    private static final List<String> PROGRAMS = List.of("ping-pong", "stream query", "cyclo-join");

    @TempDir
    private Path directory;

    private CommandRun demo(final String... more) {
        final Map<String, String> options = new LinkedHashMap<>(Map.of("--provider", "soft", "--records", "20000", "--scale", "0.001",
            "--nodes", "3", "--json", directory.resolve("demo.json").toString()));
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        final List<String> args = new ArrayList<>(List.of("demo"));
        options.forEach((option, value) -> args.addAll(List.of(option, value)));
        return CommandRun.of(args.toArray(String[]::new));
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(directory.resolve("demo.json").toFile());
    }

    private Map<String, Boolean> verified() throws IOException {
        final Map<String, Boolean> verified = new LinkedHashMap<>();
        for (final JsonNode row : json().get("rows")) {
            assertTrue(row.get("verified").isBoolean());
            verified.put(row.get("name").asText(), row.get("verified").asBoolean());
        }
        return verified;
    }

    @Test
    void shouldVerifyEverythingAndSayHowFastItWas() throws IOException {
        final CommandRun run = demo();
        assertEquals(0, run.exitCode(), run::toString);
        assertTrue(run.out().contains("provider: soft ("), run::toString);
        assertTrue(run.out().contains("path: soft0 port 1"), run::toString);
        assertEquals(PROGRAMS, List.copyOf(verified().keySet()));
        assertFalse(verified().containsValue(false), run::toString);
        final JsonNode report = json();
        assertEquals("soft", report.get("provider").asText());
        assertTrue(report.get("verified").asBoolean());
        for (final JsonNode row : report.get("rows")) {
            assertTrue(row.get("speed").asDouble() > 0, row::toString);
            assertTrue(run.out().lines().anyMatch(line -> line.startsWith(row.get("name").asText() + " ") && line.endsWith("  yes")),
                run::toString);
        }
        System.out.println("demo: " + verified().size() + " programs verified on soft");
    }

    @ParameterizedTest
    @CsvSource({"ping, ping-pong", "ysb, stream query", "join, cyclo-join"})
    void shouldNoticeAFalsifiedResult(final String what, final String name) throws IOException {
        final CommandRun run = demo("--corrupt", what);
        assertEquals(1, run.exitCode(), run::toString);
        final Map<String, Boolean> verified = verified();
        assertEquals(PROGRAMS, List.copyOf(verified.keySet()));
        verified.forEach((program, right) -> assertEquals(!program.equals(name), right, () -> program + "\n" + run));
        assertFalse(json().get("verified").asBoolean());
        assertTrue(run.out().lines().anyMatch(line -> line.startsWith(name + " ") && line.endsWith("  NO")), run::toString);
    }

    @Test
    void shouldRunOnOneNode() throws IOException {
        final CommandRun run = demo("--nodes", "1");
        assertEquals(0, run.exitCode(), run::toString);
        assertFalse(verified().containsValue(false), run::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--records 2               | records 2 is less than 1 per node",
        "--nodes 0                 | nodes 0 is not in 1 .. 16",
        "--scale 0                 | scale 0.0 is not in",
        "--scale NaN               | scale NaN is not in",
        "--json /nowhere/demo.json | json file /nowhere/demo.json cannot be written",
        "--corrupt everything      | everything",
    })
    void shouldRefuseBadOptionsInOneSentence(final String more, final String expected) {
        final CommandRun run = demo(more.split(" +"));
        assertEquals(2, run.exitCode(), run::toString);
        assertTrue(run.isOneSentence() && run.err().contains(expected), run::toString);
    }
}
