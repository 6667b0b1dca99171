package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AccessFlags;
import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.ForkStatus;
import dev.verbs.ProtectionDomain;
import dev.verbs.ledger.Covers;
import dev.verbs.spi.VerbsProvider;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Registered memory and children of the process. */
class ForkContractTest extends VerbsTest {
    /** Runs in a process of its own: initialisation works only before the first registration. */
    static final class Fresh {
        private Fresh() {
        }

        public static void main(final String[] args) {
            try (VerbsProvider provider = TestProvider.open()) {
                provider.forkInit();
                provider.forkInit(); // again: nothing more to do
                System.out.println("status " + provider.forkStatus());
            }
        }
    }

    @Test
    @Covers("ibv_is_fork_initialized")
    void shouldTellWhetherMemorySurvivesAFork() {
        assertNotEquals(ForkStatus.UNKNOWN, provider().forkStatus());
    }

    @Test
    @Covers("ibv_fork_init")
    void shouldRefuseToInitialiseOnceMemoryWasRegistered() {
        final Context context = openContext();
        final ProtectionDomain domain = own(context.allocateProtectionDomain());
        own(domain.registerMemory(Arena.ofAuto().allocate(4096, 4096), AccessFlags.LOCAL_WRITE));
        if (provider().isEmulated()) {
            provider().forkInit(); // nothing is pinned
            assertEquals(ForkStatus.UNNEEDED, provider().forkStatus());
        } else {
            Refusal.of(Errno.EINVAL, provider()::forkInit, "before the first region");
        }
    }

    @Test
    void shouldInitialiseInAFreshProcess() throws IOException, InterruptedException {
        final String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        final String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        final Process process = new ProcessBuilder(List.of(java, "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
            "-D" + TestProvider.PROVIDER_PROPERTY + "=" + TestProvider.name(), "-cp", path, Fresh.class.getName()))
            .redirectErrorStream(true).start();
        try {
            final long patience = TestProvider.deadline().multipliedBy(4).toSeconds();
            assertTrue(process.waitFor(patience, TimeUnit.SECONDS), "not done in " + patience + " s");
            final String said = new String(process.getInputStream().readAllBytes());
            assertTrue(said.contains("status ENABLED") || said.contains("status UNNEEDED"), said);
            assertEquals(0, process.exitValue(), said);
        } finally {
            process.destroyForcibly();
        }
    }
}
