package dev.verbs.benchmarks.paths;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every benchmark runs, once and briefly, on each target that needs no hardware; the table and the JSON say so. */
class BenchTest {
    private static final Set<String> PATHS = Set.of("post", "inline", "wr", "postReceive", "poll", "spin", "pollExtended", "roundTrip",
        "registerMemory", "createQueuePair", "modifyQueuePair", "connect");
    private static final List<String> BRIEFLY = List.of("--jvms", "1", "--warmups", "1", "--rounds", "2", "--round-ms", "10", "-p",
        "batch=16", "-p", "way=PATCHED", "-p", "bytes=4096");
    private static final long MINUTES = 4;

    @TempDir
    private Path directory;

    /** What the command has printed, and its status. */
    private record Run(int status, String out) {
    }

    /** In a JVM of its own, as from the command line: JMH needs what this project denies its JVMs. */
    private Run bench(final List<String> arguments) throws IOException, InterruptedException {
        final Path out = Files.createTempFile(directory, "out", ".txt");
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Djmh.ignoreLock=true", "-cp",
            System.getProperty("java.class.path"), Bench.class.getName()));
        command.addAll(arguments);
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
        try {
            assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), "bench takes too long");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readString(out));
    }

    private JsonNode run(final String target) throws IOException, InterruptedException {
        final Path json = directory.resolve(target + ".json");
        final List<String> arguments = new ArrayList<>(List.of("--target", target, "--json", json.toString()));
        arguments.addAll(BRIEFLY);
        final Run run = bench(arguments);
        assertEquals(0, run.status, run.out);
        final JsonNode root = new ObjectMapper().readTree(json.toFile());
        final Set<String> found = new TreeSet<>();
        for (final JsonNode figure : root.get("figures")) {
            final String path = figure.get("path").asText();
            found.add(path);
            assertEquals(target, figure.get("target").asText());
            assertTrue(run.out.contains("| " + path), () -> path + " is missing in the table:\n" + run.out);
            assertEquals(2, figure.get("java").get("rounds").size(), path);
            assertTrue(figure.get("java").get("median").asDouble() > 0, path);
            assertTrue(figure.get("operations").asLong() > 0, path);
            assertTrue(figure.has("bytesPerOperation") && figure.has("jmhBytesPerOperation"), path);
        }
        assertEquals(new TreeSet<>(PATHS), found);
        return root;
    }

    @Test
    void shouldRunEveryBenchmarkOnTheSoftwareDevice() throws IOException, InterruptedException {
        for (final JsonNode figure : run("soft").get("figures")) {
            assertFalse(figure.has("c") || figure.has("bare"), "there is no C library behind the software device");
        }
    }

    @Test
    void shouldRunEveryBenchmarkBesideCAndByHand() throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/usr/include/rdma/rdma_cma.h")), "needs gcc, libibverbs-dev and librdmacm-dev");
        final Set<String> besideHand = new HashSet<>();
        for (final JsonNode figure : run("c").get("figures")) {
            final String path = figure.get("path").asText();
            assertTrue(figure.get("c").get("median").asDouble() > 0, path);
            assertTrue(figure.get("javaToC").get("median").asDouble() > 0, path);
            if (figure.has("bare")) {
                besideHand.add(path);
            }
        }
        final Set<String> expected = new HashSet<>(PATHS);
        expected.remove("connect"); // events dominate: no bare loop
        assertEquals(expected, besideHand);
    }

    @Test
    void shouldRefuseWhatItCannotMeasure() throws IOException, InterruptedException {
        final Run noPath = bench(List.of("nothing of that name"));
        assertEquals(2, noPath.status, noPath.out);
        assertTrue(noPath.out.contains("no path's name contains nothing of that name"), noPath.out);
        final Run noDevice = bench(List.of("--target", "absent0"));
        assertEquals(2, noDevice.status, noDevice.out);
        assertTrue(noDevice.out.contains("no device whose name begins with absent0"), noDevice.out);
    }
}
