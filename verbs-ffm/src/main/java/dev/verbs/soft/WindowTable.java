package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Memory keys of windows: the highest bit is set, so that they differ from those of {@link KeyTable}; the lowest 8 bits are the
 * program's to choose.
 *
 * <pre>
 *   key = 1 | (place ^ mask) 23 bits | tag 8 bits
 * </pre>
 *
 * <p>Allocating and closing under this object's lock; look-ups from any thread without.
 */
final class WindowTable {
    static final int MAX_WINDOWS = 1 << 16;
    private static final int INDEX_MASK = 0x7F_FFFF;
    private static final int TAG_BITS = 8;
    /** Handles of windows have it, those of regions have not. */
    private static final long HANDLE = 1L << 32;

    private final int mask;
    private final SplittableRandom random;
    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    /** Replaced when it grows; elements are published by the write of the field. Under this object's lock. */
    private volatile SoftMemoryWindow[] places = new SoftMemoryWindow[16];
    private int used;

    WindowTable(final long seed) {
        this.random = new SplittableRandom(seed);
        this.mask = random.nextInt() & INDEX_MASK;
    }

    /** Whether a key can be a window's: a region's cannot. */
    static boolean isWindow(final int key) {
        return key < 0;
    }

    /** Takes a place; the window is found once {@link #publish} was called. */
    synchronized int claim() {
        if (used < places.length) {
            return used++;
        }
        final Integer oldest = free.poll();
        if (oldest != null) {
            return oldest;
        }
        if (used == MAX_WINDOWS) {
            throw new VerbsException("ibv_alloc_mw", Errno.ENOMEM, used + " windows are allocated: the most that the device holds");
        }
        places = Arrays.copyOf(places, used * 2);
        return used++;
    }

    /** The key of a new window. */
    synchronized int firstKey(final int place) {
        return 1 << 31 | (place ^ mask) << TAG_BITS | random.nextInt(1 << TAG_BITS);
    }

    static long handle(final int place) {
        return HANDLE | place;
    }

    synchronized void publish(final int place, final SoftMemoryWindow window) {
        final SoftMemoryWindow[] next = places;
        next[place] = window;
        places = next;
    }

    /** After this no new look-up finds the window. */
    synchronized void remove(final int place) {
        publish(place, null);
        free.add(place);
    }

    /** The window whose place a key names, whatever its tag; null if there is none. */
    SoftMemoryWindow find(final int key) {
        return isWindow(key) ? at(key >>> TAG_BITS & INDEX_MASK ^ mask) : null;
    }

    /** The window of a handle, null if there is none. */
    SoftMemoryWindow ofHandle(final long handle) {
        return handle >>> 32 == 1 ? at((int)handle) : null;
    }

    private SoftMemoryWindow at(final int place) {
        final SoftMemoryWindow[] all = places;
        return place >= 0 && place < all.length ? all[place] : null;
    }

    /** The windows that are bound to a region, in words. */
    String boundTo(final SoftMemoryRegion region) {
        return Stream.of(places).filter(Objects::nonNull).filter(window -> window.isBoundTo(region))
            .map(SoftMemoryWindow::describe).collect(Collectors.joining(", "));
    }
}
