package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AccessFlags;
import dev.verbs.Context;
import dev.verbs.MemoryRegion;
import dev.verbs.ProtectionDomain;
import dev.verbs.Verbs;
import dev.verbs.VerbsException;
import dev.verbs.spi.VerbsProvider;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The limit of locked memory, in a JVM of its own that runs as nobody: root is not limited on rdma_rxe. Needs root to begin with, and
 * setpriv; the child keeps the right to open files, for the device and the class path may be root's.
 */
class MemlockContractTest extends VerbsTest {
    private static final int KIB = 1024;
    private static final int LIMIT_KIB = 256;

    /** What the child runs: registers below the limit, then beyond it. */
    static final class Probe {
        private Probe() {
        }

        public static void main(final String[] args) {
            try (VerbsProvider provider = TestProvider.open(); Arena arena = Arena.ofShared();
                Context context = Verbs.open(provider, TestProvider.deviceName());
                ProtectionDomain domain = context.allocateProtectionDomain();
                MemoryRegion small = domain.registerMemory(arena.allocate(64 * KIB, 4096), AccessFlags.LOCAL_WRITE)) {
                System.out.println("registered " + small.length());
                domain.registerMemory(arena.allocate(1024 * KIB, 4096), AccessFlags.LOCAL_WRITE).close();
                System.out.println("not limited");
            } catch (final VerbsException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private static String runAsNobody() throws IOException, InterruptedException {
        final Path output = Files.createTempFile("memlock", ".txt");
        final String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        final String device = TestProvider.deviceName() == null ? "" : " -D" + TestProvider.DEVICE_PROPERTY + "="
            + TestProvider.deviceName();
        final ProcessBuilder builder = new ProcessBuilder(List.of("sh", "-c", "ulimit -l " + LIMIT_KIB + " && exec setpriv --reuid=65534 "
            + "--regid=65534 --clear-groups --inh-caps=-all,+dac_override --ambient-caps=-all,+dac_override " + java
            + " -XX:TieredStopAtLevel=1 -Xmx64m --enable-native-access=ALL-UNNAMED -D" + TestProvider.PROVIDER_PROPERTY + "="
            + TestProvider.name() + device + " '" + Probe.class.getName() + "'")).redirectErrorStream(true)
            .redirectOutput(output.toFile()).redirectInput(ProcessBuilder.Redirect.PIPE);
        builder.environment().put("CLASSPATH", absolute(System.getProperty("java.class.path")));
        final Process child = builder.start();
        try {
            assertTrue(child.waitFor(TestProvider.deadline().toSeconds() * 4, TimeUnit.SECONDS), "the child hangs");
            return Files.readString(output);
        } finally {
            child.destroyForcibly();
            Files.delete(output);
        }
    }

    private static String absolute(final String classPath) {
        return java.util.Arrays.stream(classPath.split(":")).map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(java.util.stream.Collectors.joining(":"));
    }

    @Test
    void shouldNameTheLimitOfLockedMemoryAndWhatIsRegistered() throws IOException, InterruptedException {
        final Context context = openContext();
        assume(!TestProvider.isSoft(), context, "to lock memory");
        assume("root".equals(System.getProperty("user.name")), context, "limits to root, who is needed to lower them");
        final String said = runAsNobody();
        assertTrue(said.contains("registered " + 64 * KIB), said);
        for (final String words : List.of("ibv_reg_mr failed: ENOMEM", "RLIMIT_MEMLOCK) is " + LIMIT_KIB * KIB + " bytes",
            64 * KIB + " are registered already", 1024 * KIB + " more were wanted", "ulimit -l")) {
            assertTrue(said.contains(words), () -> "no '" + words + "' in " + said);
        }
        assertEquals(-1, said.indexOf("not limited"));
    }
}
