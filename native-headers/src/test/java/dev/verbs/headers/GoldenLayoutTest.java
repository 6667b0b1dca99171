package dev.verbs.headers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three witnesses must agree on every size, offset and constant: the generated classes, the golden file, the C compiler. */
class GoldenLayoutTest {
    private static final Path PROBE = Path.of("src", "test", "c", "layout_probe.c");
    private static final Path HEADERS = Path.of("/usr", "include");
    private static final long TIMEOUT_SECONDS = 60;

    @TempDir
    Path work;

    /** Fails with the lines that differ, not with two thousand that do not. */
    private static void assertSame(final List<String> expected, final List<String> actual, final String who) {
        final TreeSet<String> missing = new TreeSet<>(expected);
        actual.forEach(missing::remove);
        final TreeSet<String> surplus = new TreeSet<>(actual);
        expected.forEach(surplus::remove);
        assertTrue(missing.isEmpty() && surplus.isEmpty(), who + ": only in the golden file " + missing + ", not in it " + surplus);
    }

    @Test
    void shouldGenerateTheGoldenLayouts() {
        final List<String> golden = GoldenFiles.lines(GoldenFiles.here());
        assertTrue(golden.size() > 1_000, golden.size() + " lines prove little");
        assertSame(golden, LayoutDump.lines(), "generated classes");
    }

    @Test
    void shouldCoverEveryStructureThatTheLibraryReads() {
        final List<String> golden = GoldenFiles.lines(GoldenFiles.here());
        for (final String line : List.of("struct ibv_send_wr size 128", "struct ibv_wc size 48", "struct ibv_sge size 16",
            "field ibv_send_wr.wr.rdma.rkey offset 48 size 4", "constant IBV_WR_RDMA_READ 4")) {
            assertTrue(golden.contains(line), line);
        }
    }

    @Test
    void shouldAgreeWithTheCompilerOfThisMachine() throws IOException, InterruptedException {
        for (final String header : List.of("infiniband/verbs.h", "rdma/rdma_cma.h")) {
            Assumptions.assumeTrue(Files.exists(HEADERS.resolve(header)),
                header + " is not here: apt install libibverbs-dev librdmacm-dev");
        }
        Assumptions.assumeTrue(onPath("gcc"), "gcc is not here: apt install gcc libc6-dev");
        final Path program = work.resolve("layout_probe");
        run("gcc", "-Wall", "-Werror", "-o", program.toString(), PROBE.toString());
        final List<String> found = run(program.toString());
        assertSame(GoldenFiles.lines(GoldenFiles.here()), found, "C compiler");
    }

    private static boolean onPath(final String program) {
        return List.of(System.getenv("PATH").split(":")).stream().anyMatch(dir -> Files.isExecutable(Path.of(dir, program)));
    }

    private List<String> run(final String... command) throws IOException, InterruptedException {
        final Path output = work.resolve("output.txt");
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertTrue(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS), String.join(" ", command) + " did not end");
        final List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        assertEquals(0, process.exitValue(), String.join(" ", command) + ": " + lines);
        return lines;
    }

    @Test
    void shouldRefuseAnUnknownPlatformByName() {
        assertEquals("linux-x86_64", GoldenFiles.platform("Linux", "amd64"));
        assertEquals("linux-aarch64", GoldenFiles.platform("Linux", "aarch64"));
        assertEquals("mac_os_x-x86_64", GoldenFiles.platform("Mac OS X", "x86_64"));
        final String refusal = assertThrows(IllegalStateException.class, () -> GoldenFiles.lines("linux-riscv64")).getMessage();
        assertTrue(refusal.contains("linux-riscv64") && refusal.contains("[linux-x86_64]"), refusal);
    }
}
