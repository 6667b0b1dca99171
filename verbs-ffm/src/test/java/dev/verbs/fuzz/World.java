package dev.verbs.fuzz;

import dev.verbs.AccessFlags;
import dev.verbs.AsyncEvent;
import dev.verbs.CompletionChannel;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.MemoryRegion;
import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.ProtectionDomain;
import dev.verbs.QpState;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.RcEndpoint;
import dev.verbs.RcTuning;
import dev.verbs.SharedReceiveQueue;
import dev.verbs.SrqConfig;
import dev.verbs.VerbsException;
import dev.verbs.VerbsResource;
import dev.verbs.WorkCompletions;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.Waiting;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Supplier;

/**
 * The objects of one sequence in numbered slots, and what is known of each. Every call is done on the device and compared with
 * what the oracle allows; closed objects stay in their slots, so that they are used after they were closed.
 */
final class World implements AutoCloseable {
    /** Any refusal that is not one of an argument. */
    private static final int ILLEGAL_ARGUMENT = -1;
    private static final int OK = 0;
    private static final int SLOTS = 4;
    private static final int[] ENTRIES = {-1, 0, 1 << 30, 1, 16, 256, 256, 256, 1024};
    private static final int[] SIZES = {0, 1, 8, 4096, 4096, 4096, 65_537};
    private static final int ENTRIES_FOR_ALL = 256;

    private final Context context;
    private final PortSelection port;
    private final CompletionChannel channel;
    private final ProtectionDomain[] pds = new ProtectionDomain[2];
    private final CompletionQueue[] cqs = new CompletionQueue[3];
    private final MemoryRegion[] regions = new MemoryRegion[SLOTS];
    private final int[] regionPd = new int[SLOTS];
    private final SharedReceiveQueue[] srqs = new SharedReceiveQueue[2];
    private final int[] srqPd = new int[2];
    private final QpModel[] qps = new QpModel[SLOTS];
    private final Posts posts;
    private final WorkCompletions completions = WorkCompletions.allocate(Arena.ofAuto(), 16);
    private final List<QpModel> everMade = new ArrayList<>();
    private final List<VerbsResource> made = new ArrayList<>();
    private StringBuilder story;
    private long refused;
    private long successes;

    World(final Context context) {
        this.context = context;
        this.port = PortSelection.choose(context, PortOptions.AUTOMATIC);
        this.channel = keep(context.createCompletionChannel());
        this.posts = new Posts(regions, regionPd);
    }

    private <T extends VerbsResource> T keep(final T resource) {
        made.add(resource);
        return resource;
    }

    /** From now on every call is written down. */
    void narrate(final StringBuilder text) {
        this.story = text;
    }

    private void tell(final Supplier<String> line) {
        if (story != null) {
            story.append("  ").append(line.get()).append('\n');
        }
    }

    /** Requests that succeeded. */
    long successes() {
        return successes;
    }

    long refused() {
        return refused;
    }

    /** Whether the objects that a call needs were ever made. */
    boolean isApplicable(final Call call) {
        return switch (call.kind()) {
            case ALLOCATE_PD, CREATE_CQ -> true;
            case CLOSE_PD, REGISTER -> pds[call.a() % pds.length] != null;
            case CLOSE_REGION -> regions[call.a() % SLOTS] != null;
            case CLOSE_CQ, POLL, REQUEST_NOTIFICATION -> cqs[call.a() % cqs.length] != null;
            case CREATE_QP -> pds[call.b() % pds.length] != null && cqs[call.c() % cqs.length] != null
                && cqs[call.d() % cqs.length] != null;
            case CLOSE_QP, MODIFY, QUERY -> qps[call.a() % SLOTS] != null;
            case POST_SEND, POST_RECEIVE -> qps[call.a() % SLOTS] != null;
            case CONNECT -> qps[call.a() % SLOTS] != null && qps[call.b() % SLOTS] != null;
            case CLOSE_CONTEXT, ASYNC_EVENT -> true;
            case CREATE_SRQ -> pds[call.a() % pds.length] != null;
            case CLOSE_SRQ, POST_SRQ, ARM_SRQ -> srqs[call.a() % srqs.length] != null;
        };
    }

