package dev.verbs.examples.perf;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CompilersTest {
    @Test
    void shouldTellWhetherCompilersAreIdle() {
        assertTrue(Compilers.isIdle("Current compiles: \n\nC1 compile queue:\nEmpty\n\nC2 compile queue:\nEmpty\n\n"));
        assertFalse(Compilers.isIdle("Current compiles: \nC2 CompilerThread0  866  4  a.B::c (10 bytes)\n\nC1 compile queue:\nEmpty\n"));
        assertFalse(Compilers.isIdle("Current compiles: \n\nC1 compile queue:\n  12  3  a.B::c (10 bytes)\n\nC2 compile queue:\nEmpty\n"));
        assertTrue(Compilers.queue().contains("compile queue:"), Compilers.queue());
    }

    /** Nobody runs anything meanwhile but other tests, of which none compiles for a minute. */
    @Test
    void shouldSettle() {
        final long before = Compilers.spentMs();
        Compilers.settle();
        assertTrue(Compilers.spentMs() >= before && before > 0);
    }
}
