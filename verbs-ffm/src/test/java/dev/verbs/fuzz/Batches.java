package dev.verbs.fuzz;

import dev.verbs.AddressHandle;
import dev.verbs.Errno;
import dev.verbs.ExtendedQueuePair;
import dev.verbs.QpType;
import dev.verbs.QueuePair;
import dev.verbs.SendFlags;
import dev.verbs.SendOperation;
import dev.verbs.SgeDescriptor;
import dev.verbs.VerbsException;
import dev.verbs.testkit.TestProvider;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random batches of extended queue pairs: calls in the right order or not, requests right and wrong; all of them, or none. */
final class Batches {
    private static final int MOST = 4;
    private static final int MOST_ENTRIES = 40;
    private static final SendOperation[] OPERATIONS = SendOperation.values();

    private final Slots slots;
    private final Posts posts;
    private final Windows windows;
    private final Oracle oracle;
    private final MemorySegment entries = Arena.ofAuto().allocate(SgeDescriptor.SIZE * MOST_ENTRIES, Long.BYTES);
    private final MemorySegment data = Arena.ofAuto().allocate(4096);
    /** What follows is of the batch that is being made. */
    private final List<Request> wanted = new ArrayList<>();
    private SplittableRandom random;
    private QpModel model;
    private ExtendedQueuePair qp;
    /** Whether it may have mistakes for which nothing of it is posted. */
    private boolean careless;
    /** Why nothing of it may be posted, null if all may. */
    private String wrong;
    private boolean lists;
    /** Batches that were accepted, of the whole sequence. */
    private long acceptedBatches;

    Batches(final Slots slots, final Posts posts, final Windows windows, final Oracle oracle) {
        this.slots = slots;
        this.posts = posts;
        this.windows = windows;
        this.oracle = oracle;
    }

    long accepted() {
        return acceptedBatches;
    }

    void run(final QpModel of, final Call call) {
        if (!(of.qp instanceof ExtendedQueuePair extended)) {
            return;
        }
        random = new SplittableRandom(call.c() * 31L + call.d());
        model = of;
        qp = extended;
        careless = random.nextInt(4) == 0;
        wrong = null;
        lists = false;
        wanted.clear();
        if (!qp.isOpen()) {
            require(qp.start() == QueuePair.CLOSED && qp.complete() == QueuePair.CLOSED && qp.abort() == QueuePair.CLOSED,
                "a batch of a closed queue pair");
            return;
        }
        require(qp.complete() == ExtendedQueuePair.MISUSED && qp.abort() == ExtendedQueuePair.MISUSED, "an end without a batch");
        final long before = qp.inFlight();
        require(qp.start() == 0, "start");
        for (int i = random.nextInt(MOST) + 1; i > 0; i--) {
            request();
        }
        if (random.nextInt(6) == 0) {
            misuse();
        }
        if (random.nextInt(6) == 0) {
            require(qp.abort() == 0, "abort");
            require(qp.inFlight() <= before, "an aborted batch is in flight: " + wanted);
            oracle.tell(() -> "batch " + wanted + ": aborted");
        } else {
            complete();
        }
    }

    private void complete() {
        final int accepted = qp.complete();
        final int errno = qp.errno();
        oracle.tell(() -> "batch " + wanted + (wrong == null ? "" : " (" + wrong + ")") + ": " + accepted + " accepted, errno " + errno);
        if (wrong != null) {
            final boolean full = errno == Errno.ENOMEM && model.sends.size() + wanted.size() > qp.config().maxSendWr();
            require(accepted == 0 && (errno == Errno.EINVAL || full || errno == Errno.EOPNOTSUPP && lists), "a batch with " + wrong + ": "
                + accepted + " accepted, errno " + errno);
        } else if (lists && errno == Errno.EOPNOTSUPP && !TestProvider.isSoft()) {
            require(accepted == 0, "a batch that the library miscounts: " + accepted + " accepted");
        } else if (!wanted.isEmpty()) {
            require(accepted == 0 || accepted == wanted.size(), "part of a batch: " + accepted + " of " + wanted);
            posts.record(model, wanted, accepted, errno, true);
            posts.sent(accepted > 0);
            acceptedBatches += accepted > 0 ? 1 : 0;
        }
    }

