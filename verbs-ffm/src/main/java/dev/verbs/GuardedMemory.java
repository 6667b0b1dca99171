package dev.verbs;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;

/**
 * Memory of an arena that is read and written past the checks of its segment, as a part of {@link MemoryDescriptor#ALL}: whether the
 * calling thread may touch it is asked once per call, and costs one load.
 *
 * <p>Asking the scope would be a call through an interface that has a class per kind of arena. Here the arena itself tells, before it
 * frees the memory; but for an arena that allocates in another one, whose scope is asked.
 */
abstract sealed class GuardedMemory permits WorkRequests, WorkCompletions {
    private static final int ANY_THREAD = 0;
    private static final int ONE_THREAD = 1;
    private static final int CLOSED = 2;

    final MemorySegment segment;
    /** Its address. */
    final long base;
    /** The only thread that may touch the memory, null if any may. */
    private final Thread owner;
    /** Of memory that is not the arena's own; null where the arena tells. */
    private final MemorySegment.Scope asked;
    /** Written by who closes the arena, who must not do so while another thread uses what is in it. */
    private int permission;

    GuardedMemory(final Arena arena, final long bytes) {
        segment = arena.allocate(bytes, 64);
        base = segment.address();
        owner = segment.isAccessibleBy(new Thread()) ? null : Thread.currentThread();
        asked = segment.scope().equals(arena.scope()) ? null : segment.scope();
        permission = owner == null && asked == null ? ANY_THREAD : ONE_THREAD;
        if (asked == null) {
            refuseWhenClosed(arena, new WeakReference<>(this)); // an arena that lives on must not keep what is in it
        }
    }

    private static void refuseWhenClosed(final Arena arena, final WeakReference<GuardedMemory> memory) {
        MemoryDescriptor.whenClosed(arena, () -> {
            final GuardedMemory still = memory.get();
            if (still != null) {
                still.permission = CLOSED;
            }
        });
    }

    /**
     * Refuses memory that is gone, or another thread's, before a device is told of it. For providers. No C counterpart.
     *
     * @throws IllegalStateException if its arena is closed
     * @throws WrongThreadException  if its arena is confined to another thread
     */
    public final void requireMemory() {
        if (permission != ANY_THREAD && !permitsMe()) {
            segment.get(JAVA_BYTE, 0); // says what is wrong
        }
    }

    private boolean permitsMe() {
        return permission == ONE_THREAD && (owner == null || owner == Thread.currentThread()) && (asked == null || asked.isAlive());
    }

    /** What to access instead of the segment, at {@link #start} and behind. */
    final MemorySegment memory() {
        return MemoryDescriptor.ALL;
    }

    /** Where it starts in {@link #memory}. */
    final long start() {
        return base & MemoryDescriptor.ADDRESSES;
    }
}
