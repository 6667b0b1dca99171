package dev.verbs.examples.perf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.verbs.examples.CommandRun;
import dev.verbs.testkit.TestProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each tool on the software device, both ends in this process; with C it is PerfInteropTest that looks. */
class PerfToolsTest {
    private static final Pattern ALLOCATED = Pattern.compile("Allocated +: ([0-9.]+) bytes per message");
    /** What is allocated once: a queue that grows, code that was not compiled yet. An object per message would be 16 bytes or more. */
    private static final double NOTHING = 0.3;

    @TempDir
    private Path directory;

    @BeforeEach
    void onSoft() {
        assumeTrue(TestProvider.isSoft(), "both ends are in one process on the software device only");
    }

    private static CommandRun run(final PerfTool tool, final String... options) {
        final List<String> all = new ArrayList<>(List.of("perf", tool.toolName(), "--provider", "soft", "--deadline", "30"));
        all.addAll(Arrays.asList(options));
        final CommandRun run = CommandRun.of(all.toArray(String[]::new));
        assertEquals(0, run.exitCode(), run::toString);
        assertEquals("", run.err());
        return run;
    }

    /** The results: what stands between the titles and the last line. */
    private static List<String> rows(final CommandRun run) {
        final List<String> lines = run.out().lines().toList();
        final int titles = lines.indexOf(lines.stream().filter(line -> line.startsWith(" #bytes")).findFirst().orElseThrow());
        return lines.subList(titles + 1, lines.size()).stream().takeWhile(line -> !line.startsWith("---")).toList();
    }

    @ParameterizedTest
    @EnumSource(PerfTool.class)
    void shouldMeasureAndAllocateNothing(final PerfTool tool) {
        final CommandRun run = run(tool, "-n", "30000", "--warm-up", "30000", "--allocations");
        final List<String> rows = rows(run);
        assertEquals(3, rows.size(), run::toString);
        final String[] cells = rows.getFirst().strip().split("\\s+");
        assertEquals(tool.isLatency() ? 9 : 5, cells.length, run::toString);
        assertEquals("" + tool.defaultSize(), cells[0]);
        assertEquals("30000", cells[1]);
        assertTrue(Double.parseDouble(cells[tool.isLatency() ? 4 : 3]) > 0, run::toString);
        final Matcher allocated = ALLOCATED.matcher(rows.get(1));
        assertTrue(allocated.find(), run::toString);
        assertTrue(Double.parseDouble(allocated.group(1)) < NOTHING, run::toString);
        assertTrue(rows.getLast().matches(" Compiled        : \\d+ ms beside it"), run::toString);
    }

