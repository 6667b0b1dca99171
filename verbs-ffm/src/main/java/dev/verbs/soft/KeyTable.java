package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Memory keys of regions: 23 bits say which region, 8 bits change whenever the place is used again, so that a key of a closed region is
 * refused even after its place was taken. Local and remote keys of a region differ, so that a mix-up shows.
 *
 * <pre>
 *   key = (place ^ mask) << 8 | generation      place: index of the table, mask: random per fabric
 * </pre>
 *
 * <p>Registering and closing under this object's lock; look-ups from any thread without.
 */
final class KeyTable {
    static final int MAX_REGIONS = 1 << 19;
    /** The highest bit of a key is set in those of {@link WindowTable}. */
    private static final int INDEX_MASK = 0x7F_FFFF;
    /** Generations 1 .. 254 in pairs: the local key is odd, the remote key the even number above. */
    private static final int GENERATIONS = 127;

    private final int mask;
    private final SplittableRandom random;
    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    /** Replaced when it grows; elements are published by the write of the field. Under this object's lock. */
    private volatile SoftMemoryRegion[] places = new SoftMemoryRegion[64];
    private int[] generations = new int[64];
    private int used;

    KeyTable(final long seed) {
        this.random = new SplittableRandom(seed);
        this.mask = random.nextInt() & INDEX_MASK;
    }

    /** Takes a place, the one that was free for longest; the region is found once {@link #publish} was called. */
    synchronized int claim() {
        if (used < places.length) {
            generations[used] = random.nextInt(GENERATIONS);
            return used++;
        }
        final Integer oldest = free.poll();
        if (oldest != null) {
            return oldest;
        }
        if (used == MAX_REGIONS) {
            throw new VerbsException("ibv_reg_mr", Errno.ENOMEM, used + " regions are registered: the most that the device holds");
        }
        generations = Arrays.copyOf(generations, used * 2);
        places = Arrays.copyOf(places, used * 2);
        return claim();
    }

    synchronized int localKey(final int place) {
        return (place ^ mask) << 8 | 1 + 2 * generations[place];
    }

    synchronized void publish(final int place, final SoftMemoryRegion region) {
        final SoftMemoryRegion[] next = places;
        next[place] = region;
        places = next;
    }

    /** After this no new look-up finds the region. */
    synchronized void remove(final int place) {
        publish(place, null);
        generations[place] = (generations[place] + 1) % GENERATIONS;
        free.add(place);
    }

    static int remoteKey(final int localKey) {
        return localKey + 1;
    }

    /** The region with this local key, null if there is none. */
    SoftMemoryRegion local(final int key) {
        final SoftMemoryRegion region = at(key);
        return region != null && region.lkey() == key ? region : null;
    }

    /** The region with this remote key, null if there is none. */
    SoftMemoryRegion remote(final int key) {
        final SoftMemoryRegion region = at(key);
        return region != null && region.rkey() == key ? region : null;
    }

    private SoftMemoryRegion at(final int key) {
        final SoftMemoryRegion[] all = places;
        final int place = key >>> 8 ^ mask;
        return place < all.length ? all[place] : null;
    }

    /** A region that covers a range, whatever its keys, null if there is none: for inline data. */
    SoftMemoryRegion covering(final long address, final long length) {
        for (final SoftMemoryRegion region : places) {
            if (region != null && region.holds(address, length)) {
                return region;
            }
        }
        return null;
    }
}
