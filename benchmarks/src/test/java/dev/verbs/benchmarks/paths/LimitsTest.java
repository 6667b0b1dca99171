package dev.verbs.benchmarks.paths;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final long ENOUGH = 1_000_000;

    private static Figure figure(final String batch, final double c, final double bare, final double java, final double bytes) {
        return new Figure("roundTrip", Map.of("batch", batch), "c", List.of(c, c, 2 * c), List.of(bare, bare, 2 * bare),
            List.of(java, java, 2 * java), List.of(0.0, 0.0, bytes), List.of(0.1, 0.1, 0.9), ENOUGH);
    }

    private static List<Boolean> verdicts(final Figure... figures) {
        return Limits.judge(List.of(figures)).stream().map(Limits.Verdict::holds).toList();
    }

    @Test
    void shouldTakeWhatIsAtTheLimits() {
        assertEquals(List.of(true, true, true, true), verdicts(figure("1", 5, 17.4, 20, 0)));
        assertEquals(List.of(true, true, true), verdicts(figure("16", 4, 5, 6, 0)));
    }

    @Test
    void shouldFindEachFigureThatFallsShort() {
        assertEquals(List.of(false, true, true, true), verdicts(figure("1", 4.9, 20, 20, 0)));
        assertEquals(List.of(true, false, true, true), verdicts(figure("1", 10, 17, 20, 0)));
        assertEquals(List.of(false, true, true), verdicts(figure("16", 4, 5, 6.01, 0)));
    }

    @Test
    void shouldFindASingleRoundThatAllocates() {
        assertEquals(List.of(true, true, false, true), verdicts(figure("1", 5, 20, 20, 0.001)));
    }

    @Test
    void shouldJudgeTheMedianOfTheRounds() {
        final Limits.Verdict above = Limits.judge(List.of(figure("1", 5, 20, 19, 0))).getFirst();
        assertEquals(14, above.spread().median());
        assertEquals(28, above.spread().most());
        assertTrue(above.holds());
        assertTrue(above.line().startsWith("ok"));
        assertFalse(above.line().contains("SHORT"));
    }

    @Test
    void shouldNotJudgeTooFewRequests() {
        final Figure few = new Figure("roundTrip", Map.of("batch", "1"), "c", List.of(1.0), List.of(1.0), List.of(1.0), List.of(0.0),
            List.of(0.0), ENOUGH - 1);
        assertThrows(IllegalStateException.class, () -> Limits.judge(List.of(few)));
    }
}