    @ParameterizedTest
    @EnumSource(PerfTool.class)
    void shouldMeetThroughTheConnectionManager(final PerfTool tool) {
        for (final String way : new String[] {"-R", "-z"}) {
            final CommandRun run = run(tool, "-n", "50", "--warm-up", "0", way);
            assertEquals(1, rows(run).size(), run::toString);
            assertTrue(run.out().contains(" Data ex. method : rdma_cm"), run::toString);
            assertTrue(run.out().contains(" rdma_cm QPs\t : " + (way.equals("-R") ? "ON" : "OFF")), run::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({"SEND_LAT,-c UD", "SEND_LAT,-c UC", "SEND_LAT,-e", "SEND_LAT,--use-srq", "SEND_LAT,-I 64 -s 64", "WRITE_LAT,-c UC",
        "WRITE_LAT,-I 64 -s 64", "WRITE_LAT,--latency_gap 50", "READ_LAT,-e", "READ_LAT,-o 4", "ATOMIC_LAT,-A CMP_AND_SWAP",
        "ATOMIC_LAT,-e", "WRITE_BW,-b", "WRITE_BW,-q 3 -b",
        "WRITE_BW,-l 10", "WRITE_BW,-l 10 -Q 5 -s 100", "WRITE_BW,-N", "WRITE_BW,--mr_per_qp -q 2",
        "WRITE_BW,--perform_warm_up", "WRITE_BW,--reversed", "WRITE_BW,-b --report-both", "WRITE_BW,-c UC",
        "WRITE_BW,--disable_pcie_relaxed", "WRITE_BW,-Q 7 -s 8", "WRITE_BW,-t 3 -s 8", "WRITE_BW,-m 512 --ipv6", "READ_BW,-e -s 100",
        "READ_BW,-q 2 -b", "ATOMIC_BW,-b -q 2", "ATOMIC_BW,-A CMP_AND_SWAP -l 5", "SEND_BW,-b", "SEND_BW,-b -q 2 --use-srq", "SEND_BW,-e",
        "SEND_BW,-e -b", "SEND_BW,-r 7", "SEND_BW,-q 4 --use-srq -r 64", "SEND_BW,--recv_post_list 10", "SEND_BW,-c UD -s 512",
        "SEND_BW,--reversed -s 8", "SEND_BW,--report_gbits", "SEND_BW,-R -q 3", "WRITE_BW,-R -q 3 -b", "WRITE_BW,--dont_xchg_versions"})
    void shouldServeTheOptions(final PerfTool tool, final String options) {
        final List<String> all = new ArrayList<>(List.of("-n", "200", "--warm-up", "0"));
        all.addAll(Arrays.asList(options.split(" ")));
        final CommandRun run = run(tool, all.toArray(String[]::new));
        assertEquals(1, rows(run).size(), run::toString);
    }

    @ParameterizedTest
    @CsvSource({"SEND_LAT,23", "WRITE_LAT,23", "READ_BW,23", "SEND_BW,23", "WRITE_BW,23"})
    void shouldMeasureAllSizes(final PerfTool tool, final int count) {
        final List<String> rows = rows(run(tool, "-a", "-n", "6", "--warm-up", "0"));
        assertEquals(count, rows.size(), rows::toString);
        for (int i = 0; i < count; i++) {
            assertTrue(rows.get(i).strip().startsWith((2L << i) + " "), rows.get(i));
        }
    }

    @Test
    void shouldMeasureDatagramsUpToAPacket() {
        assertEquals(10, rows(run(PerfTool.SEND_BW, "-a", "-c", "UD", "-n", "20", "--warm-up", "0")).size());
    }

    @ParameterizedTest
    @EnumSource(PerfTool.class)
    void shouldMeasureForATime(final PerfTool tool) {
        final CommandRun run = run(tool, "-D", "1", "-f", "0", "--warm-up", "0", "--cpu_util");
        final String[] cells = rows(run).getFirst().strip().split("\\s+");
        assertEquals(tool.isLatency() ? 5 : 6, cells.length, run::toString);
        assertTrue(Long.parseLong(cells[1]) > 0, run::toString);
    }

    @Test
    void shouldPrintANumberOnly() {
        final CommandRun run = run(PerfTool.SEND_LAT, "--output", "latency", "-n", "100", "--warm-up", "0");
        assertTrue(run.out().strip().matches("[0-9]+\\.[0-9]{6}"), run::toString);
    }

    @Test
    void shouldFailBelowALimit() {
        final CommandRun run = CommandRun.of("perf", "write_bw", "--provider", "soft", "-n", "100", "--warm-up", "0", "-w", "1e12");
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.err().contains("is below the limit") && run.isOneSentence(), run::toString);
    }

    @Test
    void shouldLetTheDeviceRefusePagingOnDemand() {
        final CommandRun run = CommandRun.of("perf", "write_bw", "--provider", "soft", "-n", "100", "--warm-up", "0", "--odp");
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.err().contains("no paging on demand") && run.isOneSentence(), run::toString);
    }

    @Test
    void shouldSendNoFasterThanItMay() {
        final CommandRun run = run(PerfTool.WRITE_BW, "-s", "1024", "-n", "400", "--rate_limit", "1000", "--rate_units", "p",
            "--burst_size", "4", "--warm-up", "0");
        final double rate = Double.parseDouble(rows(run).getFirst().strip().split("\\s+")[4]);
        assertTrue(rate < 0.00102 && rate > 0.0001, run::toString);
    }

    @Test
    void shouldWriteJson() throws Exception {
        final Path file = directory.resolve("result.json");
        run(PerfTool.WRITE_LAT, "-n", "100", "--warm-up", "0", "--out_json_file", file.toString());
        final JsonNode all = new ObjectMapper().readTree(file.toFile());
        assertEquals("RDMA_Write_Latency_Test", all.at("/test_info/test").asText());
        assertEquals("soft0", all.at("/test_info/Device").asText());
        assertEquals(2, all.at("/results/MsgSize").asInt());
        assertEquals(100, all.at("/results/n_iterations").asInt());
        for (final String key : new String[] {"t_min", "t_max", "t_typical", "t_avg", "t_stdev", "percentile_99", "percentile_99.9"}) {
            assertTrue(all.at("/results/" + key).isNumber(), key);
        }
        run(PerfTool.WRITE_BW, "-n", "100", "-a", "--warm-up", "0", "--out_json_file", file.toString());
        final JsonNode sizes = new ObjectMapper().readTree(file.toFile());
        assertEquals(23, sizes.at("/results").size());
        assertTrue(sizes.at("/results/22/BW_average").isNumber() && sizes.at("/results/0/MsgRate").isNumber());
        assertEquals(100, sizes.at("/test_info/TX_depth").asInt());
    }

    @ParameterizedTest
    @CsvSource({"2", "1000", "65536"})
    void shouldWriteEveryByte(final long size) throws Exception {
        final PerfPair pair = PerfPair.run(PerfTool.WRITE_BW, PerfFlag.ITERATIONS, 200, PerfFlag.SIZE, size, PerfFlag.QUEUE_PAIRS, 2);
        final int slots = Exchange.Cycle.USUAL.slots(size);
        for (int queuePair = 0; queuePair < 2; queuePair++) {
            for (int slot = 0; slot < slots; slot++) {
                assertArrayEquals(pair.client.sent(queuePair, size, slot), pair.server.target(queuePair, size, slot));
                assertFalse(size > 2 && Arrays.equals(pair.server.sent(queuePair, size, slot), pair.client.target(queuePair, size, slot)));
            }
        }
    }

    /** So many queue pairs that each has one list, which is patched from line to line, and not one for each line. */
    @ParameterizedTest
    @CsvSource({"WRITE_BW", "SEND_BW", "ATOMIC_BW"})
    void shouldUseEachLineWithManyQueuePairs(final PerfTool tool) throws Exception {
        final PerfPair pair = PerfPair.run(tool, PerfFlag.ITERATIONS, 64, PerfFlag.QUEUE_PAIRS, 65, PerfFlag.SIZE, 8, PerfFlag.TX_DEPTH, 16,
            PerfFlag.CQ_MODERATION, 8);
        assertEquals(64, Exchange.Cycle.USUAL.slots(8));
        for (int slot = 0; slot < 64; slot++) {
            if (tool == PerfTool.ATOMIC_BW) {
                assertEquals(pair.client.sentNumber(slot) + 1, pair.server.targetNumber(slot));
            } else {
                assertArrayEquals(pair.client.sent(64, 8, slot), pair.server.target(64, 8, slot));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1000", "65536"})
    void shouldWriteEveryByteBothWays(final long size) throws Exception {
        final PerfPair pair = PerfPair.run(PerfTool.WRITE_BW, PerfFlag.ITERATIONS, 200, PerfFlag.SIZE, size, PerfFlag.BIDIRECTIONAL, "");
        for (int slot = 0; slot < Exchange.Cycle.USUAL.slots(size); slot++) {
            assertArrayEquals(pair.client.sent(0, size, slot), pair.server.target(0, size, slot));
            assertArrayEquals(pair.server.sent(0, size, slot), pair.client.target(0, size, slot));
        }
    }

    @ParameterizedTest
    @CsvSource({"READ_BW,1000", "READ_BW,65536", "READ_LAT,4096"})
    void shouldReadEveryByte(final PerfTool tool, final long size) throws Exception {
        final PerfPair pair = PerfPair.run(tool, PerfFlag.ITERATIONS, 200, PerfFlag.SIZE, size);
        for (int slot = 0; slot < (tool.isLatency() ? 1 : Exchange.Cycle.USUAL.slots(size)); slot++) {
            assertArrayEquals(pair.server.target(0, size, slot), pair.client.sent(0, size, slot));
        }
    }

    @ParameterizedTest
    @CsvSource({"SEND_BW,1000,RC", "SEND_BW,65536,RC", "SEND_BW,1000,UC", "SEND_BW,1000,UD", "SEND_LAT,4096,RC", "SEND_LAT,100,UD"})
    void shouldReceiveEveryByte(final PerfTool tool, final long size, final String service) throws Exception {
        final PerfPair pair = PerfPair.run(tool, PerfFlag.ITERATIONS, 200, PerfFlag.SIZE, size, PerfFlag.CONNECTION, service);
        final boolean datagrams = service.equals("UD");
        final int slots = tool.isLatency() || datagrams ? 1 : Exchange.Cycle.USUAL.slots(size); // datagrams have other steps than receives
        for (int slot = 0; slot < slots; slot++) {
            final byte[] received = pair.server.target(0, size, slot);
            if (datagrams && !tool.isLatency()) {
                assertTrue(anySlot(pair.client, size, received), "no message was like this");
            } else {
                assertArrayEquals(pair.client.sent(0, size, slot), received);
            }
        }
        if (tool.isLatency()) {
            assertArrayEquals(pair.server.sent(0, size, 0), pair.client.target(0, size, 0));
        }
    }

    private static boolean anySlot(final PerfPair.Memory sender, final long size, final byte[] received) {
        for (int slot = 0; slot < Exchange.Cycle.USUAL.slots(size); slot++) {
            if (Arrays.equals(sender.sent(0, size, slot), received)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void shouldWriteTheNumberOfEachMessage() throws Exception {
        final PerfPair pair = PerfPair.run(PerfTool.WRITE_LAT, PerfFlag.ITERATIONS, 300, PerfFlag.SIZE, 16);
        assertEquals((byte)300, pair.server.target(0, 16, 0)[15]);
        assertEquals((byte)300, pair.client.target(0, 16, 0)[15]);
    }

    @ParameterizedTest
    @CsvSource({"ATOMIC_BW,64", "ATOMIC_LAT,1"})
    void shouldAddOneWithEachMessage(final PerfTool tool, final int slots) throws Exception {
        final PerfPair pair = PerfPair.run(tool, PerfFlag.ITERATIONS, 200);
        for (int slot = 0; slot < slots; slot++) {
            assertEquals(pair.client.sentNumber(slot) + 1, pair.server.targetNumber(slot), "the last value fetched is one less");
        }
    }

    @Test
    void shouldSwapWhatIsNotZeroNever() throws Exception {
        final PerfPair pair = PerfPair.run(PerfTool.ATOMIC_LAT, PerfFlag.ITERATIONS, 20, PerfFlag.ATOMIC_TYPE, "CMP_AND_SWAP");
        assertEquals(pair.client.sentNumber(0), pair.server.targetNumber(0));
    }

    @Test
    void shouldTellBothEndsTheSameResult() throws Exception {
        final PerfPair pair = PerfPair.run(PerfTool.READ_BW, PerfFlag.ITERATIONS, 50);
        final List<String> client = pair.clientOut.toString().lines().toList();
        final List<String> server = pair.serverOut.toString().lines().toList();
        assertEquals(client.get(client.size() - 2), server.get(server.size() - 2));
    }
}
