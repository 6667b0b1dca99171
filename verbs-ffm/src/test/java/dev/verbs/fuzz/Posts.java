package dev.verbs.fuzz;

import dev.verbs.AccessFlags;
import dev.verbs.AddressHandle;
import dev.verbs.Errno;
import dev.verbs.MemoryRegion;
import dev.verbs.MemoryWindow;
import dev.verbs.QpType;
import dev.verbs.QueuePair;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.SharedReceiveQueue;
import dev.verbs.WrOpcode;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Random work requests: keys and addresses right and wrong, and what must become of each. */
final class Posts {
    private static final int MOST = 4;
    /** Bytes that every MTU carries. */
    static final int DATAGRAM = 256;
    static final long ANY_LENGTH = -1;
    private static final int NO_KEY = 0xDEAD_BE00;
    private static final WrOpcode[] OPCODES = {WrOpcode.SEND, WrOpcode.SEND, WrOpcode.SEND_WITH_IMM, WrOpcode.RDMA_WRITE,
        WrOpcode.RDMA_WRITE, WrOpcode.RDMA_WRITE_WITH_IMM, WrOpcode.RDMA_READ, WrOpcode.ATOMIC_CMP_AND_SWP,
        WrOpcode.ATOMIC_FETCH_AND_ADD};

    private final Slots slots;
    private final Windows windows;
    private final MemoryRegion[] regions;
    private final int[] regionPd;
    private final SendRequests sends = SendRequests.allocate(Arena.ofAuto(), MOST, 3);
    private final ReceiveRequests receives = ReceiveRequests.allocate(Arena.ofAuto(), MOST, 3);
    private final Map<Long, Request> requests = new HashMap<>();
    private long nextWrId = 1;
    private boolean sent;

    Posts(final Slots slots, final Windows windows) {
        this.slots = slots;
        this.windows = windows;
        this.regions = slots.regions;
        this.regionPd = slots.regionPd;
    }

    Request find(final long wrId) {
        return requests.get(wrId);
    }

    /** A local entry; {@code doomed} if no device may use it. */
    record Entry(long address, long length, int lkey, boolean doomed) {
    }

    Entry entry(final int pd, final SplittableRandom random, final boolean deviceWrites, final long given) {
        int slot = random.nextInt(regions.length);
        for (int i = 0; i < regions.length && random.nextInt(8) != 0 && (regions[slot] == null || regionPd[slot] != pd); i++) {
            slot = (slot + 1) % regions.length; // mostly what could work
        }
        final MemoryRegion region = regions[slot];
        if (region == null || random.nextInt(12) == 0) {
            return new Entry(4096, given == ANY_LENGTH ? random.nextInt(2) * 64L : given, NO_KEY, true);
        }
        final long length = given == ANY_LENGTH ? random.nextLong(region.length() + (random.nextInt(10) == 0 ? 64 : 1)) : given;
        final boolean wrong = !region.isOpen() || regionPd[slot] != pd || length > region.length()
            || deviceWrites && (region.access() & AccessFlags.LOCAL_WRITE) == 0;
        return new Entry(region.address(), length, region.lkey(), wrong && region.isOpen());
    }

    long nextWrId() {
        return nextWrId++;
    }

    /** Something may have been sent. */
    void sent(final boolean any) {
        sent |= any;
    }

    /** Posts one request, which must be refused, without recording it; returns why it was, 0 if it was not. */
    int postOne(final QueuePair qp) {
        sends.clear().send(0, 4096, 0, NO_KEY, SendFlags.SIGNALED);
        return qp.postSend(sends) == 0 ? sends.errno() : 0;
    }

    /** Memory of a peer; {@code junk} if no peer has it. */
    record Remote(long address, int rkey, boolean junk) {
    }

    Remote remote(final SplittableRandom random) {
        MemoryRegion region = regions[random.nextInt(regions.length)];
        if (region == null) {
            region = regions[0];
        }
        if (region == null || random.nextInt(12) == 0) {
            return new Remote(4096, NO_KEY, true);
        }
        final MemoryWindow window = slots.windows[random.nextInt(slots.windows.length)];
        return new Remote(region.address() & ~7L, window != null && random.nextInt(3) == 0 ? window.rkey() : region.rkey(), false);
    }

    /** Whether anything was ever sent: before that no queue pair can fail. */
    boolean sent() {
        return sent;
    }

