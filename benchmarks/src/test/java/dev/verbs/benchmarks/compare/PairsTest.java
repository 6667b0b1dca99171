package dev.verbs.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both pairs with processes: scripts in place of C's tools, and a JVM that prints what C printed. */
class PairsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Measurement MEASUREMENT = new Measurement(PerfTest.WRITE_LAT, 4096, 1000, 18515, "rxe0", 1);
    private static final Listening AT_ONCE = port -> true;

    @TempDir
    private Path directory;

    @BeforeEach
    void captured() throws IOException {
        for (final PerfTest test : PerfTest.values()) {
            Files.writeString(directory.resolve(test.tool() + ".txt"), Captured.text(test));
        }
    }

    @Test
    void shouldGiveBothEndsTheSameOptionsAndTheClientAHost() throws Exception {
        tool("write_lat", "echo \"$0 $*\" >>" + directory + "/calls; cat " + directory + "/write_lat.txt");
        try (CPair pair = new CPair(directory, Pinning.NONE, AT_ONCE, LIMIT)) {
            assertEquals(Captured.text(PerfTest.WRITE_LAT), pair.measure(MEASUREMENT));
        }
        final String options = directory + "/ib_write_lat -d rxe0 -x 1 -s 4096 -n 1000 -p 18515 -F";
        assertEquals(List.of(options, options + " 127.0.0.1"), Files.readAllLines(directory.resolve("calls")).stream().sorted().toList());
    }

    @Test
    void shouldSayWhatAFailedToolPrinted() throws Exception {
        tool("write_lat", "case $* in *127.0.0.1) echo \"Couldn't connect\" >&2; exit 3;; esac; exec sleep 60");
        try (CPair pair = new CPair(directory, Pinning.NONE, AT_ONCE, LIMIT)) {
            final MeasurementException e = assertThrows(MeasurementException.class, () -> pair.measure(MEASUREMENT));
            assertEquals("client of write_lat -s 4096 -n 1000 in C failed with exit status 3; it printed:\nCouldn't connect",
                e.getMessage());
        }
    }

    @Test
    void shouldLeaveNothingBehindAfterADeadline() throws Exception {
        tool("write_lat", "echo $$ >>" + directory + "/pids; sleep 60 & echo $! >>" + directory + "/pids; wait");
        final long start = System.nanoTime();
        try (CPair pair = new CPair(directory, Pinning.NONE, AT_ONCE, Duration.ofSeconds(1))) {
            final MeasurementException e = assertThrows(MeasurementException.class, () -> pair.measure(MEASUREMENT));
            assertTrue(e.getMessage().contains("was not done within 1.0 s"), e.getMessage());
        }
        assertTrue(System.nanoTime() - start < Duration.ofSeconds(20).toNanos());
        for (final String pid : Files.readAllLines(directory.resolve("pids"))) {
            assertFalse(lives(Long.parseLong(pid)), "process " + pid + " lives");
        }
    }

    @Test
    void shouldNotStartAClientOfAServerThatDoesNotListen() throws Exception {
        tool("write_lat", "echo x >>" + directory + "/calls; exec sleep 60");
        try (CPair pair = new CPair(directory, Pinning.NONE, port -> false, Duration.ofSeconds(1))) {
            final MeasurementException e = assertThrows(MeasurementException.class, () -> pair.measure(MEASUREMENT));
            assertTrue(e.getMessage().startsWith("the server did not listen on port 18515 within 1.0 s"), e.getMessage());
        }
        assertTrue(!Files.exists(directory.resolve("calls")) || Files.readAllLines(directory.resolve("calls")).size() == 1);
    }

    @Test
    void shouldSayThatAServerEndedBeforeItListened() throws Exception {
        tool("write_lat", "echo 'No IB devices found'; exit 1");
        try (CPair pair = new CPair(directory, Pinning.NONE, port -> false, LIMIT)) {
            final MeasurementException e = assertThrows(MeasurementException.class, () -> pair.measure(MEASUREMENT));
            assertTrue(e.getMessage().contains("No IB devices found"), e.getMessage());
        }
    }

    @Test
    void shouldSayThatAToolIsMissing() {
        try (CPair pair = new CPair(directory, Pinning.NONE, AT_ONCE, LIMIT)) {
            final MeasurementException e = assertThrows(MeasurementException.class, () -> pair.measure(MEASUREMENT));
            assertTrue(e.getMessage().contains("does not start"), e.getMessage());
        }
    }

    @Test
    void shouldServeAllMeasurementsWithOnePairOfJvms() throws Exception {
        try (JavaPair pair = java(FakeHost.class, LIMIT)) {
            final String first = pair.measure(MEASUREMENT);
            final String second = pair.measure(MEASUREMENT);
            assertEquals("perf write_lat -d rxe0 -x 1 -s 4096 -n 1000 -p 18515 --warm-up 0 --allocations --provider ibv 127.0.0.1",
                first.lines().findFirst().orElseThrow().replaceFirst("^\\d+ ", ""));
            assertEquals(pid(first), pid(second));
            assertEquals(4096, PerfOutput.only(first, PerfTest.WRITE_LAT, 4096).bytes());
        }
    }

    @Test
    void shouldWarmUpNewJvmsOncePerTest() throws Exception {
        final Measurement other = new Measurement(PerfTest.READ_BW, 4096, 5000, 18516, "rxe0", 1);
        try (JavaPair pair = java(FakeHost.class, LIMIT)) {
            pair.measure(MEASUREMENT);
            pair.measure(MEASUREMENT);
            pair.measure(other);
        }
        final String client = " --warm-up 0 --allocations --provider ibv 127.0.0.1";
        assertEquals(List.of("perf write_lat -d rxe0 -x 1 -s 8 -n 255 -p 18515" + client,
            "perf write_lat -d rxe0 -x 1 -s 65536 -n 255 -p 18515" + client,
            "perf write_lat -d rxe0 -x 1 -s 64 -n 20000 -p 18515" + client,
            "perf write_lat -d rxe0 -x 1 -s 64 -n 10000 -p 18515" + client,
            "perf write_lat -d rxe0 -x 1 -s 4096 -n 1000 -p 18515" + client,
            "perf write_lat -d rxe0 -x 1 -s 4096 -n 1000 -p 18515" + client,
            "perf read_bw -d rxe0 -x 1 -s 8 -n 255 -p 18516 -N" + client,
            "perf read_bw -d rxe0 -x 1 -s 65536 -n 255 -p 18516 -N" + client,
            "perf read_bw -d rxe0 -x 1 -s 64 -n 20000 -p 18516 -N" + client,
            "perf read_bw -d rxe0 -x 1 -s 64 -n 10000 -p 18516 -N" + client,
            "perf read_bw -d rxe0 -x 1 -s 4096 -n 5000 -p 18516 -N" + client),
            Files.readAllLines(directory.resolve("commands")));
    }

    /** Four commands warm up, the fifth is measured. */
    @Test
    void shouldSayWhatAJvmCompiledBeside() throws Exception {
        Files.write(directory.resolve("busy"), List.of("1", "5", "6"));
        try (JavaPair pair = java(FakeHost.class, LIMIT)) {
            for (final boolean settled : new boolean[] {false, false, true}) {
                assertEquals(4096, PerfOutput.only(pair.measure(MEASUREMENT), PerfTest.WRITE_LAT, 4096).bytes());
                assertEquals(settled, pair.isSettled(), Files.readAllLines(directory.resolve("commands")).toString());
            }
        }
    }

    @Test
    void shouldBeginAnewWithOtherJvmsAfterAFailure() throws Exception {
        try (JavaPair pair = java(FakeHost.class, LIMIT)) {
            final long first = pid(pair.measure(MEASUREMENT));
            final Measurement bad = new Measurement(PerfTest.SEND_BW, 13, 5, 18516, "rxe0", 1);
            final MeasurementException e = assertThrows(MeasurementException.class, () -> pair.measure(bad));
            assertTrue(e.getMessage().contains("failed with status 1; it printed:"), e.getMessage());
            assertFalse(lives(first));
            assertNotEquals(first, pid(pair.measure(MEASUREMENT)));
        }
    }

    @Test
    void shouldEndJvmsThatHang() throws Exception {
        try (JavaPair pair = java(FakeHost.class, Duration.ofSeconds(10))) {
            final long first = pid(pair.measure(MEASUREMENT));
            final Measurement hangs = new Measurement(PerfTest.READ_BW, 14, 5, 18516, "rxe0", 1);
            final MeasurementException e = assertThrows(MeasurementException.class, () -> pair.measure(hangs));
            assertTrue(e.getMessage().contains("was not done within 10.0 s"), e.getMessage());
            assertFalse(lives(first));
        }
    }

    @Test
    void shouldCompareFakeToolsFromEndToEnd() throws Exception {
        for (final PerfTest test : PerfTest.values()) {
            tool(test.tool(), "cat " + directory + "/" + test.tool() + ".txt");
        }
        final Plan plan = new Plan(List.of(PerfTest.WRITE_LAT, PerfTest.READ_BW), List.of(4096), 2, 0, "rxe0", 1);
        try (CPair c = new CPair(directory, Pinning.NONE, AT_ONCE, LIMIT); JavaPair java = java(FakeHost.class, LIMIT)) {
            final Rounds rounds = new Rounds(plan, 2, new Repeats(0), null, Map.of(Side.C, c, Side.JAVA, java), line -> { });
            rounds.run();
            final Result result = new Result(Map.of(), plan, rounds.samples(), rounds.failures());
            assertTrue(result.isComplete());
            final Path file = directory.resolve("result/compare.json");
            result.write(file);
            assertEquals(result, Result.read(file));
            assertEquals(TextReport.lines(result), TextReport.lines(Result.read(file)));
            assertTrue(TextReport.lines(result).contains("     4096        4096  78.08 [78.08 - 78.08]       78.08 [78.08 - 78.08]"
                + "       1.000 [1.000 - 1.000]   1.000  ok"), String.join("\n", TextReport.lines(result)));
            assertTrue(TextReport.lines(result).contains("2 cells measured, 2 within their limit, 0 short"));
        }
    }

    /** The program that compares shall have nothing to read while a test measures. */
    @Test
    void shouldHoldBackWhatACommandPrintsUntilItIsDone() throws IOException {
        final StringWriter printed = new StringWriter();
        final PrintWriter out = new PrintWriter(printed);
        PerfHost.serve(new BufferedReader(new StringReader("perf\tsend_lat\n")), out, (to, err, words) -> {
            to.println("a header");
            to.flush();
            assertEquals(PerfHost.READY, printed.toString().strip());
            return 3;
        });
        assertEquals(List.of(PerfHost.READY, "a header", PerfHost.STATUS + 3), printed.toString().lines().toList());
    }

    @Test
    void shouldFindListenersInTheKernelsTable() {
        final List<String> table = List.of("  sl  local_address rem_address   st tx_queue rx_queue",
            "   0: 00000000:4853 00000000:0000 0A 00000000:00000000", "   1: 0100007F:4854 0100007F:9999 01 00000000:00000000");
        assertTrue(Listening.listens(table, ":4853"));
        assertFalse(Listening.listens(table, ":4854"));
        assertFalse(Listening.listens(table, ":9999"));
    }

    @Test
    void shouldPinWithTaskset() {
        assertEquals(List.of("taskset", "-c", "1", "x"), new Pinning(0, 1).server(List.of("x")));
        assertEquals(List.of("x"), Pinning.NONE.client(List.of("x")));
    }

    @Test
    void shouldTakeTheFirstRoceV2GidOfAnIpv4Address() throws IOException {
        final Path port = directory.resolve("port");
        Files.createDirectories(port.resolve("gids"));
        Files.createDirectories(port.resolve("gid_attrs/types"));
        gid(port, 0, "fe80:0000:0000:0000:3817:94ff:fed2:9992", "RoCE v2");
        gid(port, 1, "0000:0000:0000:0000:0000:ffff:0a4d:0001", "IB/RoCE v1");
        gid(port, 2, "0000:0000:0000:0000:0000:ffff:0a4d:0001", "RoCE v2");
        gid(port, 10, "0000:0000:0000:0000:0000:ffff:0a4d:0002", "RoCE v2");
        assertEquals(2, Devices.gidIndex(port));
        assertEquals(0, Devices.gidIndex(directory.resolve("none")));
    }

    private static void gid(final Path port, final int index, final String gid, final String type) throws IOException {
        Files.writeString(port.resolve("gids").resolve(Integer.toString(index)), gid + "\n");
        Files.writeString(port.resolve("gid_attrs/types").resolve(Integer.toString(index)), type + "\n");
    }

    private JavaPair java(final Class<?> host, final Duration limit) {
        final List<String> command = new ArrayList<>(Guest.java(host));
        command.add(directory.toString());
        return new JavaPair(command, List.of("--provider", "ibv"), Pinning.NONE, AT_ONCE, limit, 30_000, List.of(8, 65536));
    }

    private void tool(final String name, final String text) throws IOException {
        final Path file = Files.writeString(directory.resolve("ib_" + name), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static long pid(final String output) {
        return Long.parseLong(output.substring(0, output.indexOf(' ')));
    }

    /** A killed process may stay in the table until its parent, perhaps init, asks for it. */
    private static boolean lives(final long pid) throws IOException, InterruptedException {
        final Deadline deadline = Deadline.in(Duration.ofSeconds(5));
        final Path stat = Path.of("/proc", Long.toString(pid), "stat");
        while (deadline.remainingNs() > 0) {
            try {
                if (Files.readString(stat).matches("(?s).*\\) [ZX] .*")) {
                    return false;
                }
            } catch (final IOException e) {
                return false;
            }
            Thread.sleep(10);
        }
        return true;
    }

    /** A host whose command prints what C's client printed; 13 bytes fail, 14 hang. */
    static final class FakeHost {
        private FakeHost() {
        }

        public static void main(final String[] args) throws IOException {
            final var in = new BufferedReader(new InputStreamReader(System.in));
            PerfHost.serve(in, new PrintWriter(System.out), (out, err, words) -> {
                if (List.of(words).contains("127.0.0.1")) {
                    append(Path.of(args[0], "commands"), String.join(" ", words));
                    out.print(compiled(args[0]));
                }
                out.println(ProcessHandle.current().pid() + " " + String.join(" ", words));
                if (List.of(words).contains("14")) {
                    try {
                        Thread.sleep(60_000);
                    } catch (final InterruptedException e) {
                        return 1;
                    }
                }
                try {
                    out.print(Files.readString(Path.of(args[0], words[1] + ".txt")));
                } catch (final IOException e) {
                    return 2;
                }
                return List.of(words).contains("13") ? 1 : 0;
            });
        }

        /** What is printed for compilers that work beside the commands whose numbers a file lists, if there is one. */
        private static String compiled(final String directory) {
            try {
                final String number = Integer.toString(Files.readAllLines(Path.of(directory, "commands")).size());
                final Path busy = Path.of(directory, "busy");
                return Files.exists(busy) && Files.readAllLines(busy).contains(number) ? " Compiled        : 21 ms beside it\n" : "";
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void append(final Path file, final String line) {
            try {
                Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
