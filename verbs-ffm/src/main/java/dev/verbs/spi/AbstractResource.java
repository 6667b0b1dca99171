package dev.verbs.spi;

import dev.verbs.Checking;
import dev.verbs.Errno;
import dev.verbs.MisuseException;
import dev.verbs.VerbsException;
import dev.verbs.VerbsResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Ownership for every provider: a resource knows what depends on it, refuses to close before, and closes once.
 *
 * <p>Any thread. Lock order: a resource, then its parents, as at creation; a child leaves its parents without their locks.
 */
public abstract class AbstractResource implements VerbsResource {
    /** Replaced by {@link #moveTo}, under this object's lock. */
    private volatile List<AbstractResource> parents;
    private final Set<AbstractResource> children = ConcurrentHashMap.newKeySet();
    /** Set-up calls of any thread that touch what the device holds. */
    private final SharedGate calls = new SharedGate();
    /** Written under this object's lock; read by any thread. */
    private volatile boolean open = true;
    /** Who closed it and where; in the checking mode only. */
    private volatile Throwable closing;

    /**
     * A resource that depends on others.
     *
     * @param parents what it depends on, all open; none for a root
     * @throws VerbsException (EBADF) if one of them is closed
     */
    @SuppressWarnings("this-escape") // a parent only counts and names its children
    protected AbstractResource(final AbstractResource... parents) {
        this.parents = List.of(parents);
        for (int i = 0; i < parents.length; i++) {
            if (!parents[i].adopt(this)) {
                for (int j = 0; j < i; j++) {
                    parents[j].children.remove(this);
                }
                throw new VerbsException("create", Errno.EBADF, parents[i].describe() + " is closed");
            }
        }
    }

    private synchronized boolean adopt(final AbstractResource child) {
        return open && children.add(child);
    }

    /**
     * Makes this depend on another resource instead of one that it depended on. While the device moves it, neither can be closed.
     *
     * @param from what it depends on now
     * @param to   what it depends on afterwards, another resource
     * @param move what the device does; if it throws, nothing has changed
     * @throws VerbsException (EBADF) if the new one is closed; nothing has changed then
     */
    protected final synchronized void moveTo(final AbstractResource from, final AbstractResource to, final Runnable move) {
        if (!to.adopt(this)) {
            throw new VerbsException("move", Errno.EBADF, to.describe() + " is closed");
        }
        try {
            move.run();
        } catch (final RuntimeException | Error e) {
            to.children.remove(this);
            throw e;
        }
        parents = parents.stream().map(parent -> parent == from ? to : parent).toList();
        from.children.remove(this);
    }

    @Override
    public final boolean isOpen() {
        return open;
    }

    /**
     * Refuses set-up calls on a closed resource.
     *
     * @param verb the C verb that was called
     * @throws VerbsException (EBADF) if this is closed
     */
    protected final void requireOpen(final String verb) {
        if (!open) {
            throw closed(verb);
        }
    }

    /** A set-up call on something closed. */
    final VerbsException closed(final String verb) {
        final VerbsException refused = new VerbsException(verb, Errno.EBADF, describe() + " is closed");
        if (closing != null) {
            refused.initCause(closing);
        }
        return refused;
    }

    /**
     * Refuses other resources that are closed, before their native parts are touched.
     *
     * @param verb  the C verb that was called
     * @param other what it was given
     * @throws VerbsException (EBADF) if it is closed
     */
    protected static void requireOpen(final String verb, final AbstractResource other) {
        other.requireOpen(verb);
    }

    /**
     * Makes a child while this cannot be closed.
     *
     * @param verb    the C verb that makes it
     * @param factory makes it
     * @param <T>     its type
     * @return the child
     */
    protected final synchronized <T> T create(final String verb, final Supplier<T> factory) {
        requireOpen(verb);
        return factory.get();
    }

    @Override
    public final void close() {
        if (open) {
            checkCaller();
        }
        while (!tryClose()) {
            Thread.yield(); // a set-up call is under way, which may need this object's lock
        }
        for (final AbstractResource parent : parents) {
            parent.children.remove(this);
        }
    }

