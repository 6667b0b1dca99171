package dev.verbs.testkit.sample;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Food for the runner's own test; its name keeps Surefire from running it. */
public class Sample {
    @Test
    void shouldPass() {
        assertTrue(true);
    }

    @Test
    void shouldFail() {
        fail("broken on purpose");
    }

    @Test
    void shouldBeSkipped() {
        Assumptions.assumeTrue(false, "no such device");
    }

    /** One that passes. */
    public static class Green {
        @Test
        void shouldPass() {
            assertTrue(true);
        }
    }
}
