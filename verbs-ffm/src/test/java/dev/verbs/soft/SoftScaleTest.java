package dev.verbs.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many queue pairs, in JVMs of their own whose memory is bounded: what was allocated in passing by other tests does not count. */
class SoftScaleTest {
    private static final int HOSTS = 256;
    private static final int CHURNED = 10_000;
    private static final long MIB = 1 << 20;
    private static final long LIMIT = 2048 * MIB;
    private static final int DEADLINE_S = 240;

    @TempDir
    private Path directory;

    @Test
    void shouldConnect256HostsWithEachOtherIn2Gib() throws IOException, InterruptedException {
        final Map<String, Long> seen = run("640m", "mesh", HOSTS);
        assertEquals((long)HOSTS * (HOSTS - 1), seen.get("writes"), "connections that took a write");
        assertTrue(seen.get("peak") < LIMIT, () -> "resident at most: " + seen);
        assertEquals(0, seen.get("live"), "left over");
    }

    @Test
    void shouldLeaveNothingOf10000QueuePairs() throws IOException, InterruptedException {
        final Map<String, Long> seen = run("128m", "churn", CHURNED);
        assertEquals(CHURNED, seen.get("used"), "queue pairs that were connected and used");
        assertEquals(0, seen.get("queuePairs"), "known to the fabric");
        assertEquals(4, seen.get("live"), "context, domain, completion queue and region");
        assertEquals(4096, seen.get("registered"), "bytes registered");
        assertEquals(0, seen.get("liveAtEnd"), "left over");
        assertTrue(seen.get("heapGrowth") < MIB, () -> "heap: " + seen);
        assertTrue(seen.get("residentGrowth") < 64 * MIB, () -> "native memory, of which rings alone take 150 MB if they stay: " + seen);
    }

    private Map<String, Long> run(final String heap, final String what, final int count) throws IOException, InterruptedException {
        final Path out = directory.resolve(what);
        // the whole heap is resident from the start: what grows afterwards is native
        final Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heap,
            "-Xms" + heap, "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), ScaleRun.class.getName(), what,
            Integer.toString(count)).redirectErrorStream(true).redirectOutput(out.toFile()).start();
        final boolean ended = child.waitFor(DEADLINE_S, TimeUnit.SECONDS);
        child.destroyForcibly();
        final List<String> lines = Files.readAllLines(out);
        assertTrue(ended, () -> "not done after " + DEADLINE_S + " s: " + lines);
        assertEquals(0, child.exitValue(), () -> String.join("\n", lines));
        final Map<String, Long> values = new HashMap<>();
        for (final String line : lines) {
            final String[] pair = line.split("=");
            if (pair.length == 2 && pair[1].matches("-?\\d+")) {
                values.put(pair[0], Long.parseLong(pair[1]));
            }
        }
        assertEquals(1, values.get("ended"), () -> String.join("\n", lines));
        System.out.println("scale: " + what + " of " + count + ": " + String.join(" ", lines));
        return values;
    }
}
