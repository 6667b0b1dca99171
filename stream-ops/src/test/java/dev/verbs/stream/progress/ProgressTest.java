package dev.verbs.stream.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.stream.StreamException;
import dev.verbs.stream.WindowAssigner;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void shouldReachOnlyWhatTheSlowestHasReached() {
        final WatermarkVector vector = new WatermarkVector(3);
        assertEquals(WindowAssigner.BEGINNING_OF_TIME, vector.min());
        vector.advance(0, 30);
        vector.advance(1, 10);
        assertEquals(WindowAssigner.BEGINNING_OF_TIME, vector.min());
        vector.advance(2, 20);
        assertEquals(10, vector.min());
        vector.advance(1, 25);
        assertEquals(20, vector.min());
        vector.advance(2, 20);
        assertFalse(vector.isEnd());
        for (int i = 0; i < 3; i++) {
            vector.advance(i, WindowAssigner.END_OF_TIME);
        }
        assertTrue(vector.isEnd());
    }

    @Test
    void shouldRefuseAWatermarkThatGoesBack() {
        final WatermarkVector vector = new WatermarkVector(2);
        vector.advance(1, 7);
        assertTrue(assertThrows(StreamException.class, () -> vector.advance(1, 6)).getMessage().contains("from 7 to 6"));
    }

    @Test
    void shouldRefuseGapsRepeatsAndWrongCounts() {
        final EpochSequence gap = new EpochSequence(4);
        gap.next(0, 0);
        assertThrows(StreamException.class, () -> gap.next(0, 2));
        final EpochSequence repeat = new EpochSequence(4);
        repeat.next(0, 0);
        assertThrows(StreamException.class, () -> repeat.next(0, 0));
        final EpochSequence skipped = new EpochSequence(4);
        skipped.next(0, 0);
        skipped.merged(3);
        skipped.endEpoch(3, false);
        assertEquals(1, skipped.epochs());
        assertThrows(StreamException.class, () -> skipped.next(2, 0));
        final EpochSequence lost = new EpochSequence(4);
        lost.next(0, 0);
        lost.merged(3);
        assertTrue(assertThrows(StreamException.class, () -> lost.endEpoch(4, false)).getMessage().contains("has 4 pairs, but 3"));
        final EpochSequence over = new EpochSequence(4);
        over.next(0, 0);
        over.endEpoch(0, true);
        assertTrue(over.isEnded());
        assertThrows(StreamException.class, () -> over.next(1, 0));
    }
}