    void send(final QpModel qp, final Call call, final Consumer<Supplier<String>> tell) {
        if (qp.qp.config().type() == QpType.UD && slots.handles[call.b() % slots.handles.length] == null) {
            return;
        }
        final SplittableRandom random = new SplittableRandom(call.c() * 31L + call.d());
        final int count = 1 + random.nextInt(MOST);
        final List<Request> wanted = new ArrayList<>();
        sends.clear();
        for (int i = 0; i < count; i++) {
            final WrOpcode opcode = opcode(qp.qp.config().type(), random);
            final boolean signalled = random.nextInt(3) != 0;
            final int flags = (signalled ? SendFlags.SIGNALED : 0) | (random.nextInt(6) == 0 ? SendFlags.FENCE : 0)
                | (random.nextInt(6) == 0 ? SendFlags.SOLICITED : 0);
            final boolean reported = signalled || qp.qp.config().signalAll();
            final Request local = qp.isReliable() && random.nextInt(8) == 0 ? addLocal(qp, flags, reported, random) : null;
            wanted.add(local != null ? local : add(qp, opcode, flags, reported, random));
        }
        final boolean unaddressed = qp.qp.config().type() == QpType.UD && address(qp, call);
        final int accepted = qp.qp.postSend(sends);
        final int errno = sends.errno();
        tell.accept(() -> "post " + wanted + ": " + accepted + " accepted, errno " + errno);
        if (unaddressed && qp.qp.isOpen()) {
            if (accepted != 0 || errno != Errno.EINVAL && errno != Errno.ENOMEM) { // the queue may also be full
                throw new Violation("datagrams without a handle: " + accepted + " accepted, errno " + errno);
            }
            return;
        }
        record(qp, wanted, accepted, errno, true);
        sent |= accepted > 0;
    }

    /** Gives every request the same handle; true if the device must refuse it. */
    private boolean address(final QpModel qp, final Call call) {
        final AddressHandle handle = slots.handles[call.b() % slots.handles.length];
        final QpModel peer = slots.qps[call.d() % slots.qps.length];
        for (int i = 0; i < sends.size(); i++) {
            sends.target(i, handle, peer == null ? 1 : peer.qp.number(), Modification.QKEY);
        }
        return !handle.isOpen() || handle.protectionDomain() != qp.qp.protectionDomain();
    }

    /** One that the service has. */
    private static WrOpcode opcode(final QpType type, final SplittableRandom random) {
        final WrOpcode any = OPCODES[random.nextInt(OPCODES.length)];
        return switch (type) {
            case RC -> any;
            case UC -> isAtomic(any) || any == WrOpcode.RDMA_READ ? WrOpcode.RDMA_WRITE : any;
            default -> random.nextBoolean() ? WrOpcode.SEND : WrOpcode.SEND_WITH_IMM;
        };
    }

    private static boolean isAtomic(final WrOpcode opcode) {
        return opcode == WrOpcode.ATOMIC_CMP_AND_SWP || opcode == WrOpcode.ATOMIC_FETCH_AND_ADD;
    }

    /** A bind or an invalidate; null if there is nothing to bind. */
    private Request addLocal(final QpModel qp, final int flags, final boolean signalled, final SplittableRandom random) {
        if (random.nextInt(4) == 0) {
            final int key = windows.key(random);
            final long wrId = nextWrId++;
            sends.localInvalidate(wrId, key, flags);
            return new Request(wrId, qp, true, signalled, Windows.isJunk(key));
        }
        final Windows.Bind bind = windows.bind(qp, random);
        if (bind == null) {
            return null;
        }
        final long wrId = nextWrId++;
        sends.bindWindow(wrId, bind.window(), bind.rkey(), bind.binding(), flags);
        windows.note(wrId, bind);
        return new Request(wrId, qp, true, signalled, bind.doomed());
    }

    private Request add(final QpModel qp, final WrOpcode opcode, final int flags, final boolean signalled,
        final SplittableRandom random) {
        final boolean atomic = isAtomic(opcode);
        final Entry local = entry(qp.pd, random, atomic || opcode == WrOpcode.RDMA_READ, atomic ? Long.BYTES : ANY_LENGTH);
        final Remote remote = remote(random);
        final boolean noRemote = remote.junk;
        final int rkey = remote.rkey;
        final long address = remote.address;
        final long wrId = nextWrId++;
        if (opcode == WrOpcode.ATOMIC_CMP_AND_SWP) {
            sends.compareAndSwap(wrId, local.address, local.lkey, address, rkey, random.nextInt(2), random.nextInt(2), flags);
        } else if (opcode == WrOpcode.ATOMIC_FETCH_AND_ADD) {
            sends.fetchAndAdd(wrId, local.address, local.lkey, address, rkey, random.nextInt(), flags);
        } else {
            final int index = sends.add(wrId, opcode.code(), flags);
            sends.addLocal(index, local.address, local.length, local.lkey);
            if (opcode != WrOpcode.SEND && opcode != WrOpcode.SEND_WITH_IMM) {
                sends.remote(index, address, rkey);
            }
        }
        return new Request(wrId, qp, true, signalled, isDoomed(qp, opcode, local, noRemote));
    }

