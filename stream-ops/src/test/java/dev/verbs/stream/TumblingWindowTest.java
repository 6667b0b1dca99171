package dev.verbs.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TumblingWindowTest {
    @Test
    void shouldPutTheBoundaryIntoTheLaterWindow() {
        final TumblingWindow window = new TumblingWindow(10_000);
        assertEquals(0, window.windowOf(0));
        assertEquals(0, window.windowOf(9_999));
        assertEquals(1, window.windowOf(10_000));
        assertEquals(-1, window.windowOf(-1));
        assertEquals(-1, window.windowOf(-10_000));
        assertEquals(-2, window.windowOf(-10_001));
        assertEquals(-10_000, window.startOf(-1));
    }

    @Test
    void shouldCompleteAWindowAtItsEndAndNotBefore() {
        final TumblingWindow window = new TumblingWindow(10);
        assertEquals(0, window.firstOpen(9));
        assertEquals(1, window.firstOpen(10));
        assertEquals(-1, window.firstOpen(-1));
        assertEquals(0, window.firstOpen(0));
        assertTrue(window.firstOpen(WindowAssigner.BEGINNING_OF_TIME) < window.windowOf(Long.MIN_VALUE + 20));
        assertEquals(Long.MAX_VALUE, window.firstOpen(WindowAssigner.END_OF_TIME));
    }

    @Test
    void shouldAgreeWithExactArithmeticAtAllTimes() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        int inside = 0;
        int clamped = 0;
        for (int i = 0; i < 100_000; i++) {
            final long size = 1 + (random.nextLong() >>> 1 + random.nextInt(62)) / 2;
            final TumblingWindow window = new TumblingWindow(size);
            final long time = random.nextInt(8) == 0 ? Long.MIN_VALUE + (random.nextLong() >>> 1 + random.nextInt(62))
                : random.nextLong() >> random.nextInt(64);
            final long id = window.windowOf(time);
            final BigInteger start = BigInteger.valueOf(id).multiply(BigInteger.valueOf(size));
            final BigInteger exact = BigInteger.valueOf(time);
            assertTrue(start.compareTo(exact) <= 0 && start.add(BigInteger.valueOf(size)).compareTo(exact) > 0,
                "seed " + seed + ": " + time + " in window " + id + " of " + size);
            final boolean whole = start.compareTo(BigInteger.valueOf(Long.MIN_VALUE)) > 0;
            assertEquals(start.max(BigInteger.valueOf(Long.MIN_VALUE)).longValueExact(), window.startOf(id), "seed " + seed);
            assertEquals(whole, window.contains(window.startOf(id), time), "seed " + seed);
            final long other = random.nextBoolean() ? time + (random.nextLong() >> random.nextInt(64)) : random.nextLong();
            final boolean same = window.windowOf(other) == id;
            inside += same ? 1 : 0;
            assertEquals(same && whole, window.contains(window.startOf(id), other), "seed " + seed + ": " + other + " and " + time);
            clamped += whole ? 0 : 1;
        }
        assertTrue(clamped > 100, clamped + " windows began before the range of long, seed " + seed);
        assertTrue(inside > 1_000 && inside < 99_000, inside + " pairs shared a window, seed " + seed);
    }

    @Test
    void shouldRefuseASizeOfZero() {
        assertThrows(IllegalArgumentException.class, () -> new TumblingWindow(0));
        assertFalse(new TumblingWindow(1).contains(0, 1));
    }
}
