package dev.verbs.fuzz;

import dev.verbs.AccessFlags;
import dev.verbs.AsyncEvent;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.MemoryWindow;
import dev.verbs.QpState;
import dev.verbs.RcEndpoint;
import dev.verbs.RcTuning;
import dev.verbs.SharedReceiveQueue;
import dev.verbs.UcEndpoint;
import dev.verbs.UdEndpoint;
import dev.verbs.VerbsResource;
import dev.verbs.WorkCompletions;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.Waiting;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/**
 * One sequence: what queue pairs do and what completes, against what is known of each. Everything else is done by
 * {@link Resources}.
 */
final class World implements AutoCloseable {
    private final Slots slots;
    private final Oracle oracle = new Oracle();
    private final Resources resources;
    private final Windows windows;
    private final Posts posts;
    private final Batches batches;
    private final WorkCompletions completions = WorkCompletions.allocate(Arena.ofAuto(), 16);
    private long successes;

    World(final Context context) {
        this.slots = new Slots(context);
        this.windows = new Windows(slots);
        this.resources = new Resources(slots, windows, oracle);
        this.posts = new Posts(slots, windows);
        this.batches = new Batches(slots, posts, windows, oracle);
    }

    /** What is done, and what is expected of it. */
    Oracle oracle() {
        return oracle;
    }

    /** Requests that succeeded. */
    long successes() {
        return successes;
    }

    /** Batches that were accepted. */
    long batches() {
        return batches.accepted();
    }

    /** Windows that were bound. */
    long binds() {
        return windows.binds();
    }

    /** Whether the objects that a call needs were ever slots.made. */
    boolean isApplicable(final Call call) {
        return switch (call.kind()) {
            case ALLOCATE_PD, CREATE_CQ -> true;
            case CLOSE_PD, REGISTER -> slots.pds[call.a() % slots.pds.length] != null;
            case CLOSE_REGION -> slots.regions[call.a() % Slots.SLOTS] != null;
            case CLOSE_CQ, POLL, REQUEST_NOTIFICATION, RESIZE_CQ -> slots.cqs[call.a() % slots.cqs.length] != null;
            case CREATE_QP -> slots.pds[call.b() % slots.pds.length] != null && slots.cqs[call.c() % slots.cqs.length] != null
                && slots.cqs[call.d() % slots.cqs.length] != null;
            case CLOSE_QP, MODIFY, QUERY -> slots.qps[call.a() % Slots.SLOTS] != null;
            case POST_SEND, POST_RECEIVE, BATCH -> slots.qps[call.a() % Slots.SLOTS] != null;
            case CONNECT -> slots.qps[call.a() % Slots.SLOTS] != null && slots.qps[call.b() % Slots.SLOTS] != null;
            case CLOSE_CONTEXT, ASYNC_EVENT -> true;
            case CREATE_SRQ, CREATE_HANDLE, ALLOCATE_WINDOW -> slots.pds[call.a() % slots.pds.length] != null;
            case CLOSE_HANDLE -> slots.handles[call.a() % slots.handles.length] != null;
            case CLOSE_WINDOW -> slots.windows[call.a() % slots.windows.length] != null;
            case CLOSE_SRQ, POST_SRQ, ARM_SRQ -> slots.srqs[call.a() % slots.srqs.length] != null;
        };
    }

    void apply(final Call call) {
        switch (call.kind()) {
            case ALLOCATE_PD -> resources.allocatePd(call);
            case CLOSE_PD -> resources.closePd(call);
            case REGISTER -> resources.register(call);
            case CLOSE_REGION -> resources.closeRegion(call);
            case CREATE_CQ -> resources.createCq(call);
            case CLOSE_CQ -> resources.closeCq(call);
            case CREATE_QP -> resources.createQp(call);
            case CLOSE_QP -> resources.closeQp(call.a() % Slots.SLOTS);
            case MODIFY -> modify(call);
            case CONNECT -> connect(call);
            case POST_SEND -> posts.send(slots.qps[call.a() % Slots.SLOTS], call, oracle::tell);
            case BATCH -> batches.run(slots.qps[call.a() % Slots.SLOTS], call);
            case POST_RECEIVE -> posts.receive(slots.qps[call.a() % Slots.SLOTS], call, oracle::tell);
            case POLL -> poll(call.a() % slots.cqs.length);
            case QUERY -> query(call);
            case REQUEST_NOTIFICATION -> requestNotification(call);
            case CREATE_SRQ -> resources.createSrq(call);
            case CLOSE_SRQ -> resources.closeSrq(call);
            case POST_SRQ -> posts.receive(slots.srqs[call.a() % slots.srqs.length], slots.srqPd[call.a() % slots.srqs.length], call,
                oracle::tell);
            case ARM_SRQ -> resources.armSrq(call);
            case CREATE_HANDLE -> resources.createHandle(call);
            case CLOSE_HANDLE -> resources.closeHandle(call);
            case ALLOCATE_WINDOW -> resources.allocateWindow(call);
            case CLOSE_WINDOW -> resources.closeWindow(call);
            case RESIZE_CQ -> resources.resizeCq(call);
            case ASYNC_EVENT -> asyncEvent();
            case CLOSE_CONTEXT -> oracle.expect("close slots.context", slots.context::close, EnumSet.noneOf(QpState.class), Errno.EBUSY);
        }
        for (final QpModel qp : slots.qps) {
            if (qp != null && qp.qp.isOpen()) {
                qp.mayFail(posts.sent());
                qp.checkInFlight();
            }
        }
    }

