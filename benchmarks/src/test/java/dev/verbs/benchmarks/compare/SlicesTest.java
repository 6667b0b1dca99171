package dev.verbs.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Turns of two sides whose processes only spin; the kernel says who is stopped. */
class SlicesTest {
    private static final Measurement WHAT = new Measurement(PerfTest.SEND_LAT, 8, 10, 18515, "rxe0", 1);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int ENOUGH = 5;

    private static final Duration TURN = Duration.ofMillis(10);

    private final Slices slices = new Slices(TURN);
    private final CountDownLatch seen = new CountDownLatch(1);
    private Process c;
    private Process java;

    @BeforeEach
    void start() throws IOException {
        c = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
        java = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
    }

    @AfterEach
    void end() throws InterruptedException {
        for (final Process process : new Process[] {c, java}) {
            process.destroyForcibly();
            assertTrue(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
        }
    }

    @Test
    void shouldLetOneSideRunAtATime() throws Exception {
        final AtomicReference<Map<Side, String>> outputs = new AtomicReference<>();
        final Thread measuring = Thread.ofPlatform().start(() -> {
            try {
                outputs.set(slices.measure(Map.of(Side.C, pair(c), Side.JAVA, pair(java)), Map.of(Side.C, WHAT, Side.JAVA, WHAT)));
            } catch (final MeasurementException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        int changes = 0;
        boolean last = false;
        boolean begun = false;
        final long start = System.nanoTime();
        for (long now = start; changes < ENOUGH && now - start < LIMIT.toNanos(); now = System.nanoTime()) {
            final boolean before = Stopped.is(c);
            final boolean other = Stopped.is(java);
            if (before == Stopped.is(c) && System.nanoTime() - now < TURN.toNanos() / 2) { // else a turn has passed in between
                begun |= before || other;
                assertTrue(!begun || before || other, "both run at once after " + changes + " changes");
                changes += before == last ? 0 : 1;
                last = before;
            }
        }
        seen.countDown();
        measuring.join(LIMIT);
        assertEquals(ENOUGH, changes);
        assertEquals(Map.of(Side.C, "done " + c.pid(), Side.JAVA, "done " + java.pid()), outputs.get());
        assertTrue(!Stopped.is(c) && !Stopped.is(java), "nobody stays stopped");
    }

    @Test
    void shouldFailWhenOneSideDoesAndLeaveNobodyStopped() throws Exception {
        seen.countDown();
        final MeasurementException e = assertThrows(MeasurementException.class, () -> slices.measure(Map.of(Side.C, pair(c), Side.JAVA,
            new Spinning(java) {
                @Override
                public String measure(final Measurement measurement) throws MeasurementException {
                    throw new MeasurementException("no luck");
                }
            }), Map.of(Side.C, WHAT, Side.JAVA, WHAT)));
        assertEquals("no luck", e.getMessage());
        assertTrue(!Stopped.is(c) && !Stopped.is(java));
    }

    private Spinning pair(final Process process) {
        return new Spinning(process);
    }

    /** Is done when the test has seen enough. */
    private class Spinning implements PerfPair {
        private final Process process;

        Spinning(final Process process) {
            this.process = process;
        }

        @Override
        public List<Long> processes() {
            return List.of(process.pid());
        }

        @Override
        public String measure(final Measurement measurement) throws MeasurementException, InterruptedException {
            if (!seen.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new MeasurementException("the test has not seen enough turns");
            }
            return "done " + process.pid();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
