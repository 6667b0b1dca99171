package dev.verbs;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * What send and receive lists share: the memory, the chain, and the cursor of what has been accepted.
 *
 * <pre>
 *   | bad_wr ptr, pad to 64 | wr 0, sge 0.0 .. 0.m | wr 1, sge 1.0 .. 1.m | ... | inline 0 | inline 1 | ... |
 * </pre>
 *
 * <p>One thread at a time; the memory belongs to the arena it was made from and must live until the post returns (the
 * device keeps no pointer to the list, only to the buffers that its entries name). C: {@code struct ibv_send_wr},
 * {@code struct ibv_recv_wr}.
 */
public abstract sealed class WorkRequests extends GuardedMemory permits SendRequests, ReceiveRequests {
    static final long HEAD = 64;
    static final long MAX_LENGTH = 0xFFFF_FFFFL;
    /** Most entries per request that a list can be made for; no device has as many. */
    private static final int MAX_SGE = 0xFFFF;
    /** Covers every stride: of an offset within the list the compiler knows that it is not negative, and how large it is at most. */
    private static final long STRIDES = (1 << 21) - 1;
    private static final long ONE_BUFFER_SEND = SendWrDescriptor.SIZE + SgeDescriptor.SIZE;
    private static final long ONE_BUFFER_RECEIVE = RecvWrDescriptor.SIZE + SgeDescriptor.SIZE;
    /** A bit of {@link #irregular}: somebody has the raw memory, and may have changed the chain. */
    private static final int RAW = 1;
    /** A bit of {@link #irregular}: a request may bind a window. */
    private static final int BINDS = 2;
    /** A bit of {@link #irregular}: the last post did not take all, and may have left a word that says where it stopped. */
    private static final int STOPPED = 4;

    final int capacity;
    final int maxSge;
    /** From a request to the next: the request and its entries. */
    final long stride;
    private final long entries;
    int size;
    private int first;
    /** Why the list may be something else than requests one behind the other that name nothing but memory; 0 if it is not. */
    private int irregular;
    private int errno;
    /** Who posts the list now; in the checking mode only. */
    private volatile Thread poster;

    WorkRequests(final Arena arena, final int capacity, final int maxSge, final long requestBytes, final long inlineBytes) {
        super(arena, HEAD + (stride(requestBytes, maxSge) + inlineBytes(inlineBytes)) * capacity(capacity));
        this.capacity = capacity;
        this.maxSge = maxSge;
        this.stride = stride(requestBytes, maxSge);
        this.entries = HEAD + requestBytes;
    }

