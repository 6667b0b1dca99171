package dev.verbs.fuzz;

import dev.verbs.AccessFlags;
import dev.verbs.AddressHandle;
import dev.verbs.AddressVector;
import dev.verbs.CompletionChannel;
import dev.verbs.CompletionQueue;
import dev.verbs.Errno;
import dev.verbs.MemoryRegion;
import dev.verbs.MemoryWindow;
import dev.verbs.MemoryWindowType;
import dev.verbs.QpType;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.SendOperation;
import dev.verbs.SharedReceiveQueue;
import dev.verbs.SrqConfig;
import dev.verbs.testkit.TestProvider;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;

/** Making and closing everything but what a queue pair does: who refuses to close, and which arguments are refused. */
final class Resources {
    private static final int[] ENTRIES = {-1, 0, 1 << 30, 1, 16, 256, 256, 256, 1024};
    private static final int[] SIZES = {0, 1, 8, 4096, 4096, 4096, 65_537};
    private static final QpType[] TYPES = {QpType.RC, QpType.RC, QpType.RC, QpType.UC, QpType.UD};

    private static final int NOWHERE = 99_999;

    private final Slots slots;
    private final Windows windows;
    private final Oracle oracle;

    Resources(final Slots slots, final Windows windows, final Oracle oracle) {
        this.slots = slots;
        this.windows = windows;
        this.oracle = oracle;
    }

    void allocatePd(final Call call) {
        final int slot = call.a() % slots.pds.length;
        if (slots.pds[slot] == null || !slots.pds[slot].isOpen()) {
            oracle.expect("PD" + slot + " = allocate", () -> slots.pds[slot] = slots.keep(slots.context.allocateProtectionDomain()),
                "", Oracle.OK);
        }
    }

    void closePd(final Call call) {
        final int slot = call.a() % slots.pds.length;
        boolean used = false;
        for (int i = 0; i < Slots.SLOTS; i++) {
            used |= slots.regions[i] != null && slots.regions[i].isOpen() && slots.regions[i].protectionDomain() == slots.pds[slot];
            used |= slots.qps[i] != null && slots.qps[i].qp.isOpen() && slots.qps[i].qp.protectionDomain() == slots.pds[slot];
        }
        for (final SharedReceiveQueue srq : slots.srqs) {
            used |= srq != null && srq.isOpen() && srq.protectionDomain() == slots.pds[slot];
        }
        for (final AddressHandle handle : slots.handles) {
            used |= handle != null && handle.isOpen() && handle.protectionDomain() == slots.pds[slot];
        }
        for (final MemoryWindow window : slots.windows) {
            used |= window != null && window.isOpen() && window.protectionDomain() == slots.pds[slot];
        }
        oracle.expect("close PD" + slot, slots.pds[slot]::close, "", used && slots.pds[slot].isOpen() ? Errno.EBUSY : Oracle.OK);
    }