    private void require(final boolean holds, final String what) {
        if (!holds) {
            throw new Violation(what + ", of " + qp.describe() + " in " + model.possible);
        }
    }

    /** What a batch forbids. */
    private void misuse() {
        require(qp.start() == ExtendedQueuePair.MISUSED, "a batch in a batch");
        oracle.expect("close in a batch", qp::close, "", Errno.EBUSY);
        oracle.expect("modify in a batch", () -> qp.modify(Modification.toError()), "", Errno.EBUSY);
        final int errno = posts.postOne(qp);
        require(errno == Errno.EBUSY || qp.config().type() == QpType.UD && errno == Errno.EINVAL, // it has no target either
            "a list in a batch: errno " + errno);
    }

    /** Makes one request, perhaps with something wrong. */
    private void request() {
        final SendOperation operation = wanted.isEmpty() && random.nextInt(3) == 0 ? SendOperation.BIND_MW // before what may wait
            : OPERATIONS[random.nextInt(OPERATIONS.length)];
        final long wrId = posts.nextWrId();
        final boolean signalled = random.nextInt(3) != 0;
        final int flags = (signalled ? SendFlags.SIGNALED : 0) | (random.nextInt(6) == 0 ? SendFlags.FENCE : 0);
        final Windows.Bind bind = operation == SendOperation.BIND_MW ? windows.bind(model, random) : null;
        if (operation == SendOperation.BIND_MW && bind == null) {
            return;
        }
        final Posts.Remote remote = posts.remote(random);
        final int key = operation == SendOperation.LOCAL_INV || operation == SendOperation.SEND_WITH_INV ? windows.key(random) : 0;
        final boolean asked = qp.config().sendOps().contains(operation);
        try {
            build(operation, wrId, flags, remote, key, bind);
            require(asked, operation + " was not asked for, and built");
        } catch (final VerbsException e) {
            require(!asked && e.errno() == Errno.EOPNOTSUPP, "builder of " + operation + ": " + e.getMessage());
            return;
        }
        boolean doomed = bind != null && bind.doomed() || operation == SendOperation.LOCAL_INV && Windows.isJunk(key);
        doomed |= takesPayload(operation) ? payload(operation, remote) : refusesPayload();
        if (qp.config().type() == QpType.UD) {
            target();
        }
        if (bind != null) {
            windows.note(wrId, bind);
        }
        wanted.add(new Request(wrId, model, true, signalled || qp.config().signalAll(), doomed));
    }

    private void build(final SendOperation operation, final long wrId, final int flags, final Posts.Remote remote, final int key,
        final Windows.Bind bind) {
        final long crooked = careless && random.nextInt(4) == 0 ? 4 : 0;
        switch (operation) {
            case SEND -> qp.send(wrId, flags);
            case SEND_WITH_IMM -> qp.sendWithImm(wrId, 7, flags);
            case SEND_WITH_INV -> qp.sendWithInvalidate(wrId, key, flags);
            case RDMA_WRITE -> qp.write(wrId, remote.address(), remote.rkey(), flags);
            case RDMA_WRITE_WITH_IMM -> qp.writeWithImm(wrId, remote.address(), remote.rkey(), 9, flags);
            case RDMA_READ -> qp.read(wrId, remote.address(), remote.rkey(), flags);
            case ATOMIC_CMP_AND_SWP -> {
                qp.compareAndSwap(wrId, remote.address() + crooked, remote.rkey(), 0, 1, flags);
                blame(crooked != 0, "a crooked atomic");
            }
            case ATOMIC_FETCH_AND_ADD -> {
                qp.fetchAndAdd(wrId, remote.address() + crooked, remote.rkey(), 1, flags);
                blame(crooked != 0, "a crooked atomic");
            }
            case LOCAL_INV -> qp.localInvalidate(wrId, key, flags);
            case BIND_MW -> qp.bindWindow(wrId, bind.window(), bind.rkey(), bind.binding(), flags);
        }
    }

    private void blame(final boolean isWrong, final String what) {
        wrong = wrong == null && isWrong ? what : wrong;
    }

