package dev.verbs.ibv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AccessFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files of a process say about memory that was not registered; no device is needed. */
class RegistrationDiagnosisTest {
    @TempDir
    private Path system;

    private RegistrationDiagnosis diagnosis;

    @BeforeEach
    void makeFiles() throws IOException {
        diagnosis = new RegistrationDiagnosis(system);
        write("proc/self/maps", """
            10000-12000 rw-p 00000000 00:00 0
            12000-13000 r--s 00000000 08:01 42                         /data/my file.bin
            20000-21000 rw-s 00000000 08:01 42                         /dev/shm/x
            """);
    }

    private void write(final String file, final String text) throws IOException {
        final Path path = system.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void shouldNameEveryMapping() {
        final String said = diagnosis.mappings(0x11800, 0x1000);
        assertTrue(said.contains("[rw-p anonymous, r--s /data/my file.bin]"), said);
        assertFalse(said.contains("nothing is mapped"), said);
    }

    @Test
    void shouldNameTheFirstHole() {
        final String said = diagnosis.mappings(0x12000, 0xF000);
        assertTrue(said.startsWith("nothing is mapped at 0x13000; "), said);
        assertTrue(diagnosis.mappings(0x40000, 1).startsWith("nothing is mapped at 0x40000; "));
    }

    @Test
    void shouldNotNameNeighbours() {
        final String said = diagnosis.mappings(0x20000, 0x1000);
        assertTrue(said.contains("[rw-s /dev/shm/x]"), said);
    }

    @Test
    void shouldNameTheLimitOfLockedMemory() {
        final String said = diagnosis.limits(65536, 4096, 100_000, 0);
        assertTrue(said.contains("RLIMIT_MEMLOCK) is 65536 bytes, 4096 are registered already, 100000 more were wanted"), said);
        assertEquals(-1, said.indexOf("control group"), said);
        assertEquals(-1, said.indexOf("huge"), said);
    }

    @Test
    void shouldSayThatTheLimitIsNotToBlame() {
        assertTrue(diagnosis.limits(-1, 4096, 1, 0).contains("unlimited; 4096 bytes are registered already"));
    }

    @Test
    void shouldNameLimitsOfTheControlGroup() throws IOException {
        write("proc/self/cgroup", "0::/user.slice/a\n");
        write("sys/fs/cgroup/user.slice/a/memory.max", "1048576\n");
        write("sys/fs/cgroup/user.slice/a/rdma.max", "max\n");
        final String said = diagnosis.limits(-1, 0, 1, 0);
        assertTrue(said.contains("the control group /user.slice/a limits memory.max to 1048576"), said);
        assertEquals(-1, said.indexOf("rdma.max"), said);
    }

    @Test
    void shouldCountHugePages() throws IOException {
        write("proc/meminfo", "HugePages_Total:       8\nHugePages_Free:        3\n");
        final String said = diagnosis.limits(-1, 0, 1, AccessFlags.HUGETLB);
        assertTrue(said.contains("huge pages: 3 of 8 are free"), said);
    }
}
