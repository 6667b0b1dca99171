package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.QpState;
import dev.verbs.RecvWrDescriptor;
import dev.verbs.SendFlags;
import dev.verbs.SendWrDescriptor;
import dev.verbs.SgeDescriptor;
import dev.verbs.VerbsResource;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The events of a fabric, one line each, in columns that are divided by blanks; only the last one, the details, has blanks in it.
 *
 * <pre>
 *   # fabric time host who event details
 *   f1 000000359824384 soft QP18       post     SEND wr_id=2 bytes=4096 flags=SIGNALED from=region#2+4096:4096
 *   f1 000000360017191 soft QP18       transfer SEND to=QP17 bytes=4096 psn=15648303 from=region#2+4096:4096 into=region#1+4096:4096
 *   f1 000000360097901 soft QP17       complete recv wr_id=1 SUCCESS RECV bytes=4096 cq=cq#1
 *   f1 000000360162237 soft QP18       complete send wr_id=2 SUCCESS SEND bytes=4096 cq=cq#2
 * </pre>
 *
 * <p>The first column is of the file only. Time is nanoseconds since the fabric began, on its clock, and never runs backwards. Who: a
 * queue pair, a completion queue ({@code cq#1}), a shared receive queue ({@code srq#0}), an identifier of the connection manager
 * ({@code id#1}), a region ({@code region#1}), each numbered in the order of creation, or {@code -}.
 *
 * <table>
 * <caption>Events</caption>
 * <tr><th>create, close</th><td>a queue pair; a region, with its keys</td></tr>
 * <tr><th>state</th><td>a queue pair changed its state; for ERR and SQE with the refusal that it failed for</td></tr>
 * <tr><th>post</th><td>a request or receive was accepted</td></tr>
 * <tr><th>refuse</th><td>a post was refused: errno and reason</td></tr>
 * <tr><th>transfer</th><td>bytes of a message were moved, from and into which part of which region</td></tr>
 * <tr><th>complete</th><td>a completion was added to its queue; one with an error has the number of its refusal, and the reason</td></tr>
 * <tr><th>overflow</th><td>a completion found its queue full</td></tr>
 * <tr><th>wait</th><td>a request was not answered, or found no receive, and waits to be tried again</td></tr>
 * <tr><th>loss</th><td>an unreliable service lost a message: a name of {@link Loss}, and the reason</td></tr>
 * <tr><th>async</th><td>an asynchronous event was raised</td></tr>
 * <tr><th>measured</th><td>an agent's CPU time decides what comes when: the log is not reproducible</td></tr>
 * <tr><th>fault</th><td>a host dies, or its connections are dropped</td></tr>
 * <tr><th>cm</th><td>an identifier of the connection manager sent a message, or its program was told an event</td></tr>
 * </table>
 *
 * <p>Addresses are told as region and offset, so that two runs of one program on one seed and one clock, in one thread, give the same
 * lines. Any thread, under any lock of the device; allocates.
 */
final class Trace {
    static final String HEADER = "# fabric time host who event details: see dev.verbs.soft.Trace";
    private static final String LINE = "%015d %-4s %-10s %-8s %s";
    private static final Pattern BLANK = Pattern.compile("\\s");

    private final Consumer<String> sink;
    private final SoftFabric fabric;
    /** Under this object's lock. */
    private long last;

    /** Lines come without line ends, one at a time. */
    Trace(final SoftFabric fabric, final Consumer<String> sink) {
        this.fabric = fabric;
        this.sink = sink;
    }

    /** Adds a line. */
    void add(final String host, final String who, final String event, final String details) {
        synchronized (this) {
            last = Math.max(last, fabric.nanoTime());
            sink.accept(String.format(Locale.ROOT, LINE, last, BLANK.matcher(host).replaceAll("_"), who, event, details));
        }
    }

    private void add(final SoftQueuePair qp, final String event, final String details) {
        add(qp.host().name(), "QP" + qp.number(), event, details);
    }

    /** What the third column calls a queue. */
    static String name(final VerbsResource element) {
        return switch (element) {
            case SoftQueuePair qp -> "QP" + qp.number();
            case SoftCompletionQueue cq -> cq.label();
            case SoftSharedReceiveQueue srq -> srq.label();
            case null, default -> "-";
        };
    }

    void created(final SoftQueuePair qp) {
        add(qp, "create", qp.service() + " pd=" + qp.domain().number() + " send_cq=" + qp.sendQueueCq().label() + " recv_cq="
            + qp.receiveQueueCq().label() + " send=" + qp.config().maxSendWr() + " recv=" + qp.config().maxReceiveWr());
    }

    void closed(final SoftQueuePair qp) {
        add(qp, "close", "-");
    }

    void created(final SoftMemoryRegion region, final SoftProtectionDomain domain) {
        add(domain.context().host().name(), "region#" + region.number(), "create", "bytes=" + region.length() + " pd=" + domain.number()
            + " lkey=" + MemoryReasons.hex(region.lkey()) + " rkey=" + MemoryReasons.hex(region.rkey()) + " access="
            + MemoryReasons.names(region.access()));
    }

    void closed(final SoftMemoryRegion region, final SoftProtectionDomain domain) {
        add(domain.context().host().name(), "region#" + region.number(), "close", "-");
    }

    void changed(final SoftQueuePair qp, final QpState from, final QpState to, final int cause) {
        if (from != to) {
            add(qp, "state", from + " -> " + to + (cause == 0 ? "" : because(cause)));
        }
    }

    private String because(final int refusal) {
        final String reason = fabric.journal().reason(refusal);
        return " refusal=" + refusal + (reason == null ? "" : " reason=" + reason);
    }

    void posted(final SoftQueuePair qp, final MemorySegment list, final long at) {
        final int flags = SendWrDescriptor.sendFlags(list, at);
        add(qp, "post", QpReasons.opcode(SendWrDescriptor.opcode(list, at)) + " wr_id=" + SendWrDescriptor.wrId(list, at)
            + " bytes=" + ChunkList.sum(list, SendWrDescriptor.sgList(list, at) - list.address(), SendWrDescriptor.numSge(list, at))
            + " flags=" + (flags == 0 ? "none" : String.join("|", SendFlags.names(flags))) + " from=" + local(list, at));
    }

    /** Receives of a list that were accepted: the chain from the head to the refused one. */
    void postedReceives(final String host, final String who, final MemorySegment list, final long head, final long refused) {
        for (long address = head; address != 0 && address != refused; address = RecvWrDescriptor.next(list, address - list.address())) {
            final long at = address - list.address();
            final long sges = RecvWrDescriptor.sgList(list, at) - list.address();
            final int entries = RecvWrDescriptor.numSge(list, at);
            add(host, who, "post", "RECV wr_id=" + RecvWrDescriptor.wrId(list, at) + " bytes=" + ChunkList.sum(list, sges, entries)
                + " into=" + entries(list, sges, entries, Long.MAX_VALUE));
        }
    }

    /** A post was refused. */
    void refused(final String host, final String who, final String what, final int errno, final String reason) {
        add(host, who, "refuse", what + " " + Errno.name(errno) + " reason=" + reason);
    }

    /** A message was moved; the target of one that fills a receive: its entries. */
    void moved(final SoftQueuePair from, final SoftQueuePair to, final MemorySegment list, final long at, final long length,
        final MemorySegment receives, final long slot) {
        final int opcode = SendWrDescriptor.opcode(list, at);
        final int kind = Operation.kind(opcode);
        final String near = length == 0 ? "-" : local(list, at);
        final String far = length == 0 ? "-" : !Operation.is(kind, Operation.SEND) ? remote(kind, list, at, length)
            : entries(receives, slot + RecvWrDescriptor.SIZE, RecvWrDescriptor.numSge(receives, slot), length);
        final boolean fetches = Operation.fetches(kind);
        add(from, "transfer", QpReasons.opcode(opcode) + " to=QP" + to.number() + " bytes=" + length + " psn=" + from.sendPsn() + " from="
            + (fetches ? far : near) + " into=" + (fetches ? near : far));
    }

    void completed(final SoftQueuePair qp, final SoftCompletionQueue cq, final boolean receive, final long wrId, final int status,
        final int reason, final int opcode, final long length) {
        final boolean success = status == WcStatus.SUCCESS.code();
        add(qp, "complete", (receive ? "recv" : "send") + " wr_id=" + wrId + " " + WcStatus.of(status) + (success ? " "
            + WcOpcode.of(opcode) + " bytes=" + length + " cq=" + cq.label() : " cq=" + cq.label() + because(reason)));
    }

    void overflowed(final SoftQueuePair qp, final SoftCompletionQueue cq, final boolean receive, final long wrId, final int status) {
        add(qp, "overflow", (receive ? "recv" : "send") + " wr_id=" + wrId + " " + WcStatus.of(status) + " cq=" + cq.label());
    }

    void waits(final SoftQueuePair qp, final String why, final long delayNs) {
        add(qp, "wait", "ns=" + delayNs + " reason=" + why);
    }

    void lost(final SoftQueuePair sender, final Loss loss, final String why) {
        add(sender, "loss", loss + " reason=" + why);
    }

    /** Local entries of a send request. */
    private String local(final MemorySegment list, final long at) {
        final long sges = SendWrDescriptor.sgList(list, at) - list.address();
        final int entries = SendWrDescriptor.numSge(list, at);
        return (SendWrDescriptor.sendFlags(list, at) & SendFlags.INLINE) != 0 ? "inline:" + ChunkList.sum(list, sges, entries)
            : entries(list, sges, entries, Long.MAX_VALUE);
    }

    private String entries(final MemorySegment list, final long at, final int entries, final long most) {
        final StringBuilder text = new StringBuilder();
        long left = most;
        for (int i = 0; i < entries && left > 0; i++) {
            final long entry = at + i * SgeDescriptor.SIZE;
            final long length = Math.min(left, SgeDescriptor.length(list, entry));
            left -= length;
            text.append(text.isEmpty() ? "" : ",").append(part(fabric.keys().local(SgeDescriptor.lkey(list, entry)),
                SgeDescriptor.lkey(list, entry), SgeDescriptor.address(list, entry), length));
        }
        return text.isEmpty() ? "-" : text.toString();
    }

    private String remote(final int kind, final MemorySegment list, final long at, final long length) {
        final int key = Operation.is(kind, Operation.ATOMIC) ? SendWrDescriptor.atomicRkey(list, at)
            : SendWrDescriptor.rkey(list, at);
        final long address = SendWrDescriptor.remoteAddress(list, at);
        final SoftMemoryWindow window = fabric.windows().find(key);
        return window != null ? "window=" + MemoryReasons.hex(key) + "=" + window.label(address) + ":" + length
            : part(fabric.keys().remote(key), key, address, length);
    }

    private static String part(final SoftMemoryRegion region, final int key, final long address, final long length) {
        return (region == null || !region.covers(address, length) ? "key=" + MemoryReasons.hex(key)
            : "region#" + region.number() + "+" + region.offset(address)) + ":" + length;
    }
}
