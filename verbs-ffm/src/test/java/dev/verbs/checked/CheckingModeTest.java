package dev.verbs.checked;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Checking;
import dev.verbs.testkit.SuiteRunner;
import dev.verbs.testkit.TestProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Runs {@link MisuseTest} in a JVM in checking mode: the property is read once per JVM. */
@DisabledIfSystemProperty(named = Checking.PROPERTY, matches = "true", disabledReason = "it runs in a JVM that is not in checking mode")
class CheckingModeTest {
    private static final int FLOOR = 12;

    @Test
    void shouldBeOffUnlessAskedFor() {
        assertFalse(Checking.ON);
    }

    @Test
    void shouldFindMisuse() throws IOException, InterruptedException {
        final Process child = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-D" + Checking.PROPERTY + "=true",
            "-cp", System.getProperty("java.class.path"), SuiteRunner.class.getName(), "--provider", TestProvider.name(),
            "--package", "dev.verbs.checked", "--class", "MisuseTest", "--floor", Integer.toString(FLOOR)))
            .redirectErrorStream(true).start();
        final String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(child.waitFor(60, TimeUnit.SECONDS), output);
        assertEquals(0, child.exitValue(), output);
    }
}