    void apply(final Call call) {
        switch (call.kind()) {
            case ALLOCATE_PD -> allocatePd(call);
            case CLOSE_PD -> closePd(call);
            case REGISTER -> register(call);
            case CLOSE_REGION -> closeRegion(call);
            case CREATE_CQ -> createCq(call);
            case CLOSE_CQ -> closeCq(call);
            case CREATE_QP -> createQp(call);
            case CLOSE_QP -> closeQp(call.a() % SLOTS);
            case MODIFY -> modify(call);
            case CONNECT -> connect(call);
            case POST_SEND -> posts.send(qps[call.a() % SLOTS], call, this::tell);
            case POST_RECEIVE -> posts.receive(qps[call.a() % SLOTS], call, this::tell);
            case POLL -> poll(call.a() % cqs.length);
            case QUERY -> query(call);
            case REQUEST_NOTIFICATION -> requestNotification(call);
            case CREATE_SRQ -> createSrq(call);
            case CLOSE_SRQ -> closeSrq(call);
            case POST_SRQ -> posts.receive(srqs[call.a() % srqs.length], srqPd[call.a() % srqs.length], call, this::tell);
            case ARM_SRQ -> armSrq(call);
            case ASYNC_EVENT -> asyncEvent();
            case CLOSE_CONTEXT -> expect("close context", context::close, EnumSet.noneOf(QpState.class), Errno.EBUSY);
        }
        for (final QpModel qp : qps) {
            if (qp != null && qp.qp.isOpen()) {
                qp.mayFail(posts.sent());
                qp.checkInFlight();
            }
        }
    }

    /** Does it; the outcome must be one of those allowed. Returns it. */
    private int expect(final String what, final Runnable action, final Object detail, final int... allowed) {
        int outcome = OK;
        String message = "done";
        try {
            action.run();
        } catch (final VerbsException e) {
            outcome = e.errno();
            message = e.getMessage();
        } catch (final IllegalArgumentException e) {
            outcome = ILLEGAL_ARGUMENT;
            message = e.getMessage();
        }
        final String line = what + (detail instanceof EnumSet<?> set && set.isEmpty() ? "" : " " + detail) + ": " + message;
        tell(() -> line);
        for (final int one : allowed) {
            if (one == outcome) {
                refused += outcome == OK ? 0 : 1;
                return outcome;
            }
        }
        final StringBuilder names = new StringBuilder();
        for (final int one : allowed) {
            names.append(names.isEmpty() ? "" : " or ").append(one == OK ? "success"
                : one == ILLEGAL_ARGUMENT ? "IllegalArgumentException" : Errno.name(one));
        }
        throw new Violation(line + "; allowed was " + names);
    }

    private void allocatePd(final Call call) {
        final int slot = call.a() % pds.length;
        if (pds[slot] == null || !pds[slot].isOpen()) {
            expect("PD" + slot + " = allocate", () -> pds[slot] = keep(context.allocateProtectionDomain()), "", OK);
        }
    }

    private void closePd(final Call call) {
        final int slot = call.a() % pds.length;
        boolean used = false;
        for (int i = 0; i < SLOTS; i++) {
            used |= regions[i] != null && regions[i].isOpen() && regions[i].protectionDomain() == pds[slot];
            used |= qps[i] != null && qps[i].qp.isOpen() && qps[i].qp.protectionDomain() == pds[slot];
        }
        for (final SharedReceiveQueue srq : srqs) {
            used |= srq != null && srq.isOpen() && srq.protectionDomain() == pds[slot];
        }
        expect("close PD" + slot, pds[slot]::close, "", used && pds[slot].isOpen() ? Errno.EBUSY : OK);
    }

    private void register(final Call call) {
        final int pd = call.a() % pds.length;
        final int slot = call.b() % SLOTS;
        if (regions[slot] != null && regions[slot].isOpen()) {
            return;
        }
        final int size = SIZES[call.c() % SIZES.length];
        final int access = call.d() & (AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE | AccessFlags.REMOTE_READ
            | AccessFlags.REMOTE_ATOMIC | AccessFlags.MW_BIND);
        final boolean heap = call.d() % 17 == 0;
        final MemorySegment memory = heap ? MemorySegment.ofArray(new byte[size]) : size == 0 ? MemorySegment.NULL
            : Arena.ofAuto().allocate(size, 8);
        final boolean contradicts = (access & (AccessFlags.REMOTE_WRITE | AccessFlags.REMOTE_ATOMIC)) != 0
            && (access & AccessFlags.LOCAL_WRITE) == 0;
        final int allowed = heap || size == 0 ? ILLEGAL_ARGUMENT : contradicts ? Errno.EINVAL
            : pds[pd].isOpen() ? OK : Errno.EBADF;
        expect("MR" + slot + " = register in PD" + pd, () -> regions[slot] = keep(pds[pd].registerMemory(memory, access)),
            size + " bytes" + (heap ? " on the heap" : "") + ", access 0x" + Integer.toHexString(access), allowed);
        regionPd[slot] = pd;
    }

