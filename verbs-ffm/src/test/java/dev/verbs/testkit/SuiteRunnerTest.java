package dev.verbs.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.testkit.SuiteRunner.Arguments;
import dev.verbs.testkit.sample.Sample;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The runner that a virtual machine trusts: it must see failures, skips and missing tests. */
class SuiteRunnerTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private int run(final String... args) {
        return SuiteRunner.run(Arguments.parse(args), new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    private String output() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldReadArguments() {
        final Arguments arguments = Arguments.parse("--provider", "ibv", "--package", "a.b,c", "--floor", "7");
        assertEquals(new Arguments("ibv", null, List.of("a.b", "c"), 7, null), arguments);
    }

    @Test
    void shouldRefuseArgumentsThatMakeNoSense() {
        assertThrows(IllegalArgumentException.class, () -> Arguments.parse("--provider", "ibv"));
        assertThrows(IllegalArgumentException.class, () -> Arguments.parse("--package"));
        assertThrows(IllegalArgumentException.class, () -> Arguments.parse("--colour", "red"));
    }

    @Test
    void shouldFailAndShowWhatFailedAndWhatWasSkipped() {
        final int status = run("--provider", TestProvider.name(), "--class", Sample.class.getName());
        assertEquals(1, status);
        assertTrue(output().contains("broken on purpose"), output());
        assertTrue(output().contains("SKIP shouldBeSkipped(): no such device"), output());
        assertTrue(output().contains("package=" + Sample.class.getName() + " run=2 failed=1 skipped=1"), output());
    }

    @Test
    void shouldFailWhenFewerTestsRanThanTheFloor() {
        final int status = run("--provider", TestProvider.name(), "--class", Sample.Green.class.getName(), "--floor", "2");
        assertEquals(1, status);
        assertTrue(output().contains("only 1 tests ran, the floor is 2"), output());
    }

    @Test
    void shouldSucceedWhenAllIsWell() {
        assertEquals(0, run("--provider", TestProvider.name(), "--class", Sample.Green.class.getName()), output());
    }

    @Test
    void shouldFailWhenThereIsNothingToRun() {
        assertEquals(1, run("--provider", TestProvider.name(), "--package", "dev.verbs.nothing.here"), output());
    }
}
