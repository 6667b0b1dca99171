package dev.verbs.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.testkit.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists and completions of closed and strange arenas are refused, whether the program was granted native access or is only warned. */
class ListMemoryTest {
    private static final int LEAST = 60;
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Test
    void shouldRefuseClosedAndStrangeArenas() {
        final ListMemoryChecks checks = ListMemoryChecks.run();
        assertEquals(List.of(), checks.problems());
        assertTrue(checks.checks() >= LEAST, () -> checks.checks() + " checks");
    }

    @Test
    void shouldRefuseThemWhereTheJvmOnlyWarns(@TempDir final Path directory) throws Exception {
        final ChildJvm.Result result = ChildJvm.run(Map.of(), directory, DEADLINE, List.of("--illegal-native-access=warn"),
            ListMemoryChecks.class);
        assertTrue(result.status() == 0 && result.output().contains(" problems=0\n"), result::output);
        assertTrue(result.output().contains("WARNING"), result::output);
    }
}