    private void closeRegion(final Call call) {
        final int slot = call.a() % SLOTS;
        final MemoryRegion region = regions[slot];
        boolean busy = false;
        for (final QpModel qp : qps) {
            busy |= qp != null && qp.qp.isOpen() && qp.qp.protectionDomain() == region.protectionDomain() && qp.qp.inFlight() > 0;
        }
        for (final SharedReceiveQueue srq : srqs) {
            busy |= srq != null && srq.isOpen() && srq.protectionDomain() == region.protectionDomain() && srq.inFlight() > 0;
        }
        expect("close MR" + slot, region::close, "", busy && region.isOpen() ? Errno.EBUSY : OK);
    }

    private void createCq(final Call call) {
        final int slot = call.a() % cqs.length;
        if (cqs[slot] != null && cqs[slot].isOpen()) {
            return;
        }
        final int entries = ENTRIES[call.b() % ENTRIES.length];
        final CompletionChannel with = call.c() % 2 == 0 ? channel : null;
        final boolean fits = entries > 0 && entries <= context.queryDevice().maxCqe();
        expect("CQ" + slot + " = create", () -> cqs[slot] = keep(context.createCompletionQueue(entries, with)),
            entries + (with == null ? "" : " with channel"), fits ? OK : Errno.EINVAL);
    }

    private void closeCq(final Call call) {
        final int slot = call.a() % cqs.length;
        boolean used = false;
        for (final QpModel qp : qps) {
            used |= qp != null && qp.qp.isOpen() && (cqs[qp.sendCq] == cqs[slot] || cqs[qp.receiveCq] == cqs[slot]);
        }
        expect("close CQ" + slot, cqs[slot]::close, "", used && cqs[slot].isOpen() ? Errno.EBUSY : OK);
    }

    private void createQp(final Call call) {
        final int slot = call.a() % SLOTS;
        final int pd = call.b() % pds.length;
        final int sendCq = call.c() % cqs.length;
        final int receiveCq = call.d() % cqs.length;
        if (qps[slot] != null && qps[slot].qp.isOpen()) {
            return;
        }
        final boolean tooMany = call.d() % 13 == 0;
        final QueuePairConfig config = QueuePairConfig.rc(cqs[sendCq], tooMany ? 1 << 30 : 1 + call.d() % 32, 1 + call.c() % 32)
            .withCqs(cqs[sendCq], cqs[receiveCq]).withSge(2, 2).withSignalAll(call.b() % 5 == 0)
            .withSrq(call.a() / SLOTS % 3 == 0 ? srqs[call.c() % srqs.length] : null);
        final SharedReceiveQueue srq = config.srq();
        final boolean closed = !pds[pd].isOpen() || !cqs[sendCq].isOpen() || !cqs[receiveCq].isOpen()
            || srq != null && !srq.isOpen();
        final boolean wrong = tooMany || srq != null && srq.protectionDomain() != pds[pd];
        final QueuePair[] qp = new QueuePair[1];
        final int outcome = expect("QP" + slot + " = create in PD" + pd, () -> qp[0] = keep(pds[pd].createQueuePair(config)),
            "CQ" + sendCq + " CQ" + receiveCq + (tooMany ? " with too many requests" : "")
            + (config.signalAll() ? " all signalled" : "") + (srq == null ? "" : " with " + srq.describe()),
            wrong ? Errno.EINVAL : closed ? Errno.EBADF : OK,
            closed ? Errno.EBADF : wrong ? Errno.EINVAL : OK); // of two mistakes either may be found first
        if (outcome == OK) {
            qps[slot] = new QpModel(qp[0], pd, sendCq, receiveCq);
            everMade.add(qps[slot]);
            qps[slot].lossy = cqs[sendCq].capacity() < ENTRIES_FOR_ALL || cqs[receiveCq].capacity() < ENTRIES_FOR_ALL;
        }
    }

