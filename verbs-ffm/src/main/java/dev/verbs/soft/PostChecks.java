package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.SendWrDescriptor;
import dev.verbs.SgeDescriptor;
import dev.verbs.WorkRequests;
import dev.verbs.WrOpcode;
import java.lang.foreign.MemorySegment;

/** What a post refuses before anything is executed: the checks of rdma-core's rxe provider. Under the queue's lock. */
final class PostChecks {
    private static final int WR_BYTES = (int)SendWrDescriptor.SIZE;
    private static final int CAS = WrOpcode.ATOMIC_CMP_AND_SWP.code();
    private static final int ADD = WrOpcode.ATOMIC_FETCH_AND_ADD.code();
    private static final int READ = WrOpcode.RDMA_READ.code();
    private static final int BIND = WrOpcode.BIND_MW.code();

    private final SoftFabric fabric;
    private final LocalOperations local;
    private final Transfer transfer;
    private final int maxSge;
    private final int maxInline;
    private final int maxSgeRead;
    private final boolean iwarp;

    PostChecks(final SoftQueuePair qp, final SoftFabric fabric, final LocalOperations local, final Transfer transfer) {
        this.fabric = fabric;
        this.local = local;
        this.transfer = transfer;
        this.maxSge = qp.config().maxSendSge();
        this.maxInline = qp.config().maxInlineData();
        this.iwarp = qp.host().behaviour().iwarp();
        this.maxSgeRead = qp.host().device().attributes().maxSgeRead();
    }

    /** Whether {@code bytes} at an address lie in the list's own memory, aligned as the structures are. */
    static boolean isInside(final MemorySegment list, final long address, final long bytes) {
        final long distance = address - list.address();
        return distance >= 0 && distance <= list.byteSize() - bytes && (address & Long.BYTES - 1) == 0;
    }

    static void bad(final WorkRequests requests, final long address) {
        requests.bad(address);
    }

    /** Errno for a link to the next request that leaves the list, else 0. */
    static int checkNext(final MemorySegment list, final long next) {
        return next != 0 && !isInside(list, next, WR_BYTES) ? Errno.EFAULT : 0;
    }

    /** Why {@link #check}, {@link #checkNext} or a full queue of so many places refuses a request. */
    String objection(final MemorySegment list, final long at, final boolean full, final int places, final int errno) {
        final int entries = SendWrDescriptor.numSge(list, at);
        final long sges = SendWrDescriptor.sgList(list, at);
        if (checkNext(list, SendWrDescriptor.next(list, at)) != 0) {
            return QpReasons.outsideList("next");
        }
        if (entries < 0 || entries > maxSge) {
            return QpReasons.entries(entries, maxSge);
        }
        if (entries > 0 && !isInside(list, sges, entries * SgeDescriptor.SIZE)) {
            return QpReasons.outsideList("sg_list");
        }
        final Request request = new Request();
        request.read(list, at);
        if (check(request) == 0) {
            return full ? QpReasons.full("the send queue", places) : QpReasons.general(errno);
        }
        final long sum = ChunkList.sum(list, sges - list.address(), entries);
        final int opcode = SendWrDescriptor.opcode(list, at);
        if (iwarp && !Operation.isIwarp(request.kind())) {
            return "iWARP has no " + QpReasons.opcode(opcode);
        }
        if (opcode == CAS || opcode == ADD) {
            return sum < Long.BYTES ? "an atomic has room for " + sum + " of the 8 bytes that it fetches"
                : "the remote address of an atomic is not aligned to 8 bytes";
        }
        if (opcode == READ && entries > maxSgeRead) {
            return entries + " entries of a READ are more than the device's max_sge_rd " + maxSgeRead;
        }
        if (opcode == BIND) {
            return "a bind names no open window, or has entries or an rkey to invalidate";
        }
        return sum > maxInline ? sum + " bytes of inline data are more than the " + maxInline + " that the queue pair was made for"
            : "inline data is neither in the list nor in registered memory of this thread";
    }

    /** The checks of rdma-core's rxe provider, and that every address can be resolved. */
    int check(final Request request) {
        final MemorySegment list = request.list();
        final long at = request.at();
        final int entries = request.entries();
        if (entries < 0 || entries > maxSge) {
            return Errno.EINVAL;
        }
        final long sges = request.sges();
        if (entries > 0 && !isInside(list, list.address() + sges, entries * SgeDescriptor.SIZE)) {
            return Errno.EFAULT;
        }
        final int opcode = request.opcode();
        if (iwarp && !Operation.isIwarp(request.kind())) {
            return Errno.EINVAL;
        }
        if (opcode == CAS || opcode == ADD) {
            return ChunkList.sum(list, sges, entries) < Long.BYTES
                || (SendWrDescriptor.remoteAddress(list, at) & Long.BYTES - 1) != 0 ? Errno.EINVAL : 0;
        }
        if (opcode == READ && entries > maxSgeRead) {
            return Errno.EINVAL;
        }
        if (opcode == BIND) {
            return local.isBind(list, at) ? 0 : Errno.EINVAL;
        }
        if (request.isInline()) {
            if (ChunkList.sum(list, sges, entries) > maxInline) {
                return Errno.EINVAL;
            }
            return transfer.source().resolveInline(fabric, list, sges, entries) ? 0 : Errno.EFAULT;
        }
        return 0;
    }
}
