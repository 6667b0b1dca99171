package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AccessFlags;
import dev.verbs.Errno;
import dev.verbs.MemoryRegion;
import dev.verbs.ProtectionDomain;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.VerbsTest;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Registering memory. */
class MemoryRegionContractTest extends VerbsTest {
    private static final int LOCAL = AccessFlags.LOCAL_WRITE;

    private ProtectionDomain domain() {
        return own(openContext().allocateProtectionDomain());
    }

    @Test
    void shouldRegisterMemoryOfEveryKindOfArena() {
        final ProtectionDomain domain = domain();
        try (Arena confined = Arena.ofConfined(); Arena shared = Arena.ofShared()) {
            for (final Arena arena : List.of(confined, shared, Arena.ofAuto(), Arena.global())) {
                final MemorySegment memory = arena.allocate(4096);
                try (MemoryRegion region = domain.registerMemory(memory, LOCAL)) {
                    assertEquals(memory.address(), region.address());
                }
            }
        }
    }

    @Test
    @Covers("ibv_reg_mr")
    void shouldReportWhatWasRegistered() {
        final ProtectionDomain domain = domain();
        final MemorySegment memory = Arena.ofAuto().allocate(10_000).asSlice(1, 9_998);
        try (MemoryRegion region = domain.registerMemory(memory, PairConfig.ALL_ACCESS)) {
            assertEquals(memory, region.segment());
            assertEquals(memory.address(), region.address());
            assertEquals(9_998, region.length());
            assertEquals(PairConfig.ALL_ACCESS, region.access());
            assertEquals(domain, region.protectionDomain());
            assertTrue(region.describe().contains("9998"), region.describe());
        }
    }

    @Test
    void shouldRegisterAWritableMappedFile() throws IOException {
        final ProtectionDomain domain = domain();
        final Path file = Files.createTempFile("region", ".bin");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Arena arena = Arena.ofShared()) {
            final MemorySegment mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, 8192, arena);
            try (MemoryRegion region = domain.registerMemory(mapped, PairConfig.ALL_ACCESS)) {
                assertEquals(8192, region.length());
            }
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void shouldRefuseAHeapSegmentAndSayWhy() {
        final ProtectionDomain domain = domain();
        Refusal.says(assertThrows(IllegalArgumentException.class,
            () -> domain.registerMemory(MemorySegment.ofArray(new byte[64]), LOCAL)), "heap", "garbage collector moves it", "Arena");
        assertEquals(0, provider().registeredBytes());
    }

    @Test
    void shouldRefuseAnEmptySegment() {
        final ProtectionDomain domain = domain();
        Refusal.says(assertThrows(IllegalArgumentException.class,
            () -> domain.registerMemory(Arena.ofAuto().allocate(8).asSlice(8), LOCAL)), "0 bytes");
    }

    @Test
    void shouldRefuseAReadOnlySegmentThatTheDeviceCouldWriteTo() {
        final ProtectionDomain domain = domain();
        final MemorySegment memory = Arena.ofAuto().allocate(64).asReadOnly();
        Refusal.says(assertThrows(IllegalArgumentException.class, () -> domain.registerMemory(memory, LOCAL)), "read-only");
    }

    @Test
    void shouldRegisterAReadOnlySegmentForReading() {
        final ProtectionDomain domain = domain();
        final MemorySegment memory = Arena.ofAuto().allocate(64).asReadOnly();
        try (MemoryRegion region = domain.registerMemory(memory, AccessFlags.REMOTE_READ)) {
            assertNotEquals(0, region.rkey());
        }
    }

    @Test
    void shouldRefuseRemoteWritesWithoutLocalOnes() {
        final ProtectionDomain domain = domain();
        final MemorySegment memory = Arena.ofAuto().allocate(64);
        Refusal.of(Errno.EINVAL, () -> domain.registerMemory(memory, AccessFlags.REMOTE_WRITE), "REMOTE_WRITE", "LOCAL_WRITE");
        Refusal.of(Errno.EINVAL, () -> domain.registerMemory(memory, AccessFlags.REMOTE_ATOMIC), "REMOTE_ATOMIC", "LOCAL_WRITE");
    }

    @Test
    void shouldGiveEachRegionKeysOfItsOwn() {
        final ProtectionDomain domain = domain();
        final MemorySegment memory = Arena.ofAuto().allocate(4096);
        final Set<Integer> keys = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            final MemoryRegion region = own(domain.registerMemory(memory.asSlice(i * 512L, 512), PairConfig.ALL_ACCESS));
            assertNotEquals(0, region.lkey());
            assertNotEquals(0, region.rkey());
            assertTrue(keys.add(region.lkey()), "lkey " + region.lkey() + " twice");
        }
    }

    @Test
    void shouldRegisterTheSameMemoryTwice() {
        final ProtectionDomain domain = domain();
        final MemorySegment memory = Arena.ofAuto().allocate(4096);
        final MemoryRegion first = own(domain.registerMemory(memory, LOCAL));
        final MemoryRegion second = own(domain.registerMemory(memory, LOCAL));
        assertNotEquals(first.lkey(), second.lkey());
        first.close();
        assertTrue(second.isOpen());
    }

    @Test
    void shouldCountRegisteredBytes() {
        final ProtectionDomain domain = domain();
        final MemorySegment memory = Arena.ofAuto().allocate(10_000);
        assertEquals(0, provider().registeredBytes());
        final MemoryRegion first = own(domain.registerMemory(memory, LOCAL));
        final MemoryRegion second = own(domain.registerMemory(memory.asSlice(0, 1_000), LOCAL));
        assertEquals(11_000, provider().registeredBytes());
        first.close();
        assertEquals(1_000, provider().registeredBytes());
        second.close();
        assertEquals(0, provider().registeredBytes());
    }

    @Test
    @Covers("ibv_dereg_mr")
    void shouldCloseRegionsInAnyOrder() {
        final ProtectionDomain domain = domain();
        final MemorySegment memory = Arena.ofAuto().allocate(64 * 256);
        final List<MemoryRegion> regions = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            regions.add(own(domain.registerMemory(memory.asSlice(i * 256L, 256), LOCAL)));
        }
        for (int i = 0; i < 64; i++) {
            regions.get(i * 37 % 64).close();
        }
        assertEquals(0, provider().registeredBytes());
    }

    @Test
    void shouldKeepMemoryOfAnAutomaticArenaAlive() {
        final ProtectionDomain domain = domain();
        final MemoryRegion region = own(registerAutomatic(domain));
        final WeakReference<MemorySegment> memory = new WeakReference<>(region.segment());
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        assertNotNull(memory.get(), "the memory was freed under the device");
        assertEquals(42, region.segment().get(ValueLayout.JAVA_BYTE, 0));
        Reference.reachabilityFence(region);
    }

    private static MemoryRegion registerAutomatic(final ProtectionDomain domain) {
        final MemorySegment memory = Arena.ofAuto().allocate(1 << 20);
        memory.set(ValueLayout.JAVA_BYTE, 0, (byte)42);
        return domain.registerMemory(memory, LOCAL);
    }
}
