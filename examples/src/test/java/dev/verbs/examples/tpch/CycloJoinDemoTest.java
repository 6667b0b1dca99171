package dev.verbs.examples.tpch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.PortOptions;
import dev.verbs.Verbs;
import dev.verbs.spi.VerbsProvider;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CycloJoinDemoTest {
    private static final TpchDemoConfig SMALL = TpchDemoConfig.DEFAULT.withScale(0.01, 3).withPasses(2).withElements(3, 8192);

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

    private TpchDemoResult run(final TpchDemoConfig config, final Consumer<List<TpchOutput>> tamper) {
        return CycloJoinDemo.run(provider, PortOptions.AUTOMATIC, config, any -> { }, tamper);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void shouldVerifyOnAnyNumberOfHosts(final int nodes) {
        final List<String> lines = new ArrayList<>();
        final TpchDemoResult result = CycloJoinDemo.run(provider, PortOptions.AUTOMATIC, SMALL.withScale(0.01, nodes), lines::add);
        assertTrue(result.verified(), result.description());
        assertEquals(15_000, result.orders());
        assertEquals(60_175, result.lineItems()); // dbgen's own count at scale 0.01
        assertEquals(result.lineItems(), result.matches());
        assertEquals(2, result.passSeconds().size());
        assertEquals(3 + 5 + 2, lines.size(), lines.toString()); // set-up, warm-ups, passes
        // Each link but the one into the owner carries each order once: |R| (n - 1) / n per link, n links.
        final long payload = 15_000L * 16 * (nodes - 1);
        assertTrue(result.bytesMoved() >= payload && result.bytesMoved() <= payload * 1.03, result.bytesMoved() + " bytes for " + payload);
    }

    @Test
    void shouldVerifyARowByRowComparison() {
        final TpchDemoResult result = CycloJoinDemo.run(provider, PortOptions.AUTOMATIC, SMALL.materialised(), any -> { });
        assertTrue(result.verified(), result.description());
        final TpchDemoResult wrong = run(SMALL.materialised(), hosts -> flip(hosts.get(1).table().memory(), 100 * 24 + 17));
        assertFalse(wrong.verified());
        assertTrue(wrong.description().contains("is not in the result"), wrong.description());
    }

    @Test
    void shouldNotVerifyACorruptedResult() {
        final TpchDemoResult result = CycloJoinDemo.run(provider, PortOptions.AUTOMATIC, SMALL.corrupted(), any -> { });
        assertFalse(result.verified());
        assertTrue(result.description().startsWith("WRONG: pass 2: checksum"), result.description());
    }

    /** Every field, and the count of one order among 15,000. */
    @ParameterizedTest
    @ValueSource(longs = {TpchOutput.MATCHES, TpchOutput.TOTAL_PRICE + 7, TpchOutput.EXTENDED_PRICE + 1, TpchOutput.CHECKSUM,
        TpchOutput.PER_ORDER + 4 * 7_777})
    void shouldNotVerifyAFlippedByte(final long at) {
        final TpchDemoResult result = run(SMALL.withScale(0.01, 2), hosts -> flip(hosts.get(0).memory(), at));
        assertFalse(result.verified(), "byte " + at);
        assertTrue(result.description().startsWith("WRONG: pass 2: "), result.description());
    }

    private static void flip(final MemorySegment memory, final long at) {
        memory.set(ValueLayout.JAVA_BYTE, at, (byte)(memory.get(ValueLayout.JAVA_BYTE, at) ^ 1));
    }

    @Test
    void shouldDealOutRowsRegardlessOfTheirKeys() {
        try (TpchTables tables = new TpchTables(0.001, 3)) {
            assertEquals(1_500, tables.orderCount());
            assertEquals(500, tables.mostOrders());
            assertTrue(tables.mostLineItems() - tables.lineItemCount() / 3 <= 1);
        }
        assertThrows(IllegalArgumentException.class, () -> TpchDemoConfig.DEFAULT.withScale(0, 1));
        assertThrows(IllegalArgumentException.class, () -> TpchDemoConfig.DEFAULT.withScale(1, 0));
        assertThrows(IllegalArgumentException.class, () -> TpchDemoConfig.DEFAULT.withPasses(0));
    }
}
