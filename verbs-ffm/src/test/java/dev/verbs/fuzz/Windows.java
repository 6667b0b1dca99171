package dev.verbs.fuzz;

import dev.verbs.AccessFlags;
import dev.verbs.MemoryRegion;
import dev.verbs.MemoryWindow;
import dev.verbs.MemoryWindowType;
import dev.verbs.WindowBinding;
import dev.verbs.testkit.TestProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Random binds and invalidates of windows: which cannot succeed, and what may be bound to what. */
final class Windows {
    private static final int JUNK = 0xDEAD_BE00;
    private static final int WRITES = AccessFlags.REMOTE_WRITE | AccessFlags.REMOTE_ATOMIC;

    private final Slots slots;
    /** Binds that were built, by request: their keys are told to the window when they complete. */
    private final Map<Long, Bind> posted = new HashMap<>();
    /** Those whose bind has succeeded, and which nobody was asked to invalidate since. */
    private final List<MemoryWindow> bound = new ArrayList<>();
    /** A window may be bound to these, through these. */
    private final List<Bind> ever = new ArrayList<>();

    /** A bind of a window of type 2. */
    record Bind(MemoryWindow window, WindowBinding binding, int rkey, QpModel qp, boolean doomed) {
    }

    /** Binds whose success was seen. */
    private long binds;

    Windows(final Slots slots) {
        this.slots = slots;
    }

    /** A bind of what is open; null if there is no window or region for it. */
    Bind bind(final QpModel qp, final SplittableRandom random) {
        final MemoryWindow window = slots.windows[random.nextInt(slots.windows.length)];
        final MemoryRegion region = slots.regions[random.nextInt(slots.regions.length)];
        if (window == null || region == null || !window.isOpen() || !region.isOpen() || window.type() != MemoryWindowType.TYPE_2) {
            return null;
        }
        final long length = random.nextInt(8) == 0 ? random.nextInt(2) * (region.length() + 1) : 1 + random.nextLong(region.length());
        final int access = random.nextInt(8) & (WRITES | AccessFlags.REMOTE_READ) | AccessFlags.REMOTE_READ
            | (random.nextBoolean() ? AccessFlags.REMOTE_WRITE : 0);
        return new Bind(window, WindowBinding.of(region, 0, length, access), window.nextRkey(), qp,
            isDoomed(qp, window, region, length, access));
    }

    private static boolean isDoomed(final QpModel qp, final MemoryWindow window, final MemoryRegion region, final long length,
        final int access) {
        if (window.protectionDomain() != qp.qp.protectionDomain() || length == 0 || length > region.length()
            || (region.access() & AccessFlags.MW_BIND) == 0) {
            return true;
        }
        // rdma_rxe looks neither at the region's domain nor, before the first bind, at its local access (rxe_check_bind_mw)
        return TestProvider.isSoft() && (region.protectionDomain() != window.protectionDomain()
            || (access & WRITES) != 0 && (region.access() & AccessFlags.LOCAL_WRITE) == 0);
    }

    /**
     * A key to invalidate: one that a window has or had, or one that nothing has. rdma_rxe (Linux 6.1) follows a null pointer when a
     * window of type 2 is invalidated that is not bound (rxe_do_invalidate_mw): there only what must be bound is invalidated, once.
     */
    int key(final SplittableRandom random) {
        if (!TestProvider.isSoft()) {
            final MemoryWindow sure = random.nextInt(4) == 0 || bound.isEmpty() ? null : bound.removeFirst();
            return sure == null || !sure.isOpen() ? JUNK : sure.rkey();
        }
        final MemoryWindow window = slots.windows[random.nextInt(slots.windows.length)];
        return window == null || random.nextInt(4) == 0 ? JUNK : window.rkey();
    }

    static boolean isJunk(final int key) {
        return key == JUNK;
    }

    /** A bind is about to be posted. */
    void note(final long wrId, final Bind bind) {
        posted.put(wrId, bind);
        ever.add(bind);
    }

    /** It has completed with success, or a later one has: the program tells the window its key. */
    void succeeded(final long wrId) {
        final Bind bind = posted.remove(wrId);
        binds += bind == null ? 0 : 1;
        if (bind != null && bind.window.isOpen()) {
            bind.window.bound(bind.rkey);
            bound.add(bind.window);
        }
    }

    long binds() {
        return binds;
    }

    /** Whether a window that is open may be bound to a region. */
    boolean mayHold(final MemoryRegion region) {
        return ever.stream().anyMatch(bind -> bind.binding.region() == region && bind.window.isOpen());
    }

    /** Closes the windows that may be bound through a queue pair, which rdma_rxe would make wait for them. */
    void leave(final QpModel qp, final Oracle oracle) {
        for (final Bind bind : ever) {
            if (bind.qp == qp && bind.window.isOpen()) {
                oracle.expect("close " + bind.window.describe(), bind.window::close, "", Oracle.OK);
            }
        }
    }
}
