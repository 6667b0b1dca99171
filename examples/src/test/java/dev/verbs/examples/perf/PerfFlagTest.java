package dev.verbs.examples.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.examples.CommandRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PerfFlagTest {
    /** Lines of a recording. */
    static List<String> recorded(final String name) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(PerfFlagTest.class.getResourceAsStream(name),
            StandardCharsets.UTF_8))) {
            return in.lines().toList();
        } catch (final IOException e) {
            throw new AssertionError(name, e);
        }
    }

    @ParameterizedTest
    @EnumSource(PerfTool.class)
    void shouldKnowTheOptionsOfEachToolAndNoOthers(final PerfTool tool) {
        final Set<String> theirs = recorded("options-4.5.txt").stream().filter(line -> line.startsWith(tool.toolName() + ": "))
            .flatMap(line -> Arrays.stream(line.split(" ")).skip(1)).collect(Collectors.toCollection(TreeSet::new));
        final Set<String> ours = Arrays.stream(PerfFlag.values()).filter(flag -> flag.isOf(tool)).flatMap(flag -> flag.names().stream())
            .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(theirs.size() > 30, () -> "recorded: " + theirs);
        assertEquals(theirs, ours);
    }

    @ParameterizedTest
    @EnumSource(PerfFlag.class)
    void shouldRefuseWhatIsNotSupportedWithItsReason(final PerfFlag flag) {
        if (!flag.isRefused()) {
            return;
        }
        for (final String name : flag.names()) {
            final PerfTool tool = Arrays.stream(PerfTool.values()).filter(flag::isOf).findFirst().orElseThrow();
            final String[] args = flag.label() == null ? new String[] {"perf", tool.toolName(), "--provider", "soft", name}
                : new String[] {"perf", tool.toolName(), "--provider", "soft", name, "1"};
            final CommandRun run = CommandRun.of(args);
            assertEquals(2, run.exitCode(), run::toString);
            assertTrue(run.err().contains(name) && run.err().contains("is not supported: " + flag.text()), run::toString);
            assertTrue(run.isOneSentence(), run::toString);
        }
    }

    @ParameterizedTest
    @EnumSource(PerfTool.class)
    void shouldListBothKindsInTheHelp(final PerfTool tool) {
        final CommandRun run = CommandRun.of("perf", tool.toolName(), "--help");
        assertEquals(0, run.exitCode(), run::toString);
        final int split = run.out().indexOf("Options of ib_" + tool.toolName() + " that are not supported:");
        assertTrue(split > 0, run::toString);
        for (final PerfFlag flag : PerfFlag.values()) {
            if (flag.isOf(tool)) {
                final int at = run.out().indexOf(flag.names().getLast());
                assertTrue(at > 0 && at > split == flag.isRefused(), () -> flag + " in\n" + run.out());
            }
        }
    }

    @Test
    void shouldNotKnowWhatTheToolHasNot() {
        final CommandRun run = CommandRun.of("perf", "atomic_lat", "--provider", "soft", "-s", "8");
        assertEquals(2, run.exitCode(), run::toString);
        assertTrue(run.err().contains("Unknown option"), run::toString);
    }

    @Test
    void shouldAskWhichTool() {
        final CommandRun run = CommandRun.of("perf");
        assertEquals(2, run.exitCode(), run::toString);
        assertTrue(run.err().contains("which tool?"), run::toString);
    }
}
