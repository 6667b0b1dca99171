package dev.verbs.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AccessFlags;
import dev.verbs.Errno;
import dev.verbs.MemoryRegion;
import dev.verbs.ProtectionDomain;
import dev.verbs.VerbsException;
import dev.verbs.testkit.VerbsTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class RegisteredArenaTest extends VerbsTest {
    private ProtectionDomain domain() {
        return own(openContext().allocateProtectionDomain());
    }

    @Test
    void shouldHandOutAlignedZeroedMemory() {
        try (RegisteredArena arena = RegisteredArena.ofShared(10_000)) {
            assertEquals(12_288, arena.capacity());
            assertEquals(0, arena.memory().address() % RegisteredArena.PAGE);
            final MemorySegment small = arena.allocate(10, 1);
            final MemorySegment next = arena.allocate(8, 8);
            final MemorySegment page = arena.allocate(4096, RegisteredArena.PAGE);
            assertEquals(64, next.address() - small.address());
            assertEquals(0, page.address() % RegisteredArena.PAGE);
            assertEquals(8192, arena.allocatedBytes());
            assertEquals(-1, page.mismatch(MemorySegment.ofArray(new byte[4096])));
            assertEquals(0, arena.registeredBytes());
        }
    }

    @Test
    void shouldSayHowMuchIsLeftWhenItIsExhausted() {
        try (RegisteredArena arena = RegisteredArena.ofConfined(4096)) {
            arena.allocate(4000, 1);
            final VerbsException e = assertThrows(VerbsException.class, () -> arena.allocate(100, 1));
            assertEquals(Errno.ENOMEM, e.errno());
            assertEquals("100 bytes aligned to 64 do not fit: 4000 of 4096 bytes are taken; make the arena larger",
                e.diagnosis());
            assertEquals(4000, arena.allocatedBytes());
            arena.allocate(64, 1);
            assertThrows(VerbsException.class, () -> arena.allocate(1, 1));
            assertEquals(0, arena.allocate(0, 1).byteSize());
        }
        assertThrows(IllegalArgumentException.class, () -> RegisteredArena.ofShared(0));
    }

    @Test
    void shouldRefuseToCloseWhileRegionsAreRegisteredAndNameThem() {
        final ProtectionDomain domain = domain();
        final RegisteredArena arena = own(RegisteredArena.ofShared(8192));
        final MemorySegment first = arena.allocate(100, 1);
        final MemorySegment second = arena.allocate(4096, 1);
        final MemoryRegion one = own(arena.register(domain, first, AccessFlags.LOCAL_WRITE));
        final MemoryRegion two = own(arena.register(domain, second, AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE));
        assertEquals(4196, arena.registeredBytes());
        assertEquals(4196, provider().registeredBytes());

        final VerbsException e = assertThrows(VerbsException.class, arena::close);
        assertEquals(Errno.EBUSY, e.errno());
        assertEquals(arena + " is still registered as " + one.describe() + ", " + two.describe()
            + ": close the regions, or call deregister(), first", e.diagnosis());
        first.set(ValueLayout.JAVA_BYTE, 0, (byte)1); // the refusal changed nothing

        one.close();
        assertEquals(4096, arena.registeredBytes());
        assertEquals(arena + " is still registered as " + two.describe()
            + ": close the regions, or call deregister(), first",
            assertThrows(VerbsException.class, arena::close).diagnosis());
        two.close();
        arena.close();
        arena.close();
        assertFalse(arena.isOpen());
        assertThrows(IllegalStateException.class, () -> first.get(ValueLayout.JAVA_BYTE, 0));
        assertEquals(Errno.EBADF, assertThrows(VerbsException.class, () -> arena.allocate(1, 1)).errno());
    }

    @Test
    void shouldRegisterItselfAsAWhole() {
        final ProtectionDomain domain = domain();
        final RegisteredArena arena = own(RegisteredArena.ofShared(5000));
        final MemoryRegion region = arena.register(domain, AccessFlags.LOCAL_WRITE);
        assertEquals(8192, region.length());
        assertEquals(arena.memory().address(), region.address());
        assertSame(domain, region.protectionDomain());
        arena.deregister();
        assertFalse(region.isOpen());
        assertEquals(0, arena.registeredBytes());
        arena.close();
    }

    @Test
    void shouldRegisterOnlyWhatItOwns() {
        final ProtectionDomain domain = domain();
        try (RegisteredArena arena = RegisteredArena.ofShared(64); Arena other = Arena.ofConfined()) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> arena.register(domain, other.allocate(64), 0))
                .getMessage().contains("is not part of arena of 4096 bytes"));
            assertThrows(IllegalArgumentException.class, () -> arena.register(domain, MemorySegment.ofArray(new byte[8]), 0));
        }
    }
}