    private void createSrq(final Call call) {
        final int pd = call.a() % pds.length;
        final int slot = call.b() % srqs.length;
        if (srqs[slot] != null && srqs[slot].isOpen()) {
            return;
        }
        final int most = call.c() % 7 == 0 ? 1 << 30 : 1 + call.c() % 16;
        expect("SRQ" + slot + " = create in PD" + pd,
            () -> srqs[slot] = keep(pds[pd].createSharedReceiveQueue(new SrqConfig(most, 2))), most + " receives",
            most == 1 << 30 ? Errno.EINVAL : pds[pd].isOpen() ? OK : Errno.EBADF,
            pds[pd].isOpen() ? most == 1 << 30 ? Errno.EINVAL : OK : Errno.EBADF);
        srqPd[slot] = pd;
    }

    private void closeSrq(final Call call) {
        final int slot = call.a() % srqs.length;
        boolean used = false;
        for (final QpModel qp : qps) {
            used |= qp != null && qp.qp.isOpen() && qp.qp.config().srq() == srqs[slot];
        }
        expect("close SRQ" + slot, srqs[slot]::close, "", used && srqs[slot].isOpen() ? Errno.EBUSY : OK);
    }

    private void armSrq(final Call call) {
        final SharedReceiveQueue srq = srqs[call.a() % srqs.length];
        final int limit = call.b() % (srq.config().maxWr() + 3);
        expect("arm " + srq.describe(), () -> srq.arm(limit), limit,
            !srq.isOpen() ? Errno.EBADF : limit <= srq.config().maxWr() ? OK : Errno.EINVAL);
    }

    /** Whatever it is, it is about something that was made, or about the device. */
    private void asyncEvent() {
        final AsyncEvent event = context.awaitAsyncEvent(Duration.ZERO);
        tell(() -> "event: " + event);
        if (event != null && event.element() != null && !made.contains(event.element())) {
            throw new Violation("an event about something of somebody else: " + event);
        }
    }

    private void closeQp(final int slot) {
        expect("close QP" + slot, qps[slot].qp::close, "", OK);
        qps[slot].forget();
    }

    private void modify(final Call call) {
        final int slot = call.a() % SLOTS;
        final QpModel qp = qps[slot];
        final Modification wanted = Modification.of(call, qp, qps[call.d() % SLOTS] == null ? 1 : qps[call.d() % SLOTS].qp.number(),
            port);
        if (!qp.qp.isOpen()) {
            expect("modify QP" + slot, () -> qp.qp.modify(wanted.attributes()), wanted, Errno.EBADF);
            return;
        }
        final boolean may = qp.possible.stream().anyMatch(wanted::isLegalFrom);
        final boolean must = qp.possible.stream().allMatch(wanted::isLegalFrom);
        final int outcome = may && must ? expect("modify QP" + slot, () -> qp.qp.modify(wanted.attributes()), wanted, OK)
            : may ? expect("modify QP" + slot, () -> qp.qp.modify(wanted.attributes()), wanted, OK, Errno.EINVAL)
            : expect("modify QP" + slot, () -> qp.qp.modify(wanted.attributes()), wanted, Errno.EINVAL);
        if (outcome == OK) {
            if (wanted.target() == QpState.RESET) {
                qp.forget();
            }
            qp.possible = EnumSet.of(wanted.target());
        }
    }

    private void connect(final Call call) {
        final QpModel a = qps[call.a() % SLOTS];
        final QpModel b = qps[call.b() % SLOTS];
        final EnumSet<QpState> reset = EnumSet.of(QpState.RESET);
        if (!a.qp.isOpen() || !b.qp.isOpen() || !a.possible.equals(reset) || !b.possible.equals(reset)) {
            return;
        }
        final int access = call.c() & (AccessFlags.REMOTE_WRITE | AccessFlags.REMOTE_READ | AccessFlags.REMOTE_ATOMIC)
            | AccessFlags.LOCAL_WRITE;
        final int psn = call.d() & RcEndpoint.PSN_MASK;
        expect("connect QP" + call.a() % SLOTS + " and QP" + call.b() % SLOTS, () -> {
            RcEndpoint.init(a.qp, port, access);
            if (a != b) {
                RcEndpoint.init(b.qp, port, access);
            }
            RcEndpoint.of(b.qp, port, psn).connect(a.qp, port, psn, RcTuning.DEFAULT);
            if (a != b) {
                RcEndpoint.of(a.qp, port, psn).connect(b.qp, port, psn, RcTuning.DEFAULT);
            }
        }, "access 0x" + Integer.toHexString(access), OK);
        for (final QpModel qp : List.of(a, b)) {
            qp.possible = EnumSet.of(QpState.RTS);
        }
    }