    static boolean isDoomed(final QpModel qp, final WrOpcode opcode, final Entry local, final boolean noRemote) {
        if (local.length == 0) {
            return false; // no key is looked at
        }
        final boolean remoteOperation = opcode != WrOpcode.SEND && opcode != WrOpcode.SEND_WITH_IMM;
        return switch (qp.qp.config().type()) {
            case RC -> local.doomed || remoteOperation && noRemote;
            case UC -> local.doomed; // what the peer refuses is lost in silence
            default -> local.doomed && local.length <= DATAGRAM; // what is longer than the MTU is lost before it is read
        };
    }

    /** A list of receives for a queue pair, or for a shared queue ({@code qp} null). */
    private List<Request> receives(final QpModel qp, final int pd, final Call call) {
        final SplittableRandom random = new SplittableRandom(call.c() * 31L + call.d());
        final int count = 1 + random.nextInt(MOST);
        final List<Request> wanted = new ArrayList<>();
        receives.clear();
        for (int i = 0; i < count; i++) {
            final Entry local = entry(pd, random, true, ANY_LENGTH);
            final long wrId = nextWrId++;
            receives.receive(wrId, local.address, local.length, local.lkey);
            wanted.add(new Request(wrId, qp, false, true, false)); // an empty message touches nothing
        }
        return wanted;
    }

    void receive(final SharedReceiveQueue srq, final int pd, final Call call, final Consumer<Supplier<String>> tell) {
        final List<Request> wanted = receives(null, pd, call);
        final long before = srq.inFlight();
        final int accepted = srq.postReceive(receives);
        final int errno = receives.errno();
        final String what = wanted + ": " + accepted + " accepted, errno " + errno;
        tell.accept(() -> "post " + what);
        if (!srq.isOpen()) {
            if (accepted != SharedReceiveQueue.CLOSED) {
                throw new Violation("a post to a closed shared queue: " + what);
            }
            return;
        }
        if (accepted < wanted.size() && (errno != Errno.ENOMEM || before + wanted.size() <= srq.config().maxWr())) {
            throw new Violation("a post that should have been accepted (" + before + " of " + srq.config().maxWr() + "): " + what);
        }
        wanted.subList(0, accepted).forEach(request -> requests.put(request.wrId, request));
    }

    void receive(final QpModel qp, final Call call, final Consumer<Supplier<String>> tell) {
        final List<Request> wanted = receives(qp, qp.pd, call);
        final int accepted = qp.qp.postReceive(receives);
        final int errno = receives.errno();
        tell.accept(() -> "post " + wanted + ": " + accepted + " accepted, errno " + errno);
        if (qp.qp.isOpen() && qp.qp.config().srq() != null) {
            if (accepted != 0 || errno != Errno.EINVAL) {
                throw new Violation("a receive of its own, of a queue pair that draws from a shared queue: " + accepted + ", "
                    + errno);
            }
            return;
        }
        record(qp, wanted, accepted, errno, false);
    }

    void record(final QpModel qp, final List<Request> wanted, final int accepted, final int errno, final boolean send) {
        final String what = wanted + ": " + accepted + " accepted, errno " + errno + ", in " + qp.possible;
        if (!qp.qp.isOpen()) {
            if (accepted != QueuePair.CLOSED) {
                throw new Violation("a post to a closed queue pair: " + what);
            }
            return;
        }
        if (accepted < 0 || accepted > wanted.size() || accepted < wanted.size() && errno == 0) {
            throw new Violation("a post that makes no sense: " + what);
        }
        if (accepted > 0 && !qp.mayAccept(send)) {
            throw new Violation("a post that should have been refused: " + what);
        }
        final int room = send ? qp.qp.config().maxSendWr() : qp.qp.config().maxReceiveWr();
        final int waiting = send ? qp.sends.size() : qp.receives.size();
        if (accepted < wanted.size() && qp.mustAccept(send) && (errno != Errno.ENOMEM || waiting + wanted.size() <= room)) {
            throw new Violation("a post that should have been accepted (" + waiting + " of " + room + " outstanding): " + what);
        }
        for (final Request request : wanted.subList(0, accepted)) {
            requests.put(request.wrId, request);
            (send ? qp.sends : qp.receives).add(request);
        }
    }
}
