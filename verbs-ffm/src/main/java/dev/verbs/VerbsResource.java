package dev.verbs;

/**
 * Something that a device holds for the program until it is closed.
 *
 * <p>Close in the reverse order of creation. {@link #close()} is idempotent and may be called by any thread; it refuses with
 * {@link VerbsException} (EBUSY), names the children and changes nothing while other resources depend on this one. It waits for
 * calls of other threads that are under way: what the device holds is never used after it was given back. Each type says which
 * calls any thread may make, and which one thread at a time. No C counterpart: each type has its own.
 */
public interface VerbsResource extends AutoCloseable {
    /**
     * What it is, for messages. No C counterpart.
     *
     * @return its kind and number, such as {@code QP 17}
     */
    String describe();

    /**
     * Whether it can be used. No C counterpart.
     *
     * @return false once it was closed
     */
    boolean isOpen();

    /**
     * Gives the resource back to the device; does nothing if that has happened. C: {@code ibv_destroy_*}, {@code ibv_dealloc_*},
     * {@code ibv_dereg_mr}, {@code ibv_close_device}, {@code rdma_destroy_*}.
     *
     * @throws VerbsException if other resources depend on it, or if the device refuses
     */
    @Override
    void close();
}
