package dev.verbs.examples.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every Java program in the README compiles and does what the text says, on the provider under test. */
class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("public class (\\w+)");
    private static final String PROVIDER = System.getProperty("dev.verbs.test.provider", "soft");

    @TempDir
    private Path directory;

    @Test
    void shouldWriteIntoAnotherQueuePairsMemory() throws Exception {
        assertTrue(run("Hello").contains("SUCCESS RDMA_WRITE: hello, rdma"));
    }

    @Test
    void shouldCountClicks() throws Exception {
        final String output = run("Clicks");
        for (final String line : new String[] {"window 0 user 7: 2", "window 0 user 8: 1", "window 10000 user 7: 1",
            "window 10000 user 9: 1", "5 records"}) {
            assertTrue(output.lines().anyMatch(line::equals), () -> "no '" + line + "' in: " + output);
        }
        assertEquals(5, output.lines().count(), output);
    }

    @Test
    void shouldJoinOrders() throws Exception {
        assertTrue(run("Orders").contains("3 matches"));
    }

    @Test
    void shouldOutliveAnOutage() throws Exception {
        assumeTrue(PROVIDER.equals("soft"), "networks are of software devices");
        final List<String> lines = run("Outage").lines().toList();
        assertTrue(lines.getFirst().startsWith("       86,887 ns"), lines::getFirst);
        assertTrue(lines.getFirst().contains("SUCCESS RDMA_WRITE"), lines::getFirst);
        assertEquals(12, lines.size(), lines::toString); // 11 mebibytes arrive within 1 ms
        assertTrue(lines.getLast().contains("RETRY_EXC_ERR") && lines.getLast().endsWith("host b of QP 18 is dead"), lines::getLast);
    }

    private String run(final String program) throws Exception {
        final Map<String, String> programs = programs();
        assertTrue(programs.containsKey(program), () -> "README has " + programs.keySet());
        final Path source = Files.writeString(directory.resolve(program + ".java"), programs.get(program));
        final int status = ToolProvider.getSystemJavaCompiler().run(null, null, System.err, "-proc:none", "-d", directory.toString(),
            "-cp", System.getProperty("java.class.path"), source.toString());
        assertEquals(0, status, "the compiler's status");
        final ByteArrayOutputStream output = new ByteArrayOutputStream();
        final PrintStream before = System.out;
        try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()}, getClass().getClassLoader());
             PrintStream captured = new PrintStream(output)) {
            System.setOut(captured);
            loader.loadClass(program).getMethod("main", String[].class).invoke(null, (Object)new String[] {PROVIDER});
        } finally {
            System.setOut(before);
        }
        return output.toString();
    }

    private static Map<String, String> programs() throws IOException {
        final Map<String, String> programs = new TreeMap<>();
        final Matcher block = BLOCK.matcher(Files.readString(readme()));
        while (block.find()) {
            final Matcher name = NAME.matcher(block.group(1));
            if (name.find()) {
                programs.put(name.group(1), block.group(1));
            }
        }
        return programs;
    }

    /** Maven runs tests in the module, the suite runner in the root. */
    private static Path readme() {
        final Path here = Path.of("README.md").toAbsolutePath();
        return Files.exists(here) ? here : Path.of("..", "README.md").toAbsolutePath();
    }
}
