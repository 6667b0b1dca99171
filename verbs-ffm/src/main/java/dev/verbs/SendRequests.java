package dev.verbs;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A reusable linked list of send work requests, kept off heap in the C layout: filled in place, posted with one call.
 *
 * <p>Fill: {@link #clear()}, then one of {@link #send}, {@link #write}, {@link #read} ... per request; or prepare once, patch
 * what changes ({@link #patch(int, long, long, long, long)}) and {@link #rewind()}. Post with
 * {@link QueuePair#postSend(SendRequests)}. Nothing here allocates. Lengths are in bytes, keys in host order, the immediate
 * is the number itself (network order in memory, converted here). One thread at a time.
 *
 * <p>A full list is an IllegalStateException, an entry that has no room an IndexOutOfBoundsException, a length out of range an
 * IllegalArgumentException. What patches single fields does not check the index: 0 to {@link #size()} - 1.
 *
 * <p>The buffers that the entries name must stay untouched and registered until the completion, unless the request carries
 * {@link SendFlags#INLINE}: then they are free when the post returns.
 *
 * <p>C: {@code struct ibv_send_wr}, {@code struct ibv_sge}.
 */
public final class SendRequests extends WorkRequests {
    private static final int SEND = WrOpcode.SEND.code();
    private static final int SEND_WITH_IMM = WrOpcode.SEND_WITH_IMM.code();
    private static final int RDMA_WRITE = WrOpcode.RDMA_WRITE.code();
    private static final int RDMA_WRITE_WITH_IMM = WrOpcode.RDMA_WRITE_WITH_IMM.code();
    private static final int RDMA_READ = WrOpcode.RDMA_READ.code();
    private static final int CAS = WrOpcode.ATOMIC_CMP_AND_SWP.code();
    private static final int ADD = WrOpcode.ATOMIC_FETCH_AND_ADD.code();
    private static final int SEND_WITH_INV = WrOpcode.SEND_WITH_INV.code();
    private static final int LOCAL_INV = WrOpcode.LOCAL_INV.code();
    private static final int BIND_MW = WrOpcode.BIND_MW.code();

    private final long inlineStart;
    private final long inlineBytes;
    private BoundWindows bound;
    private int signalled;

    private SendRequests(final Arena arena, final int capacity, final int maxSge, final long inlineBytes) {
        super(arena, capacity, maxSge, SendWrDescriptor.SIZE, inlineBytes);
        this.inlineBytes = inlineBytes;
        this.inlineStart = offset(capacity);
    }

    /**
     * A list without room for inline payloads of its own. No C counterpart.
     *
     * @param arena    owns the memory
     * @param capacity most requests, at least 1
     * @param maxSge   most scatter/gather entries of a request
     * @return the empty list
     */
    public static SendRequests allocate(final Arena arena, final int capacity, final int maxSge) {
        return new SendRequests(arena, capacity, maxSge, 0);
    }

    /**
     * A list with room for inline payloads of its own, filled by {@link #inline}. No C counterpart.
     *
     * @param arena       owns the memory
     * @param capacity    most requests, at least 1
     * @param maxSge      most scatter/gather entries of a request, at least 1
     * @param inlineBytes most inline bytes of a request
     * @return the empty list
     */
    public static SendRequests allocate(final Arena arena, final int capacity, final int maxSge, final int inlineBytes) {
        return new SendRequests(arena, capacity, maxSge, inlineBytes);
    }

    /**
     * Empties the list. No C counterpart.
     *
     * @return this
     */
    public SendRequests clear() {
        reset();
        signalled = 0;
        return this;
    }

    /**
     * Appends a request without entries and chains it to the one before. It leads nowhere until {@link #remote}, {@link #target} or
     * the like say where: a datagram without a target is refused. C: {@code struct ibv_send_wr}.
     *
     * @param wrId   the number that its completion carries
     * @param opcode a code of {@link WrOpcode}
     * @param flags  flags of {@link SendFlags}
     * @return its index
     * @throws IllegalStateException if the list is full
     */
    public int add(final long wrId, final int opcode, final int flags) {
        return add(wrId, opcode, flags, 0);
    }

    private int add(final long wrId, final int opcode, final int flags, final int entries) {
        requireMemory();
        final int index = claim();
        final long distance = offset(index);
        final MemorySegment memory = memory();
        final long at = start() + distance;
        SendWrDescriptor.wrId(memory, at, wrId);
        SendWrDescriptor.next(memory, at, 0);
        SendWrDescriptor.sgList(memory, at, base + distance + SendWrDescriptor.SIZE);
        SendWrDescriptor.numSge(memory, at, entries);
        SendWrDescriptor.opcode(memory, at, opcode);
        SendWrDescriptor.sendFlags(memory, at, flags);
        signalled += asks(flags);
        SendWrDescriptor.remoteAddress(memory, at, 0); // nor the address handle of the request that was here before,
        SendWrDescriptor.rkey(memory, at, 0); // nor its key: whom a request is for is said again
        if (index > 0) {
            SendWrDescriptor.next(memory, start() + offset(index - 1), base + distance);
        }
        return index;
    }

    /** Where a read or write that was just appended goes. */
    private int reach(final int index, final long remoteAddress, final int rkey) {
        SendWrDescriptor.remoteAddress(memory(), start() + offset(index), remoteAddress);
        SendWrDescriptor.rkey(memory(), start() + offset(index), rkey);
        return index;
    }

    /** Appends a request of one buffer, which lies behind it. */
    private int addBuffer(final long wrId, final int opcode, final int flags, final long address, final long length, final int lkey) {
        checkBuffer(length);
        final int index = add(wrId, opcode, flags, 1);
        SgeDescriptor.set(memory(), start() + offset(index) + SendWrDescriptor.SIZE, address, length, lkey);
        return index;
    }

    /**
     * Appends a SEND of one buffer. C: {@code IBV_WR_SEND}.
     *
     * @param wrId    the number that its completion carries
     * @param address address of the buffer
     * @param length  bytes, 0 to 2^32 - 1
     * @param lkey    local key of its region
     * @param flags   flags of {@link SendFlags}
     * @return its index
     */
    public int send(final long wrId, final long address, final long length, final int lkey, final int flags) {
        return addBuffer(wrId, SEND, flags, address, length, lkey);
    }

    /**
     * Appends a SEND_WITH_IMM of one buffer. C: {@code IBV_WR_SEND_WITH_IMM}.
     *
     * @param wrId      the number that its completion carries
     * @param address   address of the buffer
     * @param length    bytes, 0 to 2^32 - 1
     * @param lkey      local key of its region
     * @param immediate 32 bits for the receiver's completion
     * @param flags     flags of {@link SendFlags}
     * @return its index
     */
    public int sendWithImm(final long wrId, final long address, final long length, final int lkey, final int immediate,
        final int flags) {
        return immediate(addBuffer(wrId, SEND_WITH_IMM, flags, address, length, lkey), immediate);
    }

    /**
     * Appends an RDMA WRITE of one buffer. C: {@code IBV_WR_RDMA_WRITE}.
     *
     * @param wrId          the number that its completion carries
     * @param address       address of the local buffer
     * @param length        bytes, 0 to 2^32 - 1
     * @param lkey          local key of its region
     * @param remoteAddress where to write in the peer's memory
     * @param rkey          remote key of the peer's region
     * @param flags         flags of {@link SendFlags}
     * @return its index
     */
    public int write(final long wrId, final long address, final long length, final int lkey, final long remoteAddress,
        final int rkey, final int flags) {
        return reach(addBuffer(wrId, RDMA_WRITE, flags, address, length, lkey), remoteAddress, rkey);
    }

    /**
     * Appends an RDMA WRITE with immediate of one buffer; consumes a receive at the peer. C: {@code IBV_WR_RDMA_WRITE_WITH_IMM}.
     *
     * @param wrId          the number that its completion carries
     * @param address       address of the local buffer
     * @param length        bytes, 0 to 2^32 - 1
     * @param lkey          local key of its region
     * @param remoteAddress where to write in the peer's memory
     * @param rkey          remote key of the peer's region
     * @param immediate     32 bits for the receiver's completion
     * @param flags         flags of {@link SendFlags}
     * @return its index
     */
    public int writeWithImm(final long wrId, final long address, final long length, final int lkey,
        final long remoteAddress, final int rkey, final int immediate, final int flags) {
        final int index = addBuffer(wrId, RDMA_WRITE_WITH_IMM, flags, address, length, lkey);
        return immediate(reach(index, remoteAddress, rkey), immediate);
    }

    /**
     * Appends an RDMA READ into one buffer, whose region needs LOCAL_WRITE. C: {@code IBV_WR_RDMA_READ}.
     *
     * @param wrId          the number that its completion carries
     * @param address       address of the local buffer
     * @param length        bytes, 0 to 2^32 - 1
     * @param lkey          local key of its region
     * @param remoteAddress where to read in the peer's memory
     * @param rkey          remote key of the peer's region
     * @param flags         flags of {@link SendFlags}
     * @return its index
     */
    public int read(final long wrId, final long address, final long length, final int lkey, final long remoteAddress,
        final int rkey, final int flags) {
        return reach(addBuffer(wrId, RDMA_READ, flags, address, length, lkey), remoteAddress, rkey);
    }

    /**
     * Appends a compare and swap: if the 8 bytes at the peer equal {@code compare}, they become {@code swap}. What they were
     * before arrives in the local buffer, in host order. Atomic towards other atomics of the same device; towards the peer's
     * CPU only where the device says so. C: {@code IBV_WR_ATOMIC_CMP_AND_SWP}.
     *
     * @param wrId          the number that its completion carries
     * @param address       address of 8 local bytes, whose region needs LOCAL_WRITE
     * @param lkey          local key of that region
     * @param remoteAddress where in the peer's memory, a multiple of 8
     * @param rkey          remote key of the peer's region, which needs REMOTE_ATOMIC
     * @param compare       what is expected there
     * @param swap          what is to stand there
     * @param flags         flags of {@link SendFlags}
     * @return its index
     */
    public int compareAndSwap(final long wrId, final long address, final int lkey, final long remoteAddress, final int rkey,
        final long compare, final long swap, final int flags) {
        return atomic(addBuffer(wrId, CAS, flags, address, Long.BYTES, lkey), remoteAddress, rkey, compare, swap);
    }

    /**
     * Appends a fetch and add: adds to the 8 bytes at the peer, modulo 2^64. What they were before arrives in the local
     * buffer, in host order; see {@link #compareAndSwap}. C: {@code IBV_WR_ATOMIC_FETCH_AND_ADD}.
     *
     * @param wrId          the number that its completion carries
     * @param address       address of 8 local bytes, whose region needs LOCAL_WRITE
     * @param lkey          local key of that region
     * @param remoteAddress where in the peer's memory, a multiple of 8
     * @param rkey          remote key of the peer's region, which needs REMOTE_ATOMIC
     * @param addend        what is added
     * @param flags         flags of {@link SendFlags}
     * @return its index
     */
    public int fetchAndAdd(final long wrId, final long address, final int lkey, final long remoteAddress, final int rkey,
        final long addend, final int flags) {
        return atomic(addBuffer(wrId, ADD, flags, address, Long.BYTES, lkey), remoteAddress, rkey, addend, 0);
    }

    /**
     * Appends a SEND of one buffer that also invalidates a window of the peer. C: {@code IBV_WR_SEND_WITH_INV}.
     *
     * @param wrId    the number that its completion carries
     * @param address address of the buffer
     * @param length  bytes, 0 to 2^32 - 1
     * @param lkey    local key of its region
     * @param rkey    key of the peer's type 2 window; the peer's receive says which key it was
     * @param flags   flags of {@link SendFlags}
     * @return its index
     */
    public int sendWithInvalidate(final long wrId, final long address, final long length, final int lkey, final int rkey,
        final int flags) {
        return invalidateRkey(addBuffer(wrId, SEND_WITH_INV, flags, address, length, lkey), rkey);
    }

    /**
     * Appends a local invalidate: the window of this side with that key is no longer bound. C: {@code IBV_WR_LOCAL_INV}.
     *
     * @param wrId  the number that its completion carries
     * @param rkey  key of a type 2 window that is bound
     * @param flags flags of {@link SendFlags}
     * @return its index
     */
    public int localInvalidate(final long wrId, final int rkey, final int flags) {
        return invalidateRkey(add(wrId, LOCAL_INV, flags), rkey);
    }

    /**
     * Appends a bind of a type 2 window. C: {@code IBV_WR_BIND_MW}.
     *
     * <p>Window and region must be open until the bind has completed; a post refuses it with EINVAL if one of them is closed by then,
     * and they stay open until it has returned. After its success tell the window its key with {@link MemoryWindow#bound}.
     *
     * @param wrId    the number that its completion carries
     * @param window  the window, of the queue pair's domain, not bound
     * @param rkey    its new key, usually {@link MemoryWindow#nextRkey()}: only the lowest 8 bits may change
     * @param binding what it opens, at least 1 byte
     * @param flags   flags of {@link SendFlags}
     * @return its index
     * @throws IllegalArgumentException if the window is of type 1, which {@link MemoryWindow#bind} binds
     * @throws IllegalStateException    if window or region are closed
     */
    public int bindWindow(final long wrId, final MemoryWindow window, final int rkey, final WindowBinding binding,
        final int flags) {
        if (window.type() != MemoryWindowType.TYPE_2) {
            throw new IllegalArgumentException(window.describe() + " is of type 1: bind it with MemoryWindow.bind");
        }
        if (!window.isOpen() || !binding.region().isOpen()) {
            throw new IllegalStateException((window.isOpen() ? binding.region() : window).describe() + " is closed");
        }
        return bind(add(wrId, BIND_MW, flags), window, rkey, binding);
    }

    /**
     * Makes a request a bind of any window; providers check what {@link #bindWindow} checks. C: {@code IBV_WR_BIND_MW}.
     *
     * @param index   which request
     * @param window  the window
     * @param rkey    its new key
     * @param binding what it opens
     * @return {@code index}
     */
    public int bind(final int index, final MemoryWindow window, final int rkey, final WindowBinding binding) {
        touch();
        final long at = offset(index);
        SendWrDescriptor.opcode(segment, at, BIND_MW);
        SendWrDescriptor.immediate(segment, at, 0); // providers refuse a bind with an immediate
        SendWrDescriptor.window(segment, at, window.handle());
        SendWrDescriptor.windowRkey(segment, at, rkey);
        SendWrDescriptor.boundRegion(segment, at, binding.region().handle());
        SendWrDescriptor.boundAddress(segment, at, binding.address());
        SendWrDescriptor.boundLength(segment, at, binding.length());
        SendWrDescriptor.windowAccess(segment, at, binding.access());
        bound = bound == null ? new BoundWindows(capacity()) : bound;
        bound.set(index, window, binding.region());
        bindsWindow();
        return index;
    }

    /**
     * Whether a request may bind a window. For providers. No C counterpart.
     *
     * @return false if {@link #bind} was not called since {@link #clear()}
     */
    public boolean hasBinds() {
        return mayBind();
    }

    /**
     * The window that a request binds. For providers; allocates nothing. C: {@code ibv_send_wr.bind_mw.mw}.
     *
     * @param index which request
     * @return the window, null if the request was not made by {@link #bind}
     */
    public VerbsResource boundWindow(final int index) {
        return isBind(index) ? bound.window(index, SendWrDescriptor.window(segment, offset(index))) : null;
    }

    /**
     * The region that a request binds a window to. For providers; allocates nothing. C: {@code ibv_mw_bind_info.mr}.
     *
     * @param index which request
     * @return the region, null if the request was not made by {@link #bind}
     */
    public VerbsResource boundRegion(final int index) {
        return isBind(index) ? bound.region(index, SendWrDescriptor.boundRegion(segment, offset(index))) : null;
    }

    private boolean isBind(final int index) {
        return bound != null && SendWrDescriptor.opcode(segment, offset(index)) == BIND_MW;
    }

    /**
     * Appends a datagram of one buffer, for a UD queue pair. More bytes than the port's active MTU are lost without an error, as
     * the InfiniBand specification wants it (C10-93.1.1). C: {@code IBV_WR_SEND}.
     *
     * @param wrId       the number that its completion carries
     * @param address    address of the buffer
     * @param length     bytes, 0 to the port's MTU
     * @param lkey       local key of its region
     * @param handle     the path; it must stay open until the completion
     * @param remoteQpn  number of the queue pair that it is for, {@link UdEndpoint#MULTICAST_QPN} for a group
     * @param remoteQkey that queue pair's queue key: with another one the datagram is lost
     * @param flags      flags of {@link SendFlags}
     * @return its index
     */
    public int sendTo(final long wrId, final long address, final long length, final int lkey, final AddressHandle handle,
        final int remoteQpn, final int remoteQkey, final int flags) {
        final int index = addBuffer(wrId, SEND, flags, address, length, lkey);
        return target(index, handle, remoteQpn, remoteQkey);
    }

    /**
     * Appends a datagram of one buffer with an immediate, like {@link #sendTo}. C: {@code IBV_WR_SEND_WITH_IMM}.
     *
     * @param wrId       the number that its completion carries
     * @param address    address of the buffer
     * @param length     bytes, 0 to the port's MTU
     * @param lkey       local key of its region
     * @param immediate  32 bits for the receiver's completion
     * @param handle     the path; it must stay open until the completion
     * @param remoteQpn  number of the queue pair that it is for
     * @param remoteQkey that queue pair's queue key
     * @param flags      flags of {@link SendFlags}
     * @return its index
     */
    public int sendToWithImm(final long wrId, final long address, final long length, final int lkey, final int immediate,
        final AddressHandle handle, final int remoteQpn, final int remoteQkey, final int flags) {
        final int index = addBuffer(wrId, SEND_WITH_IMM, flags, address, length, lkey);
        target(index, handle, remoteQpn, remoteQkey);
        return immediate(index, immediate);
    }

    /**
     * Sets whom a datagram is for. C: {@code ibv_send_wr.wr.ud}.
     *
     * @param index      which request
     * @param handle     the path
     * @param remoteQpn  number of the queue pair that it is for
     * @param remoteQkey that queue pair's queue key
     * @return {@code index}
     */
    public int target(final int index, final AddressHandle handle, final int remoteQpn, final int remoteQkey) {
        touch();
        final long at = offset(index);
        SendWrDescriptor.addressHandle(segment, at, handle.isOpen() ? handle.word() : 0); // another may have its address by now
        SendWrDescriptor.remoteQpn(segment, at, remoteQpn);
        SendWrDescriptor.remoteQkey(segment, at, remoteQkey);
        return index;
    }

    /**
     * Appends a scatter/gather entry to a request. C: {@code ibv_send_wr.sg_list}, {@code ibv_send_wr.num_sge}.
     *
     * @param index   which request
     * @param address address of the buffer
     * @param length  bytes, 0 to 2^32 - 1
     * @param lkey    local key of its region
     * @return {@code index}
     */
    public int addLocal(final int index, final long address, final long length, final int lkey) {
        final int entry = SendWrDescriptor.numSge(segment, offset(index));
        checkEntry(index, entry);
        writeEntry(index, entry, address, length, lkey);
        SendWrDescriptor.numSge(segment, offset(index), entry + 1);
        return index;
    }

    /**
     * Replaces the first scatter/gather entry of a request that has one. C: {@code ibv_send_wr.sg_list}.
     *
     * @param index   which request
     * @param address address of the buffer
     * @param length  bytes, 0 to 2^32 - 1
     * @param lkey    local key of its region
     * @return {@code index}
     */
    public int local(final int index, final long address, final long length, final int lkey) {
        checkEntry(index, 0);
        writeEntry(index, 0, address, length, lkey);
        return index;
    }

    /**
     * Copies a payload into the list itself, makes it the request's only entry and flags it INLINE. C: {@code IBV_SEND_INLINE}.
     *
     * @param index  which request
     * @param source where the payload lies; heap segments are welcome here, nothing needs to be registered
     * @param from   its offset in bytes
     * @param length its length, at most what the list was made for and what the QP's max_inline_data allows
     * @return {@code index}
     */
    public int inline(final int index, final MemorySegment source, final long from, final long length) {
        checkEntry(index, 0);
        if (length > inlineBytes) {
            throw new IllegalArgumentException("inline payload of " + length + " bytes: the list was made for " + inlineBytes);
        }
        final long slot = inlineStart + index * inlineBytes;
        MemorySegment.copy(source, from, segment, slot, length);
        writeEntry(index, 0, base + slot, length, 0);
        final long at = offset(index);
        SendWrDescriptor.numSge(segment, at, 1);
        SendWrDescriptor.sendFlags(segment, at, SendWrDescriptor.sendFlags(segment, at) | SendFlags.INLINE);
        return index;
    }

    /**
     * Sets where a read or write goes. C: {@code ibv_send_wr.wr.rdma}.
     *
     * @param index         which request
     * @param remoteAddress address in the peer's memory
     * @param rkey          remote key of the peer's region
     * @return {@code index}
     */
    public int remote(final int index, final long remoteAddress, final int rkey) {
        touch();
        SendWrDescriptor.remoteAddress(segment, offset(index), remoteAddress);
        SendWrDescriptor.rkey(segment, offset(index), rkey);
        return index;
    }

    /**
     * Sets target and operands of an atomic. C: {@code ibv_send_wr.wr.atomic}.
     *
     * @param index         which request
     * @param remoteAddress address in the peer's memory, a multiple of 8
     * @param rkey          remote key of the peer's region
     * @param compareAdd    what is compared with, or added
     * @param swap          what a compare and swap stores
     * @return {@code index}
     */
    public int atomic(final int index, final long remoteAddress, final int rkey, final long compareAdd, final long swap) {
        touch();
        final long at = offset(index);
        SendWrDescriptor.remoteAddress(segment, at, remoteAddress);
        SendWrDescriptor.atomicRkey(segment, at, rkey);
        SendWrDescriptor.compareAdd(segment, at, compareAdd);
        SendWrDescriptor.swap(segment, at, swap);
        return index;
    }

    /**
     * Sets the key that a send or a local invalidate invalidates. C: {@code ibv_send_wr.invalidate_rkey}.
     *
     * @param index which request
     * @param rkey  the key
     * @return {@code index}
     */
    public int invalidateRkey(final int index, final int rkey) {
        touch();
        SendWrDescriptor.invalidateRkey(segment, offset(index), rkey);
        return index;
    }

    /**
     * Sets the immediate. C: {@code ibv_send_wr.imm_data}.
     *
     * @param index     which request
     * @param immediate 32 bits for the receiver's completion, as a number
     * @return {@code index}
     */
    public int immediate(final int index, final int immediate) {
        touch();
        SendWrDescriptor.immediate(segment, offset(index), immediate);
        return index;
    }

    /**
     * Sets the flags. C: {@code ibv_send_wr.send_flags}.
     *
     * @param index which request
     * @param flags flags of {@link SendFlags}
     * @return {@code index}
     */
    public int flags(final int index, final int flags) {
        touch();
        final long at = offset(index);
        if (index < size) {
            signalled += asks(flags) - asks(SendWrDescriptor.sendFlags(segment, at));
        }
        SendWrDescriptor.sendFlags(segment, at, flags);
        return index;
    }

    private static int asks(final int flags) {
        return (flags & SendFlags.SIGNALED) != 0 ? 1 : 0;
    }

    /**
     * Requests that ask for a completion; true of the memory as long as {@link #isPlain()}. For providers. No C counterpart.
     *
     * @return the count
     */
    public int signalled() {
        return signalled;
    }

    /**
     * Replaces what one transfer of a prepared list differs in from the last: its number, and the bytes on both sides. The rest stays:
     * operation, flags, keys, further entries. The cheapest way to post again: one check for four fields. For requests that have a
     * remote address; a datagram's path lies in the same place: see {@link #patch(int, long, long, long)}.
     * C: {@code ibv_send_wr.wr_id}, {@code ibv_sge.addr}, {@code ibv_sge.length}, {@code ibv_send_wr.wr.rdma.remote_addr}.
     *
     * @param index         which request
     * @param wrId          the number that its completion carries
     * @param address       address of the local buffer, in the region of the key that the first entry has
     * @param length        bytes, 0 to 2^32 - 1
     * @param remoteAddress address in the peer's memory, in the region of the key that the request has
     * @throws IndexOutOfBoundsException if there is no such request, or the list was made for 0 entries
     * @throws IllegalArgumentException  if the length is out of range
     * @throws IllegalStateException     if the arena of the list is closed
     */
    public void patch(final int index, final long wrId, final long address, final long length, final long remoteAddress) {
        checkPatch(index, length);
        final MemorySegment memory = memory();
        final long at = start() + offset(index);
        SendWrDescriptor.wrId(memory, at, wrId);
        SendWrDescriptor.remoteAddress(memory, at, remoteAddress);
        SgeDescriptor.buffer(memory, at + SendWrDescriptor.SIZE, address, length); // the first entry lies behind the request
    }
}
