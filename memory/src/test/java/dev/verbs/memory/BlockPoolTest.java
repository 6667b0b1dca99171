package dev.verbs.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AccessFlags;
import dev.verbs.Errno;
import dev.verbs.MemoryRegion;
import dev.verbs.ProtectionDomain;
import dev.verbs.VerbsException;
import dev.verbs.testkit.VerbsTest;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlockPoolTest extends VerbsTest {
    private static final int BLOCKS = 70;

    private RegisteredArena arena;
    private ProtectionDomain domain;

    @BeforeEach
    void open() {
        arena = own(RegisteredArena.ofShared(BLOCKS * RegisteredArena.footprint(100)));
        domain = own(openContext().allocateProtectionDomain());
    }

    private BlockPool pool() {
        return own(BlockPool.allocate(arena, domain, BLOCKS, 100, AccessFlags.LOCAL_WRITE));
    }

    @Test
    void shouldHandOutEveryBlockOnceAndThenBeEmpty() {
        final BlockPool pool = pool();
        final BitSet seen = new BitSet();
        for (int i = 0; i < BLOCKS; i++) {
            final int block = pool.acquire();
            assertFalse(seen.get(block));
            seen.set(block);
            assertEquals(BLOCKS - 1 - i, pool.available());
            assertEquals(pool.segment(block).address(), pool.address(block));
            assertEquals(pool.region().address() + pool.offset(block), pool.address(block));
            assertEquals(100, pool.segment(block).byteSize());
            pool.segment(block).set(ValueLayout.JAVA_BYTE, 99, (byte)block);
        }
        assertEquals(BLOCKS, seen.cardinality());
        assertEquals(BlockPool.EMPTY, pool.acquire());
        assertEquals(pool.region().lkey(), pool.lkey());
        assertEquals(new RemoteBuffer(pool.address(3), 100, pool.region().rkey()), pool.remote(3));
        for (int i = 0; i < BLOCKS; i++) {
            assertEquals((byte)i, pool.segment(i).get(ValueLayout.JAVA_BYTE, 99));
            pool.release(i);
        }
        assertEquals(BLOCKS, pool.available());
        assertEquals(BLOCKS, pool.capacity());
    }

    @Test
    void shouldSayWhenABlockIsGivenBackTwice() {
        final BlockPool pool = pool();
        final int one = pool.acquire();
        pool.acquire();
        pool.release(one);
        final IllegalStateException e = assertThrows(IllegalStateException.class, () -> pool.release(one));
        assertEquals("block " + one + " is not taken: it was given back twice, or never acquired", e.getMessage());
        assertEquals("block 70 of a pool of 70",
            assertThrows(IndexOutOfBoundsException.class, () -> pool.release(BLOCKS)).getMessage());
        assertThrows(IndexOutOfBoundsException.class, () -> pool.release(-1));
        pool.release(pool.acquire());
        pool.release(1);
    }

    @Test
    void shouldNotOverflowWithoutChecks() {
        final MemoryRegion region = own(arena.register(domain, AccessFlags.LOCAL_WRITE));
        try (BlockPool pool = new BlockPool(region, 64, 2, 128, false)) {
            assertThrows(IllegalStateException.class, () -> pool.release(0));
            pool.acquire();
            pool.release(0);
            assertEquals(2, pool.available());
        }
        assertTrue(region.isOpen());
    }

    @Test
    void shouldRefuseToCloseWhileBlocksAreTaken() {
        final BlockPool pool = pool();
        final int block = pool.acquire();
        final VerbsException e = assertThrows(VerbsException.class, pool::close);
        assertEquals(Errno.EBUSY, e.errno());
        assertEquals("1 of 70 blocks are still taken: release them first", e.diagnosis());
        pool.release(block);
        pool.close();
        pool.close();
        assertFalse(pool.region().isOpen());
    }

    @Test
    void shouldRefuseSizesThatDoNotFit() {
        final MemoryRegion region = own(arena.register(domain, AccessFlags.LOCAL_WRITE));
        final long fits = region.length() / 128;
        new BlockPool(region, 0, (int)fits, 128, true).close();
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new BlockPool(region, 64, (int)fits + 1, 128, true))
            .getMessage().startsWith((fits + 1) + " blocks of 128 bytes from offset 64 do not fit into MR"));
        assertThrows(IllegalArgumentException.class, () -> new BlockPool(region, 0, 0, 128, true));
        assertThrows(IllegalArgumentException.class, () -> new BlockPool(region, -1, 1, 128, true));
        assertThrows(IllegalArgumentException.class, () -> new BlockPool(region, 0, 2, Long.MAX_VALUE, true));
        assertThrows(VerbsException.class, () -> BlockPool.allocate(arena, domain, 1000, 100, 0));
    }

    @Test
    void shouldNotAllocateWhenBlocksComeAndGo() {
        final BlockPool pool = pool();
        final Random random = new Random(7);
        final int[] held = new int[BLOCKS];
        final var threads = (com.sun.management.ThreadMXBean)ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int round = 0; round < 2; round++) {
            before = threads.getCurrentThreadAllocatedBytes();
            int count = 0;
            for (int i = 0; i < 1_000_000; i++) {
                if (count == 0 || count < BLOCKS && random.nextBoolean()) {
                    held[count++] = pool.acquire();
                } else {
                    pool.release(held[--count]);
                }
            }
            while (count > 0) {
                pool.release(held[--count]);
            }
        }
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        System.out.println("1,000,000 calls allocated " + allocated + " bytes");
        assertTrue(allocated < 1000, allocated + " bytes");
    }
}
