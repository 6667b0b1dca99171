package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.cm.CmEvent;
import dev.verbs.cm.CmEventChannel;
import dev.verbs.cm.CmEventType;
import dev.verbs.cm.CmId;
import dev.verbs.cm.PortSpace;
import dev.verbs.spi.AbstractResource;
import java.time.Duration;
import java.util.List;

/** Events of connection identifiers. */
final class SoftCmChannel extends AbstractResource implements CmEventChannel {
    private final SoftHost host;
    private final EventQueue<CmEvent> events;

    SoftCmChannel(final SoftHost host) {
        super(host.root());
        this.host = host;
        this.events = new EventQueue<>(host.fabric());
    }

    SoftHost host() {
        return host;
    }

    SoftFabric fabric() {
        return host.fabric();
    }

    @Override
    public CmId createId(final PortSpace space) {
        if (space == PortSpace.UNKNOWN) {
            throw new IllegalArgumentException("no port space of this library");
        }
        return create("rdma_create_id", () -> new SoftCmId(this, space));
    }

    @Override
    public int fd() {
        requireOpen("rdma_event_channel");
        throw new VerbsException("rdma_event_channel", Errno.EOPNOTSUPP, "the software device lives inside this JVM and has no "
            + "file descriptors: wait with await");
    }

    @Override
    public String nameOf(final CmEventType type) {
        return type == CmEventType.UNKNOWN ? "UNKNOWN EVENT" : "RDMA_CM_EVENT_" + type;
    }

    void add(final CmEvent event) {
        events.add(event);
    }

    /** Connection requests of a listener that nobody has taken. */
    long waitingRequests(final SoftCmId listener) {
        return events.count(event -> event.listener() == listener);
    }

    /** Takes the events of an id out. */
    List<CmEvent> take(final CmId id) {
        return events.remove(event -> event.id() == id || event.listener() == id);
    }

    /** Takes the events of a closed id out; returns the connection requests among them, whose ids are to be closed. */
    List<CmId> forget(final SoftCmId id) {
        return take(id).stream().filter(event -> event.listener() == id).map(CmEvent::id).toList();
    }

    @Override
    public CmEvent await(final Duration timeout) {
        return events.await(timeout, "rdma_get_cm_event");
    }

    @Override
    public String describe() {
        return "CM event channel";
    }

    @Override
    protected String closeVerb() {
        return "rdma_destroy_event_channel";
    }

    @Override
    protected void release() {
        events.close();
    }
}
