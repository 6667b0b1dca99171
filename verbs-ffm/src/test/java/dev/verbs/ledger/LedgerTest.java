package dev.verbs.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The committed ledger: nothing is unexplained, and the page is what the libraries and headers of this machine, the claims of the
 * tests, what the committed runs saw and the reviewed list make of it. That runs still see it, the real phase of
 * {@code ./verbs test} checks ({@link CoverageCommand}).
 */
class LedgerTest {
    /** Lines of capabilities that are being built. */
    private static final int OPEN = 0;

    private static Ledger ledger;
    private static String page;

    @BeforeAll
    static void read() throws IOException, InterruptedException {
        ledger = Ledger.of(CoverageCommand.inputs(), Map.of());
        page = Files.readString(CoverageCommand.page());
        if (!page.contains("(" + ledger.baseline() + ")")) {
            final String of = page.lines().filter(line -> line.contains(Installed.VERBS + " with ")).collect(Collectors.joining());
            Installed.missing("COVERAGE.md is of other libraries than this machine's " + ledger.baseline() + ": " + of);
        }
    }

    @Test
    void shouldExplainEveryFunction() {
        assertEquals("", String.join("\n", ledger.problems()));
    }

    @Test
    void shouldHaveOpenOnlyWhatIsBeingBuilt() {
        assertEquals(OPEN, Reviewed.read(CoverageCommand.inputs().resolve("reviewed.txt")).names().values().stream()
            .filter(reason -> reason.category().equals("open")).count(), "open lines: when one is closed, lower OPEN; never raise it");
    }

    @Test
    void shouldBeUpToDate() {
        assertEquals(page, ledger.render(), "COVERAGE.md is out of date: ./verbs test, then ./verbs coverage");
    }

    @Test
    void shouldCoverTheVerbsThatEveryProgramUses() {
        for (final String verb : new String[] {"ibv_open_device", "ibv_alloc_pd", "ibv_create_cq", "ibv_create_qp", "ibv_post_send",
            "ibv_post_recv", "ibv_poll_cq", "rdma_connect", "rdma_accept"}) {
            assertTrue(ledger.isCovered(verb), verb);
        }
    }
}