    private static boolean takesPayload(final SendOperation operation) {
        return operation != SendOperation.LOCAL_INV && operation != SendOperation.BIND_MW;
    }

    /** Now and then: a setter that does not belong here is thrown back, and changes nothing. */
    private boolean refusesPayload() {
        if (random.nextInt(4) == 0) {
            oracle.expect("a payload too many", () -> qp.local(data.address(), 8, 0), "", Errno.EINVAL);
        }
        return false;
    }

    /** Gives it a payload, or none; true if it cannot succeed. */
    private boolean payload(final SendOperation operation, final Posts.Remote remote) {
        final boolean atomic = operation == SendOperation.ATOMIC_CMP_AND_SWP || operation == SendOperation.ATOMIC_FETCH_AND_ADD;
        final boolean inward = atomic || operation == SendOperation.RDMA_READ;
        final boolean junk = remote.junk() && operation != SendOperation.SEND && operation != SendOperation.SEND_WITH_IMM
            && operation != SendOperation.SEND_WITH_INV;
        final boolean doomed;
        switch (inward && !careless ? 3 : random.nextInt(6)) {
            case 0 -> {
                blame(atomic, "an atomic without a place for its result");
                return false;
            }
            case 1 -> doomed = entries(operation, atomic, inward, junk);
            case 2 -> doomed = inline(atomic, inward, junk);
            default -> {
                final Posts.Entry entry = posts.entry(model.pd, random, inward, atomic ? Long.BYTES : Posts.ANY_LENGTH);
                qp.local(entry.address(), entry.length(), entry.lkey());
                doomed = Posts.isDoomed(model, operation.opcode(), entry, junk);
            }
        }
        refusesPayload();
        return doomed;
    }

    private boolean entries(final SendOperation operation, final boolean atomic, final boolean inward, final boolean junk) {
        final int most = qp.config().maxSendSge();
        final boolean reads = operation == SendOperation.RDMA_READ;
        final int some = Math.min(2, reads ? qp.protectionDomain().context().queryDevice().maxSgeRead() : most);
        final int count = careless && !reads && random.nextInt(4) == 0 && most < MOST_ENTRIES ? most + 1
            : 1 + random.nextInt(Math.clamp(some, 1, most));
        boolean doomed = false;
        boolean any = false;
        long total = 0;
        for (int i = 0; i < count; i++) {
            final Posts.Entry entry = posts.entry(model.pd, random, inward, atomic ? Long.BYTES : Posts.ANY_LENGTH);
            SgeDescriptor.set(entries, SgeDescriptor.SIZE * i, entry.address(), entry.length(), entry.lkey());
            doomed |= Posts.isDoomed(model, operation.opcode(), entry, junk);
            any |= entry.length() > 0;
            total += entry.length();
        }
        qp.localList(entries, count);
        lists |= count > 1;
        blame(count > most, count + " entries");
        return any && (!atomic || count == 1) && doomed && (qp.config().type() != QpType.UD || total <= Posts.DATAGRAM);
    }

    private boolean inline(final boolean atomic, final boolean inward, final boolean junk) {
        final int most = qp.config().maxInlineData();
        final int length = careless && random.nextInt(4) == 0 ? most + 1 : random.nextInt(most + 1);
        if (random.nextBoolean()) {
            qp.inline(data, 8, length);
        } else {
            final int first = random.nextInt(length + 1);
            qp.inlineList(new MemorySegment[] {data.asSlice(0, first), data.asSlice(0, length - first)}, 2);
        }
        blame(length > most, length + " bytes inline");
        blame(atomic || inward, "an answer that arrives inline");
        return junk && length > 0 && qp.config().type() == QpType.RC;
    }

    private void target() {
        final AddressHandle handle = slots.handles[random.nextInt(slots.handles.length)];
        if (handle == null || careless && random.nextInt(4) == 0) {
            blame(true, "a datagram for nobody");
            return;
        }
        final QpModel peer = slots.qps[random.nextInt(slots.qps.length)];
        qp.target(handle, peer == null ? 1 : peer.qp.number(), Modification.QKEY);
        blame(!handle.isOpen() || handle.protectionDomain() != qp.protectionDomain(), "a handle that is closed or of another domain");
    }
}