    private synchronized boolean tryClose() {
        if (!open) {
            return true;
        }
        final List<String> dependants = children.stream().map(AbstractResource::describe).sorted().toList(); // they leave any time
        if (!dependants.isEmpty()) {
            throw new VerbsException(closeVerb(), Errno.EBUSY, describe() + " still has " + String.join(", ", dependants)
                + ": close what was made from it first");
        }
        checkIdle();
        if (!calls.tryShut()) {
            return false;
        }
        shut();
        try {
            release();
        } catch (final RuntimeException | Error e) {
            reopen();
            calls.open();
            throw e;
        }
        if (Checking.ON) {
            closing = new Throwable(describe() + " was closed by " + Thread.currentThread().getName());
        }
        open = false;
        return true;
    }

    /**
     * The C verb that destroys this, for messages.
     *
     * @return its name
     */
    protected abstract String closeVerb();

    /**
     * Runs a call that touches what the device holds, while this cannot be closed: a close waits for its end. Any thread; such
     * calls do not exclude each other. The call must not block.
     *
     * @param verb the C verb, for messages
     * @param call what to do
     * @param <T>  its result
     * @return what it returned
     * @throws VerbsException (EBADF) if this is closed
     */
    protected final <T> T whileOpen(final String verb, final Supplier<T> call) {
        if (!calls.enter()) {
            throw closed(verb);
        }
        try {
            return call.get();
        } finally {
            calls.leave();
        }
    }

    /** Keeps this from being closed until {@link #leaveCall}; false if it is closed. For posts: allocates nothing. Any thread. */
    final boolean enterCall() {
        return calls.enter();
    }

    final void leaveCall() {
        calls.leave();
    }

    /**
     * Runs a call that passes other resources to the device, while none of them can be closed.
     *
     * @param verb   the C verb, for messages
     * @param others what is passed
     * @param call   what to do
     * @param <T>    its result
     * @return what it returned
     * @throws VerbsException (EBADF) if one of them is closed
     */
    protected static <T> T whileOpen(final String verb, final List<? extends AbstractResource> others, final Supplier<T> call) {
        return others.isEmpty() ? call.get()
            : others.getFirst().whileOpen(verb, () -> whileOpen(verb, others.subList(1, others.size()), call));
    }

    /** Lets no call on the hot path begin any more and waits for those under way: a close has been decided. */
    void shut() {
    }

    /** Undoes {@link #shut}: the device refused. */
    void reopen() {
    }

    /** What the checking mode says of a call on something closed. */
    final MisuseException usedAfterClose(final String call) {
        final Throwable where = closing;
        return new MisuseException(Thread.currentThread().getName() + " came into " + call + " of " + describe() + " after "
            + (where == null ? "another thread began to close it" : where.getMessage().replaceFirst("^.* was ", "it was ")), where);
    }

    /** Refuses to close with a {@link VerbsException} where the calling thread would wait for itself; before any lock is taken. */
    void checkCaller() {
    }

    /** Refuses to close with a {@link VerbsException} while something is going on; allows it by default. */
    protected void checkIdle() {
    }

    /**
     * Gives the resource back to the device; called once, under this object's lock.
     *
     * @throws VerbsException if the device refuses: the resource stays open
     */
    protected abstract void release();

    /**
     * What depends on this directly.
     *
     * @return a snapshot
     */
    protected final List<AbstractResource> children() {
        return List.copyOf(children);
    }

    /**
     * What depends on this, directly or not.
     *
     * @return each resource once
     */
    protected final List<AbstractResource> descendants() {
        final List<AbstractResource> found = new ArrayList<>();
        collect(found);
        return found;
    }

    private void collect(final List<AbstractResource> found) {
        for (final AbstractResource child : children) {
            if (!found.contains(child)) {
                found.add(child);
                child.collect(found);
            }
        }
    }

    @Override
    public String toString() {
        return describe() + (open ? "" : " (closed)");
    }
}