    private void modify(final Call call) {
        final int slot = call.a() % Slots.SLOTS;
        final QpModel qp = slots.qps[slot];
        final Modification wanted = Modification.of(call, qp, slots.qps[call.d() % Slots.SLOTS] == null ? 1
            : slots.qps[call.d() % Slots.SLOTS].qp.number(),
            slots.port);
        if (!qp.qp.isOpen()) {
            oracle.expect("modify QP" + slot, () -> qp.qp.modify(wanted.attributes()), wanted, Errno.EBADF);
            return;
        }
        final boolean may = qp.possible.stream().anyMatch(wanted::isLegalFrom);
        final boolean drains = !TestProvider.isSoft() && wanted.target() != QpState.ERR && qp.possible.contains(QpState.SQD);
        final boolean must = !drains && qp.possible.stream().allMatch(wanted::isLegalFrom); // rdma_rxe: not while it drains
        final int outcome = may && must ? oracle.expect("modify QP" + slot, () -> qp.qp.modify(wanted.attributes()), wanted, Oracle.OK)
            : may ? oracle.expect("modify QP" + slot, () -> qp.qp.modify(wanted.attributes()), wanted, Oracle.OK, Errno.EINVAL)
            : oracle.expect("modify QP" + slot, () -> qp.qp.modify(wanted.attributes()), wanted, Errno.EINVAL);
        if (outcome == Oracle.OK) {
            if (wanted.target() == QpState.RESET) {
                qp.forget();
            }
            qp.possible = EnumSet.of(wanted.target());
        }
    }

    private void connect(final Call call) {
        final QpModel a = slots.qps[call.a() % Slots.SLOTS];
        final QpModel b = slots.qps[call.b() % Slots.SLOTS];
        final EnumSet<QpState> reset = EnumSet.of(QpState.RESET);
        if (!a.qp.isOpen() || !b.qp.isOpen() || a.qp.config().type() != b.qp.config().type()
            || !a.possible.equals(reset) || !b.possible.equals(reset)) {
            return;
        }
        final int access = call.c() & (AccessFlags.REMOTE_WRITE | AccessFlags.REMOTE_READ | AccessFlags.REMOTE_ATOMIC)
            | AccessFlags.LOCAL_WRITE;
        final int psn = call.d() & RcEndpoint.PSN_MASK;
        oracle.expect("connect QP" + call.a() % Slots.SLOTS + " and QP" + call.b() % Slots.SLOTS, () -> {
            start(a, b, access, psn);
            if (a != b) {
                start(b, a, access, psn);
            }
        }, "access 0x" + Integer.toHexString(access), Oracle.OK);
        for (final QpModel qp : List.of(a, b)) {
            qp.possible = EnumSet.of(QpState.RTS);
        }
    }

    private void start(final QpModel qp, final QpModel peer, final int access, final int psn) {
        switch (qp.qp.config().type()) {
            case RC -> {
                RcEndpoint.init(qp.qp, slots.port, access);
                RcEndpoint.of(peer.qp, slots.port, psn).connect(qp.qp, slots.port, psn, RcTuning.DEFAULT);
            }
            case UC -> {
                UcEndpoint.init(qp.qp, slots.port, access);
                UcEndpoint.of(peer.qp, slots.port, psn).connect(qp.qp, slots.port, psn);
            }
            default -> {
                UdEndpoint.init(qp.qp, slots.port, Modification.QKEY);
                UdEndpoint.start(qp.qp, psn);
            }
        }
    }

    private void query(final Call call) {
        final int slot = call.a() % Slots.SLOTS;
        final QpModel qp = slots.qps[slot];
        if (!qp.qp.isOpen()) {
            oracle.expect("query QP" + slot, qp.qp::query, "", Errno.EBADF);
            return;
        }
        final QpState found = qp.qp.state();
        oracle.tell(() -> "query QP" + slot + ": " + found);
        qp.observed(found);
    }