    private static int capacity(final int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity " + capacity + " is less than 1");
        }
        return capacity;
    }

    private static long stride(final long requestBytes, final int maxSge) {
        if (maxSge < 0) {
            throw new IllegalArgumentException("maxSge " + maxSge + " is negative");
        }
        if (maxSge > MAX_SGE) {
            throw new IllegalArgumentException("maxSge " + maxSge + " is more than " + MAX_SGE);
        }
        return requestBytes + SgeDescriptor.SIZE * maxSge;
    }

    private static long inlineBytes(final long inlineBytes) {
        if (inlineBytes < 0) {
            throw new IllegalArgumentException("inlineBytes " + inlineBytes + " is negative");
        }
        return inlineBytes;
    }

    /**
     * Most requests that the list holds. No C counterpart.
     *
     * @return the count
     */
    public final int capacity() {
        return capacity;
    }

    /**
     * Requests in the list, posted ones included. No C counterpart.
     *
     * @return the count
     */
    public final int size() {
        return size;
    }

    /**
     * Index of the first request that has not been accepted yet. No C counterpart.
     *
     * @return the index, {@link #size()} if all were accepted
     */
    public final int first() {
        return first;
    }

    /**
     * Requests that the next post hands over. No C counterpart.
     *
     * @return {@link #size()} - {@link #first()}
     */
    public final int remaining() {
        return size - first;
    }

    /**
     * Why the last post accepted fewer requests than it was given. C: {@code ibv_post_send}, {@code ibv_post_recv}: what they
     * return.
     *
     * @return an errno of {@link Errno}, positive; 0 if all were accepted. {@link Errno#ENOMEM} means that the queue is full:
     *     poll the completion queue and post again
     */
    public final int errno() {
        return errno;
    }

    /**
     * Why the last post accepted fewer requests than it was given, as far as the errno tells; {@link QueuePair#explain} and
     * {@link SharedReceiveQueue#explain} know more. Allocates. No C counterpart.
     *
     * @return the errno and what it means; without one, how many were not posted
     */
    public final String explain() {
        if (errno == 0) {
            return remaining() == 0 ? "all requests were accepted" : remaining() + " of " + size + " requests have not been posted";
        }
        final String meaning = errno == Errno.ENOMEM ? "the queue is full, or the driver has no memory: poll the completion queue and "
            + "post again" : errno == Errno.EINVAL ? "a malformed request, a limit of the queue that it exceeds, or a queue pair in the "
            + "wrong state" : errno == Errno.EFAULT ? "an address that the device cannot read" : errno == Errno.EBUSY
            ? "a batch of the extended queue pair is open" : "";
        return Errno.name(errno) + " at request " + first + " of " + size + (meaning.isEmpty() ? "" : ": " + meaning);
    }

    /**
     * The raw memory: for native code and tests, which may change it. From then on each post walks the chain to see what is in it.
     * No C counterpart.
     *
     * @return the memory of list, entries and inline data
     */
    public final MemorySegment segment() {
        irregular |= RAW;
        return segment;
    }

    /**
     * The raw memory, for providers, who change nothing in it that they do not put back before the post ends. No C counterpart.
     *
     * @return the memory of list, entries and inline data
     */
    public final MemorySegment image() {
        return segment;
    }

    /**
     * Whether the next post hands over the whole list, and all that is known of it here is true of the memory: the requests are chained
     * in their order and bind no windows. Then nobody needs to walk it. For providers. No C counterpart.
     *
     * @return false if it is not known
     */
    public final boolean isPlain() {
        return (irregular | first) == 0;
    }

    final void bindsWindow() {
        irregular |= BINDS;
    }

    final boolean mayBind() {
        return (irregular & BINDS) != 0;
    }

    /**
     * Where a request lies in {@link #segment()}. No C counterpart.
     *
     * @param index which request
     * @return the offset in bytes
     */
    public final long offset(final int index) {
        return HEAD + distance(index);
    }

    /**
     * Where a scatter/gather entry lies in {@link #segment()}. No C counterpart.
     *
     * @param index which request
     * @param entry which entry of it
     * @return the offset in bytes
     */
    public final long sgeOffset(final int index, final int entry) {
        return entries + distance(index) + entry * SgeDescriptor.SIZE;
    }

    /** From the first request to another. A constant stride, as far as possible: a loop unrolled over requests then needs one address. */
    private long distance(final int index) {
        return maxSge != 1 ? index * (stride & STRIDES) : index * (this instanceof SendRequests ? ONE_BUFFER_SEND : ONE_BUFFER_RECEIVE);
    }

    /**
     * Address of the first request that the next post hands over. C: {@code ibv_post_send}, {@code ibv_post_recv}: their list.
     *
     * @return the address
     */
    public final long headAddress() {
        return first == 0 ? base + HEAD : base + offset(first);
    }

    /**
     * Address of the word into which the device stores the request that it refused. For providers. C: {@code ibv_post_send},
     * {@code ibv_post_recv}: their bad_wr argument.
     *
     * @return the address
     */
    public final long badAddress() {
        return base;
    }

    /** Clears the refused-request word. For providers, before a post. No C counterpart. */
    public final void clearBad() {
        bad(0);
    }

    /**
     * The refused-request word. C: {@code ibv_post_send}, {@code ibv_post_recv}: their bad_wr argument.
     *
     * @return the address of the refused request, 0 if there is none
     */
    public final long bad() {
        requireMemory();
        return memory().get(JAVA_LONG_UNALIGNED, start());
    }

    /**
     * Says which request was refused. For providers. C: {@code ibv_post_send}, {@code ibv_post_recv}: their bad_wr argument.
     *
     * @param address its address, 0 if there is none
     */
    public final void bad(final long address) {
        requireMemory();
        memory().set(JAVA_LONG_UNALIGNED, start(), address);
    }

    /**
     * Index of the request at an address. No C counterpart.
     *
     * @param address an address, of any kind
     * @return its index, -1 if no request of this list starts there
     */
    public final int indexOf(final long address) {
        final long distance = address - base - HEAD;
        if (distance < 0 || distance >= stride * size) {
            return -1;
        }
        final long index = distance <= Integer.MAX_VALUE ? (int)distance / (int)stride : distance / stride; // the short one is fast
        return index * stride != distance ? -1 : (int)index;
    }

    /**
     * The calling thread begins to post the list, and until {@link #endPost} nobody else may touch it. For providers, in the checking
     * mode. No C counterpart.
     */
    public final synchronized void beginPost() {
        checkUser("a post of the list");
        poster = Thread.currentThread();
    }

    /** The post has ended. For providers. No C counterpart. */
    public final void endPost() {
        poster = null;
    }

    /** Refuses to touch the list while another thread posts it; in the checking mode. */
    final void touch() {
        if (Checking.ON) {
            checkUser("a change of the list");
        }
    }

    private void checkUser(final String what) {
        final Thread other = poster;
        if (other != null && other != Thread.currentThread()) {
            throw MisuseException.twoThreads(what, other);
        }
    }

    /**
     * Records the outcome of a post. For providers. No C counterpart.
     *
     * @param accepted requests accepted, from 0 to {@link #remaining()}
     * @param reason   0, or the positive errno that stopped the post
     */
    public final void posted(final int accepted, final int reason) {
        irregular = accepted == size - first ? irregular & ~STOPPED : irregular | STOPPED;
        first += accepted;
        errno = reason;
    }

    /** Records that a post took the whole list, which {@link #isPlain()}. For providers. No C counterpart. */
    public final void postedAll() {
        first = size;
    }

    /** Makes the whole list postable again, as it is: prepare once, patch, post many times. No C counterpart. */
    public final void rewind() {
        touch();
        first = 0;
        errno = 0;
    }

    final void reset() {
        size = 0;
        irregular &= RAW | STOPPED;
        rewind();
    }

    final int claim() {
        touch();
        if (size == capacity) {
            throw new IllegalStateException("the list is full: it was made for " + capacity + " requests");
        }
        return size++ & Integer.MAX_VALUE; // so that the compiler knows that it is not negative
    }

    final void checkEntry(final int index, final int entry) {
        touch();
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("request " + index + " of a list of " + size);
        }
        if (entry < 0 || entry >= maxSge) {
            throw new IndexOutOfBoundsException("entry " + entry + ": the list was made for " + maxSge + " per request");
        }
    }

    /** Refuses a request of one buffer before it is in the list. */
    final void checkBuffer(final long length) {
        if (maxSge == 0) {
            throw new IndexOutOfBoundsException("the list was made for 0 entries per request");
        }
        checkLength(length);
    }

    private static void checkLength(final long length) {
        if (length < 0 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("length " + length + " is not in 0 .. " + MAX_LENGTH
                + ", the most that one scatter/gather entry carries");
        }
    }

    /**
     * Replaces what one message of a prepared list differs in from the last: its number, and its bytes. The rest stays: key, flags,
     * further entries, where it goes. The cheapest way to post again: one check for three fields. Does not block; one thread at a time.
     * C: {@code ibv_send_wr.wr_id} or {@code ibv_recv_wr.wr_id}, {@code ibv_sge.addr}, {@code ibv_sge.length}.
     *
     * @param index   which request
     * @param wrId    the number that its completion carries
     * @param address address of the local buffer, in the region of the key that the first entry has
     * @param length  bytes, 0 to 2^32 - 1
     * @throws IndexOutOfBoundsException if there is no such request, or the list was made for 0 entries
     * @throws IllegalArgumentException  if the length is out of range
     * @throws IllegalStateException     if the arena of the list is closed
     */
    public final void patch(final int index, final long wrId, final long address, final long length) {
        checkPatch(index, length);
        final MemorySegment memory = memory();
        final long at = start() + offset(index);
        writeWrId(memory, at, wrId);
        if (this instanceof SendRequests) {
            SgeDescriptor.buffer(memory, at + SendWrDescriptor.SIZE, address, length);
        } else {
            SgeDescriptor.buffer(memory, at + RecvWrDescriptor.SIZE, address, length);
        }
    }

    /**
     * Sets the number that the completion carries. C: {@code ibv_send_wr.wr_id}, {@code ibv_recv_wr.wr_id}.
     *
     * @param index which request
     * @param wrId  the number
     * @return {@code index}
     */
    public final int wrId(final int index, final long wrId) {
        touch();
        writeWrId(segment, offset(index), wrId);
        return index;
    }

    private void writeWrId(final MemorySegment memory, final long at, final long wrId) {
        if (this instanceof SendRequests) {
            SendWrDescriptor.wrId(memory, at, wrId);
        } else {
            RecvWrDescriptor.wrId(memory, at, wrId);
        }
    }

    /** Checks what a patch of a request needs: that it and its first entry are there, and the length. */
    final void checkPatch(final int index, final long length) {
        touch();
        Objects.checkIndex(index, size);
        if (length != (length & MAX_LENGTH) || maxSge == 0) {
            checkBuffer(length);
        }
        requireMemory();
    }

    final void writeEntry(final int index, final int entry, final long address, final long length, final int lkey) {
        checkLength(length);
        SgeDescriptor.set(segment, sgeOffset(index, entry), address, length, lkey);
    }
}
