package dev.verbs.examples.ysb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.PortOptions;
import dev.verbs.Verbs;
import dev.verbs.spi.VerbsProvider;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class YsbDemoTest {
    private static final YsbConfig SMALL = YsbConfig.DEFAULT.withScale(120_001, 4).withPasses(2);

    private VerbsProvider provider;

    @BeforeEach
    void open() {
        provider = Verbs.select(System.getProperty("dev.verbs.test.provider", "soft")).provider();
    }

    @AfterEach
    void shouldLeakNothing() {
        try {
            assertEquals(List.of(), provider.live());
            assertEquals(0, provider.registeredBytes());
        } finally {
            provider.close();
        }
    }

    private YsbResult run(final YsbConfig config, final List<String> lines) {
        return YsbDemo.run(provider, PortOptions.AUTOMATIC, config, lines::add);
    }

    @Test
    void shouldVerifyEveryCountOfEveryPass() {
        for (int nodes = 1; nodes <= 4; nodes++) {
            final List<String> lines = new ArrayList<>();
            final YsbResult result = run(SMALL.withScale(120_001, nodes).withSeed(nodes), lines);
            assertTrue(result.verified(), result.description());
            assertEquals(120_001, result.records());
            assertEquals(78, result.recordBytes());
            assertEquals(10, result.windows());
            assertTrue(result.epochs() >= 8L * nodes, result.epochs() + " epochs on " + nodes + " nodes");
            assertTrue(Math.abs(result.views() - 40_000) < 1_000, result.views() + " views, a third was expected");
            assertEquals(nodes > 1, result.bytesSent() > 0);
            assertEquals(2, result.passSeconds().size());
            assertTrue(result.millionRecordsPerSecond() > 0 && result.fusedMillionPerSecond() > 0);
            assertEquals(8, lines.size(), lines.toString());
        }
    }

    @Test
    void shouldNotVerifyAFlippedByte() {
        final YsbResult result = run(SMALL.withScale(30_000, 2).corrupted(), new ArrayList<>());
        assertFalse(result.verified());
        assertTrue(result.description().startsWith("WRONG: pass 2: campaign"), result.description());
    }

    @Test
    void shouldGenerateTheSameBytesAgain() {
        try (YsbSlices first = new YsbSlices(SMALL); YsbSlices second = new YsbSlices(SMALL);
             YsbSlices other = new YsbSlices(SMALL.withSeed(43))) {
            for (int node = 0; node < 4; node++) {
                assertEquals(-1, MemorySegment.mismatch(first.slice(node), 0, first.slice(node).byteSize(),
                    second.slice(node), 0, second.slice(node).byteSize()));
            }
            assertTrue(first.slice(0).mismatch(other.slice(0)) >= 0);
        }
    }

    @Test
    void shouldNoticeWhatIsWrongMissingOrDoubled() {
        try (YsbSlices slices = new YsbSlices(SMALL.withScale(1_000, 2))) {
            final YsbCheck check = new YsbCheck(slices, 10_000);
            assertTrue(check.views() > 250 && check.windows() == 10, check.views() + " views");
            final YsbAnswers none = new YsbAnswers();
            assertNotNull(check.verify(List.of(none)), "everything is missing");
            final YsbAnswers right = right(slices, 10_000);
            assertNull(check.verify(List.of(right, none)));
            assertTrue(check.verify(List.of(right, right)).contains("twice"));
            right.corrupt(0);
            assertNotNull(check.verify(List.of(right)));
            right.corrupt(0);
            right.onResult(-10_000, 1, 1);
            assertNotNull(check.verify(List.of(right)), "a result too much");
        }
    }

    /** The right answer by a third path: the fused loop's table. */
    private static YsbAnswers right(final YsbSlices slices, final long windowMs) {
        final YsbAnswers answers = new YsbAnswers();
        final MemorySegment table = MemorySegment.ofArray(new long[3 << 14]);
        for (int node = 0; node < slices.count(); node++) {
            FusedLoop.run(slices.slice(node), table, 14, windowMs);
        }
        final long[] cells = table.toArray(ValueLayout.JAVA_LONG);
        for (int i = 0; i < cells.length; i += 3) {
            if (cells[i] != 0) {
                answers.onResult((cells[i] - 1) * windowMs, cells[i + 1], cells[i + 2]);
            }
        }
        return answers;
    }

    @Test
    void shouldRefuseFewerRecordsThanNodes() {
        assertThrows(IllegalArgumentException.class, () -> YsbConfig.DEFAULT.withScale(3, 4));
    }
}
