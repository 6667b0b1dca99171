package dev.verbs.spi;

import dev.verbs.Checking;
import dev.verbs.MisuseException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Keeps a native object alive while one thread is in a call on it, at the price of two plain stores per call.
 *
 * <pre>
 *   caller: inside = 1; is it shut? ── no ──► call; inside = 0            closer: shut = true; global fence;
 *                            └─ yes ─► inside = 0, CLOSED                         wait until inside == 0; destroy
 * </pre>
 *
 * <p>The caller has no fence between its store and its load: the closer executes it for both ({@link GlobalFence}). So either the
 * caller sees that the gate is shut, or the closer sees that the caller is inside. One caller at a time; in the checking mode a
 * second one gets a {@link MisuseException}. Any thread shuts. A gate can also be paused: callers wait until it is open again.
 */
final class Gate {
    private static final int OPEN = 0;
    private static final int PAUSED = 1;
    private static final int SHUT = 2;
    private static final VarHandle INSIDE;
    private static final VarHandle CALLER;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            INSIDE = lookup.findVarHandle(Gate.class, "inside", int.class);
            CALLER = lookup.findVarHandle(Gate.class, "caller", Thread.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String call;
    /** Written by the caller. */
    private int inside;
    /** Written under the owner's lock. */
    private volatile int state = OPEN;
    /** Who is inside; in the checking mode only. */
    @SuppressWarnings("unused") // through the handle
    private Thread caller;

    /** The gate of one call. */
    Gate(final String call) {
        this.call = call;
    }

    /** Whether the call may begin: then {@link #leave} must follow. Any outcome leaves the owner's object alive or untouched. */
    boolean enter(final AbstractResource owner) {
        if (Checking.ON) {
            claim(owner);
        }
        return step() == OPEN || enterSlowly(owner);
    }

    /** Comes inside and looks whether that was allowed. */
    private int step() {
        inside = 1; // plain: needs no check for null of its own
        VarHandle.releaseFence(); // keeps the compiler from moving the load up; on x86 no instruction
        return state;
    }

    private boolean enterSlowly(final AbstractResource owner) {
        int now = state;
        while (now != SHUT) {
            INSIDE.setRelease(this, 0); // pairs with awaitEmpty: nothing was touched
            while (state == PAUSED) {
                Thread.onSpinWait();
                Thread.yield();
            }
            now = step();
            if (now == OPEN) {
                return true;
            }
        }
        leave();
        if (Checking.ON) {
            throw owner.usedAfterClose(call);
        }
        return false;
    }

    /** The call has ended. */
    void leave() {
        INSIDE.setRelease(this, 0); // pairs with awaitEmpty: the call is over
        if (Checking.ON) {
            CALLER.setRelease(this, null);
        }
    }

    private void claim(final AbstractResource owner) {
        final Thread other = (Thread)CALLER.compareAndExchange(this, (Thread)null, Thread.currentThread());
        if (other != null) {
            throw MisuseException.twoThreads(call + " of " + owner.describe(), other);
        }
    }

    /** No call begins any more; {@link #awaitEmpty} waits for the one under way, after a {@link GlobalFence}. */
    void shut() {
        state = SHUT;
    }

    /** The same, for a moment: who comes meanwhile waits until it is opened again. Not in a call on the same object. */
    void pause() {
        state = PAUSED;
    }

    void awaitEmpty() {
        while ((int)INSIDE.getAcquire(this) != 0) { // pairs with leave
            Thread.onSpinWait();
            Thread.yield();
        }
    }

    /** The device refused to destroy the object, or the pause is over. */
    void open() {
        state = OPEN;
    }
}
