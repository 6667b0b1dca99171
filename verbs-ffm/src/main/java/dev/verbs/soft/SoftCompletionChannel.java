package dev.verbs.soft;

import dev.verbs.CompletionChannel;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.spi.AbstractResource;
import java.time.Duration;

/** Announcements of completion queues. */
final class SoftCompletionChannel extends AbstractResource implements CompletionChannel {
    private final SoftContext context;
    private final EventQueue<CompletionQueue> events;

    SoftCompletionChannel(final SoftContext context) {
        super(context);
        this.context = context;
        this.events = new EventQueue<>(context.fabric());
    }

    @Override
    public Context context() {
        return context;
    }

    void announce(final SoftCompletionQueue queue) {
        events.add(queue);
    }

    /** The queue is closed: its announcements count as acknowledged. */
    void forget(final SoftCompletionQueue queue) {
        events.remove(event -> event == queue);
    }

    @Override
    public CompletionQueue await(final Duration timeout) {
        return events.await(timeout, "ibv_get_cq_event");
    }

    @Override
    public int fd() {
        requireOpen("ibv_create_comp_channel");
        throw new VerbsException("ibv_create_comp_channel", Errno.EOPNOTSUPP, "the software device lives in this JVM and has no file "
            + "descriptor: wait with await, or look with poll");
    }

    @Override
    public String describe() {
        return "completion channel";
    }

    @Override
    protected String closeVerb() {
        return "ibv_destroy_comp_channel";
    }

    @Override
    protected void release() {
        events.close();
    }
}