    private void query(final Call call) {
        final int slot = call.a() % SLOTS;
        final QpModel qp = qps[slot];
        if (!qp.qp.isOpen()) {
            expect("query QP" + slot, qp.qp::query, "", Errno.EBADF);
            return;
        }
        final QpState found = qp.qp.state();
        tell(() -> "query QP" + slot + ": " + found);
        qp.observed(found);
    }

    private void requestNotification(final Call call) {
        final int slot = call.a() % cqs.length;
        if (!cqs[slot].isOpen()) {
            expect("arm CQ" + slot, () -> cqs[slot].requestNotification(false), "", Errno.EBADF);
        } else {
            expect("arm CQ" + slot, () -> cqs[slot].requestNotification(call.b() % 2 == 0), "", OK, Errno.EINVAL);
        }
    }

    private int poll(final int slot) {
        final CompletionQueue cq = cqs[slot];
        final int count = cq.poll(completions);
        tell(() -> "poll CQ" + slot + ": " + count);
        if (!cq.isOpen()) {
            if (count != CompletionQueue.CLOSED) {
                throw new Violation("poll of a closed queue returned " + count);
            }
            return 0;
        }
        if (count < 0 && cq.capacity() >= ENTRIES_FOR_ALL) {
            throw new Violation("poll of CQ" + slot + " returned " + count);
        }
        for (int i = 0; i < count; i++) {
            final int index = i;
            tell(() -> "    " + completions.describe(index));
            final Request request = posts.find(completions.wrId(i));
            if (request != null && request.shared && request.qp == null) {
                request.qp = byNumber(completions.qpNumber(i));
            }
            if (request == null || request.qp == null || request.qp.qp.number() != completions.qpNumber(i)) {
                throw new Violation("a completion of nothing that was posted: " + completions.describe(i));
            }
            request.qp.completed(request, completions.status(i));
            successes += completions.isSuccess(i) ? 1 : 0;
        }
        return count;
    }

    /** The youngest queue pair of that number, closed ones included. */
    private QpModel byNumber(final int number) {
        for (int i = everMade.size() - 1; i >= 0; i--) {
            if (everMade.get(i).qp.number() == number) {
                return everMade.get(i);
            }
        }
        return null;
    }

    /** Takes every queue pair to ERR, waits for what they owe, then closes everything: nothing may refuse. */
    void finish() {
        for (final QpModel qp : qps) {
            if (qp != null && qp.qp.isOpen()) {
                drain(qp);
                expect("close " + qp.qp.describe(), qp.qp::close, "", OK);
                qp.forget();
            }
        }
        for (final SharedReceiveQueue srq : srqs) {
            if (srq != null) {
                expect("close " + srq.describe(), srq::close, "", OK); // its receives hold the regions
            }
        }
        for (int i = made.size() - 1; i >= 0; i--) {
            final VerbsResource resource = made.get(i);
            expect("close " + resource.describe(), resource::close, "", OK);
        }
        expect("close context", context::close, "", OK);
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
                expect("modify " + qp.qp.describe(), () -> qp.qp.modify(Modification.toError()), "to ERR", OK);
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

    /** Closes what is left, whatever went wrong. */
    @Override
    public void close() {
        for (int i = made.size() - 1; i >= 0; i--) {
            quietly(made.get(i));
        }
        for (final VerbsResource resource : made) { // what depended on what came later
            quietly(resource);
        }
        for (int i = made.size() - 1; i >= 0; i--) {
            quietly(made.get(i));
        }
        quietly(context);
    }

    private static void quietly(final VerbsResource resource) {
        try {
            resource.close();
        } catch (final VerbsException e) {
            // a failed sequence is reported by its violation
        }
    }
}
