package dev.verbs.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Context;
import dev.verbs.Verbs;
import dev.verbs.spi.VerbsProvider;
import dev.verbs.testkit.TestProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random sequences of valid and invalid calls against a state-machine oracle: nothing crashes, hangs or leaks, every error is
 * one of the API's, every accepted signalled request completes exactly once and in order.
 *
 * <p>{@code -Ddev.verbs.fuzz.sequences=N -Ddev.verbs.fuzz.seed=N}; the seed of each sequence is written to
 * {@code target/fuzz-last-seed} before it begins, so that it is known after a crash of the JVM or of a kernel.
 */
class FuzzTest {
    private static final int LEAST_CALLS = 20;
    private static final int MOST_CALLS = 60;
    private static final Path LAST = Path.of("target", "fuzz-last-seed");

    private static long sequences() {
        return Long.getLong("dev.verbs.fuzz.sequences", TestProvider.isSoft() ? 3000 : 1000);
    }

    @Test
    @Timeout(3600)
    void shouldSurviveRandomCalls() throws IOException {
        final long seed = Long.getLong("dev.verbs.fuzz.seed", System.nanoTime());
        final long sequences = sequences();
        final SplittableRandom seeds = new SplittableRandom(seed);
        System.out.println("fuzz: provider=" + TestProvider.name() + " seed=" + seed + " sequences=" + sequences);
        Files.createDirectories(LAST.getParent());
        try (VerbsProvider provider = TestProvider.open()) {
            final Fuzzer fuzzer = new Fuzzer(() -> open(provider), LEAST_CALLS, MOST_CALLS);
            for (long i = 0; i < sequences; i++) {
                final long one = sequences == 1 ? seed : seeds.nextLong();
                Files.writeString(LAST, Long.toString(one));
                fuzzer.run(one);
                final List<String> live = provider.live();
                assertTrue(live.isEmpty(), () -> "seed " + one + " left open: " + live);
            }
            System.out.println("fuzz: sequences=" + sequences + " calls=" + fuzzer.calls() + " refused=" + fuzzer.refused()
                + " succeeded=" + fuzzer.successes() + " batches=" + fuzzer.batches() + " binds=" + fuzzer.binds());
            assertTrue(fuzzer.calls() >= sequences * LEAST_CALLS, "calls: " + fuzzer.calls());
        }
    }

    private static Context open(final VerbsProvider provider) {
        return Verbs.open(provider, TestProvider.deviceName());
    }
}