    void register(final Call call) {
        final int pd = call.a() % slots.pds.length;
        final int slot = call.b() % Slots.SLOTS;
        if (slots.regions[slot] != null && slots.regions[slot].isOpen()) {
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
        final int allowed = heap || size == 0 ? Oracle.ILLEGAL_ARGUMENT : contradicts ? Errno.EINVAL
            : slots.pds[pd].isOpen() ? Oracle.OK : Errno.EBADF;
        oracle.expect("MR" + slot + " = register in PD" + pd, () ->
            slots.regions[slot] = slots.keep(slots.pds[pd].registerMemory(memory, access)),
            size + " bytes" + (heap ? " on the heap" : "") + ", access 0x" + Integer.toHexString(access), allowed);
        slots.regionPd[slot] = pd;
    }

    void closeRegion(final Call call) {
        final int slot = call.a() % Slots.SLOTS;
        final MemoryRegion region = slots.regions[slot];
        boolean busy = false;
        for (final QpModel qp : slots.qps) {
            busy |= qp != null && qp.qp.isOpen() && qp.qp.protectionDomain() == region.protectionDomain() && qp.qp.inFlight() > 0;
        }
        for (final SharedReceiveQueue srq : slots.srqs) {
            busy |= srq != null && srq.isOpen() && srq.protectionDomain() == region.protectionDomain() && srq.inFlight() > 0;
        }
        if (region.isOpen() && !busy && windows.mayHold(region)) { // the device's own word is EINVAL
            oracle.expect("close MR" + slot, region::close, "", Oracle.OK, Errno.EBUSY, Errno.EINVAL);
        } else {
            oracle.expect("close MR" + slot, region::close, "", busy && region.isOpen() ? Errno.EBUSY : Oracle.OK);
        }
    }

    void createCq(final Call call) {
        final int slot = call.a() % slots.cqs.length;
        if (slots.cqs[slot] != null && slots.cqs[slot].isOpen()) {
            return;
        }
        final int entries = ENTRIES[call.b() % ENTRIES.length];
        final CompletionChannel with = call.c() % 2 == 0 ? slots.channel : null;
        final boolean fits = entries > 0 && entries <= slots.context.queryDevice().maxCqe();
        oracle.expect("CQ" + slot + " = create", () -> slots.cqs[slot] = slots.keep(slots.context.createCompletionQueue(entries, with)),
            entries + (with == null ? "" : " with channel"), fits ? Oracle.OK : Errno.EINVAL);
        note(slots.cqs[slot]);
    }

    void closeCq(final Call call) {
        final int slot = call.a() % slots.cqs.length;
        boolean used = false;
        for (final QpModel qp : slots.qps) {
            used |= qp != null && qp.qp.isOpen() && (slots.cqs[qp.sendCq] == slots.cqs[slot]
                || slots.cqs[qp.receiveCq] == slots.cqs[slot]);
        }
        oracle.expect("close CQ" + slot, slots.cqs[slot]::close, "", used && slots.cqs[slot].isOpen() ? Errno.EBUSY : Oracle.OK);
    }

    void createQp(final Call call) {
        final int slot = call.a() % Slots.SLOTS;
        final int pd = call.b() % slots.pds.length;
        final int sendCq = call.c() % slots.cqs.length;
        final int receiveCq = call.d() % slots.cqs.length;
        if (slots.qps[slot] != null && slots.qps[slot].qp.isOpen()) {
            return;
        }
        final boolean tooMany = call.d() / 42 % 13 == 12;
        final QpType type = TYPES[call.d() / 42 % TYPES.length];
        final QueuePairConfig config = new QueuePairConfig(type, slots.cqs[sendCq], slots.cqs[receiveCq],
            tooMany ? 1 << 30 : 1 + call.d() % 21, 1 + call.c() % 32, 2, 2, 0, call.b() % 5 == 0)
            .withInline(call.b() / 5 % 3 * 32).withSendOps(call.b() / 15 % 3 == 0 ? Set.of() : operations(type, call.b() / 45))
            .withSrq(type == QpType.RC && call.a() / Slots.SLOTS % 3 == 1 ? slots.srqs[call.c() % slots.srqs.length] : null);
        final SharedReceiveQueue srq = config.srq();
        final boolean closed = !slots.pds[pd].isOpen() || !slots.cqs[sendCq].isOpen() || !slots.cqs[receiveCq].isOpen()
            || srq != null && !srq.isOpen();
        final boolean wrong = tooMany || srq != null && srq.protectionDomain() != slots.pds[pd];
        final QueuePair[] qp = new QueuePair[1];
        final int outcome = oracle.expect("QP" + slot + " = create " + type + " in PD" + pd, () ->
            qp[0] = slots.keep(slots.pds[pd].createQueuePair(config)),
            "CQ" + sendCq + " CQ" + receiveCq + (tooMany ? " with too many requests" : "")
            + (config.signalAll() ? " all signalled" : "") + (srq == null ? "" : " with " + srq.describe()),
            wrong ? Errno.EINVAL : closed ? Errno.EBADF : Oracle.OK,
            closed ? Errno.EBADF : wrong ? Errno.EINVAL : Oracle.OK); // of two mistakes either may be found first
        if (outcome == Oracle.OK) {
            slots.qps[slot] = new QpModel(qp[0], pd, sendCq, receiveCq);
            slots.everMade.add(slots.qps[slot]);
            slots.qps[slot].lossy = slots.small.contains(slots.cqs[sendCq]) || slots.small.contains(slots.cqs[receiveCq]);
        }
    }

    /** Some of those that the service has, mostly all. */
    private static Set<SendOperation> operations(final QpType type, final int choice) {
        final Set<SendOperation> all = switch (type) {
            case RC -> EnumSet.allOf(SendOperation.class);
            case UC -> EnumSet.of(SendOperation.SEND, SendOperation.SEND_WITH_IMM, SendOperation.RDMA_WRITE,
                SendOperation.RDMA_WRITE_WITH_IMM);
            default -> EnumSet.of(SendOperation.SEND, SendOperation.SEND_WITH_IMM);
        };
        if (choice % 3 == 0) {
            all.removeIf(operation -> (choice / 3 >> operation.ordinal() & 1) != 0);
        }
        return all;
    }

    void createSrq(final Call call) {
        final int pd = call.a() % slots.pds.length;
        final int slot = call.b() % slots.srqs.length;
        if (slots.srqs[slot] != null && slots.srqs[slot].isOpen()) {
            return;
        }
        final int most = call.c() % 7 == 0 ? 1 << 30 : 1 + call.c() % 16;
        oracle.expect("SRQ" + slot + " = create in PD" + pd,
            () -> slots.srqs[slot] = slots.keep(slots.pds[pd].createSharedReceiveQueue(new SrqConfig(most, 2))), most + " receives",
            most == 1 << 30 ? Errno.EINVAL : slots.pds[pd].isOpen() ? Oracle.OK : Errno.EBADF,
            slots.pds[pd].isOpen() ? most == 1 << 30 ? Errno.EINVAL : Oracle.OK : Errno.EBADF);
        slots.srqPd[slot] = pd;
    }

    void closeSrq(final Call call) {
        final int slot = call.a() % slots.srqs.length;
        boolean used = false;
        for (final QpModel qp : slots.qps) {
            used |= qp != null && qp.qp.isOpen() && qp.qp.config().srq() == slots.srqs[slot];
        }
        oracle.expect("close SRQ" + slot, slots.srqs[slot]::close, "", used && slots.srqs[slot].isOpen() ? Errno.EBUSY : Oracle.OK);
    }

    void armSrq(final Call call) {
        final SharedReceiveQueue srq = slots.srqs[call.a() % slots.srqs.length];
        final int limit = call.b() % (srq.config().maxWr() + 3);
        oracle.expect("arm " + srq.describe(), () -> srq.arm(limit), limit,
            !srq.isOpen() ? Errno.EBADF : limit <= srq.config().maxWr() ? Oracle.OK : Errno.EINVAL,
            !srq.isOpen() ? Errno.EBADF : limit <= srq.config().maxWr() || !TestProvider.isSoft() ? Oracle.OK : Errno.EINVAL);
    }

    void closeQp(final int slot) {
        if (!TestProvider.isSoft()) {
            windows.leave(slots.qps[slot], oracle);
        }
        oracle.expect("close QP" + slot, slots.qps[slot].qp::close, "", Oracle.OK);
        slots.qps[slot].forget();
    }

    void createHandle(final Call call) {
        final int pd = call.a() % slots.pds.length;
        final int slot = call.b() % slots.handles.length;
        if (slots.handles[slot] != null && slots.handles[slot].isOpen()) {
            return;
        }
        final AddressVector good = slots.port.pathTo(slots.port.lid(), slots.port.gid().gid());
        final AddressVector path = switch (call.c() % 6) {
            case 0 -> AddressVector.global(good.port(), NOWHERE, good.gid());
            case 1 -> AddressVector.global(NOWHERE, good.gidIndex(), good.gid());
            default -> good;
        };
        final int allowed = path == good ? Oracle.OK : Errno.EINVAL;
        final boolean open = slots.pds[pd].isOpen();
        oracle.expect("AH" + slot + " = create in PD" + pd,
            () -> slots.handles[slot] = slots.keep(slots.pds[pd].createAddressHandle(path)), path,
            open ? allowed : Errno.EBADF, open ? allowed : Errno.EINVAL);
    }

    void closeHandle(final Call call) {
        final int slot = call.a() % slots.handles.length;
        final AddressHandle handle = slots.handles[slot];
        boolean perhapsBusy = false;
        for (final QpModel qp : slots.qps) {
            perhapsBusy |= qp != null && qp.qp.isOpen() && qp.qp.config().type() == QpType.UD
                && qp.qp.protectionDomain() == handle.protectionDomain() && qp.qp.inFlight() > 0; // receives are counted, too
        }
        oracle.expect("close AH" + slot, handle::close, "", Oracle.OK, perhapsBusy && handle.isOpen() ? Errno.EBUSY : Oracle.OK);
    }

    void allocateWindow(final Call call) {
        final int pd = call.a() % slots.pds.length;
        final int slot = call.b() % slots.windows.length;
        if (slots.windows[slot] == null || !slots.windows[slot].isOpen()) {
            final MemoryWindowType type = call.c() % 2 == 0 ? MemoryWindowType.TYPE_1 : MemoryWindowType.TYPE_2;
            oracle.expect("MW" + slot + " = allocate in PD" + pd,
                () -> slots.windows[slot] = slots.keep(slots.pds[pd].allocateMemoryWindow(type)), type,
                slots.pds[pd].isOpen() ? Oracle.OK : Errno.EBADF);
        }
    }

    void closeWindow(final Call call) {
        final int slot = call.a() % slots.windows.length;
        oracle.expect("close MW" + slot, slots.windows[slot]::close, "", Oracle.OK);
    }

    void resizeCq(final Call call) {
        final int slot = call.a() % slots.cqs.length;
        final CompletionQueue cq = slots.cqs[slot];
        final int entries = ENTRIES[call.b() % ENTRIES.length];
        final boolean fits = entries > 0 && entries <= slots.context.queryDevice().maxCqe();
        oracle.expect("resize CQ" + slot, () -> cq.resize(entries), entries, !cq.isOpen() ? Errno.EBADF : fits ? Oracle.OK : Errno.EINVAL,
            Errno.EINVAL); // also while more completions wait
        note(cq);
        for (final QpModel qp : slots.qps) {
            if (cq.isOpen() && cq.capacity() < Slots.ENTRIES_FOR_ALL && qp != null
                && (slots.cqs[qp.sendCq] == cq || slots.cqs[qp.receiveCq] == cq)) {
                qp.lossy = true;
            }
        }
    }

    private void note(final CompletionQueue cq) {
        if (cq != null && cq.isOpen() && cq.capacity() < Slots.ENTRIES_FOR_ALL) {
            slots.small.add(cq);
        }
    }
}
