package dev.verbs.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.testkit.Waiting;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** Calls without a fence against closers: nobody is in a call on what was destroyed. */
class GateTest {
    private static final int ROUNDS = 3_000;
    private static final int MEETINGS = 20_000;
    private static final int LOOKS = 500;
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** A native object that would crash: each call looks whether it is alive, several times. */
    private static final class Fragile {
        private final Gate gate = new Gate("call");
        private int alive = 1;

        /** Calls until the gate is shut; true if it was ever called on something destroyed. */
        boolean hammer(final AbstractResource owner, final CountDownLatch started) {
            boolean dead = false;
            boolean first = true;
            while (gate.enter(owner)) {
                for (int i = 0; i < 3; i++) {
                    dead |= alive == 0;
                }
                gate.leave();
                if (first) {
                    first = false;
                    started.countDown();
                }
            }
            return dead;
        }

        /** Takes it away for a moment. */
        void replace() {
            gate.pause();
            GlobalFence.execute();
            gate.awaitEmpty();
            alive = 0;
            GlobalFence.execute(); // keeps both stores
            alive = 1;
            gate.open();
        }

        void destroy() {
            gate.shut();
            GlobalFence.execute();
            gate.awaitEmpty();
            alive = 0;
        }
    }

    @Test
    void shouldNeverDestroyUnderACall() throws Exception {
        final ResourceRoot owner = new ResourceRoot("test");
        for (int i = 0; i < ROUNDS; i++) {
            final Fragile fragile = new Fragile();
            final CountDownLatch started = new CountDownLatch(1);
            final Waiting.Pending<Boolean> caller = Waiting.start("caller", () -> fragile.hammer(owner, started));
            assertTrue(started.await(DEADLINE.toMillis(), TimeUnit.MILLISECONDS));
            fragile.destroy();
            assertFalse(caller.get(DEADLINE), "round " + i + ": a call on what was destroyed");
        }
    }

    @Test
    void shouldLetCallersWaitWhileItIsPaused() throws Exception {
        final ResourceRoot owner = new ResourceRoot("test");
        final Fragile fragile = new Fragile();
        final CountDownLatch started = new CountDownLatch(1);
        final Waiting.Pending<Boolean> caller = Waiting.start("caller", () -> fragile.hammer(owner, started));
        assertTrue(started.await(DEADLINE.toMillis(), TimeUnit.MILLISECONDS));
        for (int i = 0; i < ROUNDS; i++) {
            fragile.replace();
        }
        assertFalse(caller.task().isDone(), "a pause is no end");
        fragile.destroy();
        assertFalse(caller.get(DEADLINE), "a call on what was taken away");
    }

    @Test
    void shouldTurnAwayWhoWaitsAtAPausedGateThatIsShut() {
        final ResourceRoot owner = new ResourceRoot("test");
        final Gate gate = new Gate("call");
        gate.pause();
        final Waiting.Pending<Boolean> caller = Waiting.start("caller", () -> gate.enter(owner));
        gate.shut();
        assertFalse(caller.get(DEADLINE));
        gate.awaitEmpty();
    }

    /**
     * The case that the fence is for: both hold the gate in their caches, one enters in the moment in which the other shuts it.
     * Without {@link GlobalFence} the caller's store is still on its way when the closer looks, and this fails.
     */
    @Test
    void shouldNeverMissACallerThatEntersWhileItIsShut() {
        final ResourceRoot owner = new ResourceRoot("test");
        final Gate[] gates = new Gate[MEETINGS];
        Arrays.setAll(gates, i -> new Gate("call"));
        final AtomicIntegerArray destroyed = new AtomicIntegerArray(MEETINGS);
        final AtomicInteger caller = new AtomicInteger(-1);
        final AtomicInteger closer = new AtomicInteger(-1);
        final Waiting.Pending<Integer> missed = Waiting.start("caller", () -> {
            int dead = 0;
            for (int i = 0; i < MEETINGS; i++) {
                gates[i].awaitEmpty(); // takes it into this cache
                meet(caller, closer, i, i / 8 % 8);
                if (gates[i].enter(owner)) {
                    int seen = 0;
                    for (int look = 0; look < LOOKS; look++) {
                        seen |= destroyed.getOpaque(i);
                    }
                    dead += seen;
                    gates[i].leave();
                }
            }
            return dead;
        });
        for (int i = 0; i < MEETINGS; i++) {
            gates[i].awaitEmpty();
            meet(closer, caller, i, i % 8);
            gates[i].shut();
            GlobalFence.execute();
            gates[i].awaitEmpty();
            destroyed.set(i, 1);
        }
        assertEquals(0, missed.get(DEADLINE), "calls on what was destroyed");
    }

    /** Waits for the other one, then so many turns longer. */
    private static void meet(final AtomicInteger mine, final AtomicInteger other, final int round, final int turns) {
        mine.set(round);
        while (other.get() < round) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < turns; i++) {
            mine.getOpaque();
        }
    }

    @Test
    void shouldLetCallsInAgainWhenTheDeviceRefused() {
        final Gate gate = new Gate("call");
        gate.shut();
        assertFalse(gate.enter(null));
        gate.open();
        assertTrue(gate.enter(null));
        gate.leave();
        gate.awaitEmpty();
    }

    @Test
    void shouldWaitForTheCallUnderWay() {
        final Gate gate = new Gate("call");
        assertTrue(gate.enter(null));
        final Waiting.Pending<Boolean> closer = Waiting.start("closer", () -> {
            gate.shut();
            GlobalFence.execute();
            gate.awaitEmpty();
            return true;
        });
        Waiting.until(Duration.ofMillis(20), () -> !closer.thread().isAlive());
        assertTrue(closer.thread().isAlive(), "it did not wait");
        gate.leave();
        assertTrue(closer.get(DEADLINE));
    }

    @Test
    void shouldCountThoseInASharedGate() {
        final SharedGate gate = new SharedGate();
        assertTrue(gate.enter());
        assertTrue(gate.enter());
        assertFalse(gate.tryShut());
        gate.leave();
        assertFalse(gate.tryShut());
        gate.leave();
        assertTrue(gate.tryShut());
        assertFalse(gate.enter());
        gate.open();
        assertTrue(gate.enter());
        gate.leave();
        gate.shut();
        assertFalse(gate.enter());
    }

    @Test
    void shouldNeverDestroyUnderSharedCalls() {
        for (int i = 0; i < ROUNDS / 3; i++) {
            final SharedGate gate = new SharedGate();
            final AtomicInteger alive = new AtomicInteger(1);
            final Waiting.Pending<Integer> first = Waiting.start("first", () -> call(gate, alive));
            final Waiting.Pending<Integer> second = Waiting.start("second", () -> call(gate, alive));
            gate.shut();
            alive.setPlain(0);
            assertEquals(0, first.get(DEADLINE) + second.get(DEADLINE), "round " + i);
        }
    }

    private static int call(final SharedGate gate, final AtomicInteger alive) {
        int dead = 0;
        while (gate.enter()) {
            dead += 1 - alive.getPlain();
            gate.leave();
        }
        return dead;
    }
}
