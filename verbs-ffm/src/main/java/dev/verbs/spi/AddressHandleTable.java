package dev.verbs.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The open address handles of a domain by their words: open addressing, written under this object's lock, read by posters
 * without one. Words are never 0; a removed place keeps its word until the table is made again.
 */
final class AddressHandleTable {
    private static final VarHandle HANDLE = MethodHandles.arrayElementVarHandle(AbstractAddressHandle[].class);
    private static final int SMALLEST = 16;

    /** Each handle in the first free place from its word's own one; replaced as a whole. */
    private record Slots(long[] words, AbstractAddressHandle[] handles) {
        int place(final long word) {
            return (int)(word * 0x9E3779B97F4A7C15L >>> 40) & words.length - 1;
        }
    }

    /** Written under this object's lock. */
    private volatile Slots slots = new Slots(new long[SMALLEST], new AbstractAddressHandle[SMALLEST]);
    /** Under this object's lock: handles in the table, and places that were ever taken. */
    private int count;
    private int taken;

    synchronized void add(final AbstractAddressHandle handle) {
        Slots now = slots;
        if (taken * 2 >= now.words.length) {
            now = remade(now);
        }
        put(now, handle);
        count++;
        slots = now; // pairs with find: places and their words are seen together
    }

    private Slots remade(final Slots old) {
        final int length = Math.max(SMALLEST, Integer.highestOneBit(count + 1) << 2);
        final Slots fresh = new Slots(new long[length], new AbstractAddressHandle[length]);
        taken = 0;
        for (final AbstractAddressHandle handle : old.handles) {
            if (handle != null) {
                put(fresh, handle);
            }
        }
        return fresh;
    }

    private void put(final Slots table, final AbstractAddressHandle handle) {
        int place = table.place(handle.word());
        while (table.words[place] != 0 && (table.words[place] != handle.word() || table.handles[place] != null)) {
            place = place + 1 & table.words.length - 1;
        }
        taken += table.words[place] == 0 ? 1 : 0;
        table.words[place] = handle.word();
        HANDLE.setRelease(table.handles, place, handle); // pairs with find
    }

    synchronized void remove(final AbstractAddressHandle handle) {
        final Slots now = slots;
        int place = now.place(handle.word());
        while (now.words[place] != 0) {
            if (now.handles[place] == handle) {
                HANDLE.setVolatile(now.handles, place, null);
                count--;
                return;
            }
            place = place + 1 & now.words.length - 1;
        }
    }

    /** The handle of a word that a request may be posted with, null if there is none; any thread. */
    AbstractAddressHandle findForPost(final long word) {
        final AbstractAddressHandle handle = find(word);
        return handle != null && handle.takesPosts() ? handle : null;
    }

    /** The handle of a word that the device knows, null if there is none; any thread. */
    AbstractAddressHandle find(final long word) {
        final Slots now = slots;
        int place = now.place(word);
        while (now.words[place] != 0) {
            if (now.words[place] == word) {
                final AbstractAddressHandle handle = (AbstractAddressHandle)HANDLE.getAcquire(now.handles, place); // pairs with put
                if (handle != null) {
                    return handle;
                }
            }
            place = place + 1 & now.words.length - 1;
        }
        return null;
    }
}