    private void requestNotification(final Call call) {
        final int slot = call.a() % slots.cqs.length;
        if (!slots.cqs[slot].isOpen()) {
            oracle.expect("arm CQ" + slot, () -> slots.cqs[slot].requestNotification(false), "", Errno.EBADF);
        } else {
            oracle.expect("arm CQ" + slot, () -> slots.cqs[slot].requestNotification(call.b() % 2 == 0), "", Oracle.OK, Errno.EINVAL);
        }
    }

    /** Whatever it is, it is about something that was slots.made, or about the device. */
    private void asyncEvent() {
        final AsyncEvent event = slots.context.awaitAsyncEvent(Duration.ZERO);
        oracle.tell(() -> "event: " + event);
        if (event != null && event.element() != null && !slots.made.contains(event.element())) {
            throw new Violation("an event about something of somebody else: " + event);
        }
    }

    private int poll(final int slot) {
        final CompletionQueue cq = slots.cqs[slot];
        final int count = cq.poll(completions);
        oracle.tell(() -> "poll CQ" + slot + ": " + count);
        if (!cq.isOpen()) {
            if (count != CompletionQueue.CLOSED) {
                throw new Violation("poll of a closed queue returned " + count);
            }
            return 0;
        }
        if (count < 0 && !slots.small.contains(cq)) {
            throw new Violation("poll of CQ" + slot + " returned " + count);
        }
        for (int i = 0; i < count; i++) {
            final int index = i;
            oracle.tell(() -> "    " + completions.describe(index));
            final Request request = posts.find(completions.wrId(i));
            if (request != null && request.shared && request.qp == null) {
                request.qp = slots.byNumber(completions.qpNumber(i));
            }
            if (request == null || request.qp == null || request.qp.qp.number() != completions.qpNumber(i)) {
                throw new Violation("a completion of nothing that was posted: " + completions.describe(i));
            }
            request.qp.mayFail(posts.sent()); // a device works on its own: since its state was asked for, too
            request.qp.completed(request, completions.status(i));
            if (completions.isSuccess(i)) {
                windows.succeeded(request.wrId);
            }
            successes += completions.isSuccess(i) ? 1 : 0;
        }
        return count;
    }

    /** Takes every queue pair to ERR, waits for what they owe, then closes everything: nothing may refuse. */
    void finish() {
        for (final QpModel qp : slots.qps) {
            if (qp != null && qp.qp.isOpen()) {
                drain(qp);
                windows.leave(qp, oracle);
            }
        }
        for (final QpModel qp : slots.qps) {
            if (qp != null && qp.qp.isOpen()) {
                oracle.expect("close " + qp.qp.describe(), qp.qp::close, "", Oracle.OK);
                qp.forget();
            }
        }
        for (final SharedReceiveQueue srq : slots.srqs) {
            if (srq != null) {
                oracle.expect("close " + srq.describe(), srq::close, "", Oracle.OK); // its receives hold the slots.regions
            }
        }
        for (final VerbsResource resource : slots.made) { // one may be bound to a region that was registered after it
            if (resource instanceof MemoryWindow) {
                oracle.expect("close " + resource.describe(), resource::close, "", Oracle.OK);
            }
        }
        for (int i = slots.made.size() - 1; i >= 0; i--) {
            final VerbsResource resource = slots.made.get(i);
            oracle.expect("close " + resource.describe(), resource::close, "", Oracle.OK);
        }
        oracle.expect("close slots.context", slots.context::close, "", Oracle.OK);
    }

    private void drain(final QpModel qp) {
        final QpState found = qp.qp.state();
        qp.mayFail(posts.sent());
        qp.observed(found);
        if (found == QpState.RESET || qp.lossy) {
            return;
        }
        final boolean done = Waiting.until(TestProvider.deadline(), () -> {
            if (qp.owed().isEmpty()) {
                return true;
            }
            // rdma_rxe looks at the receives of a queue pair in ERR only when something happens: tell it again and again
            if (!qp.possible.equals(EnumSet.of(QpState.ERR)) || !TestProvider.isSoft()) {
                oracle.expect("modify " + qp.qp.describe(), () -> qp.qp.modify(Modification.toError()), "to ERR", Oracle.OK);
                qp.possible = EnumSet.of(QpState.ERR);
            }
            poll(qp.sendCq);
            poll(qp.receiveCq);
            return qp.owed().isEmpty();
        });
        if (!done) {
            throw new Violation("never completed, nor flushed, within " + TestProvider.deadline() + ": " + qp.owed());
        }
    }

    @Override
    public void close() {
        slots.close();
    }
}
