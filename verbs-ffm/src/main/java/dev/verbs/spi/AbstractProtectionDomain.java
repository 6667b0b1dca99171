package dev.verbs.spi;

import dev.verbs.AccessFlags;
import dev.verbs.Errno;
import dev.verbs.ProtectionDomain;
import dev.verbs.QpType;
import dev.verbs.VerbsException;
import java.lang.foreign.MemorySegment;
import java.util.stream.Collectors;

/** What protection domains of every provider share: checks of what is registered, and the list of busy queues. */
public abstract class AbstractProtectionDomain extends AbstractResource implements ProtectionDomain {
    private static final int WRITES = AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE | AccessFlags.REMOTE_ATOMIC;

    /** Of the machines that the library runs on; larger pages are found out by the kernel. */
    protected static final long SMALLEST_PAGE = 4096;
    private final AddressHandleTable addressHandles = new AddressHandleTable();

    /**
     * A domain of a context.
     *
     * @param context what it was made on
     */
    protected AbstractProtectionDomain(final AbstractResource context) {
        super(context);
    }

    /**
     * Refuses memory that no device can use.
     *
     * @param memory what shall be registered
     * @param access what shall be allowed
     * @throws IllegalArgumentException naming the reason and the fix
     * @throws VerbsException           (EINVAL) for flags that contradict each other
     */
    protected static void checkRegistrable(final MemorySegment memory, final int access) {
        if (!memory.isNative()) {
            throw new IllegalArgumentException("a heap segment cannot be registered: the garbage collector moves it; "
                + "allocate it from an Arena");
        }
        if (memory.byteSize() == 0) {
            throw new IllegalArgumentException("a segment of 0 bytes cannot be registered");
        }
        if (memory.isReadOnly() && (access & WRITES) != 0) {
            throw new IllegalArgumentException("a read-only segment cannot be registered with access 0x"
                + Integer.toHexString(access) + ", which lets the device write to it");
        }
        if ((access & (AccessFlags.REMOTE_WRITE | AccessFlags.REMOTE_ATOMIC)) != 0 && (access & AccessFlags.LOCAL_WRITE) == 0) {
            throw new VerbsException("ibv_reg_mr", Errno.EINVAL, "access 0x" + Integer.toHexString(access)
                + " has REMOTE_WRITE or REMOTE_ATOMIC without LOCAL_WRITE: add LOCAL_WRITE");
        }
    }

    /**
     * The address under which memory is registered when none was given.
     *
     * @param memory what shall be registered
     * @param access what shall be allowed
     * @return its own address; with ZERO_BASED 0
     * @throws VerbsException (EINVAL) for zero-based memory that does not start a page
     */
    protected static long iova(final MemorySegment memory, final int access) {
        if ((access & AccessFlags.ZERO_BASED) == 0) {
            return memory.address();
        }
        if ((memory.address() & SMALLEST_PAGE - 1) != 0) {
            throw new VerbsException("ibv_reg_mr", Errno.EINVAL, "zero-based memory must start a page, but this starts "
                + (memory.address() & SMALLEST_PAGE - 1) + " bytes behind one: the device maps pages, so that address 0 must "
                + "start one too. Align it, or register it with an address of your own");
        }
        return 0;
    }

    /**
     * Queues of this domain with work in flight. Under this object's lock: none is half made.
     *
     * @return their names with the counts, empty if there are none
     */
    final synchronized String busyQueues() {
        return children().stream().filter(MayHaveWorkInFlight.class::isInstance).map(MayHaveWorkInFlight.class::cast)
            .map(AbstractProtectionDomain::busy).filter(name -> !name.isEmpty())
            .sorted().collect(Collectors.joining(", "));
    }

    private static String busy(final MayHaveWorkInFlight queue) {
        final long count = queue.inFlight();
        return count > 0 ? queue.describe() + " with " + count + " requests in flight" : "";
    }

    final AddressHandleTable addressHandles() {
        return addressHandles;
    }

    /**
     * The address handle of a word, open or about to be closed. Any thread; allocates nothing.
     *
     * @param word what a request carries
     * @return the handle, null if there is none in this domain
     */
    protected final AbstractAddressHandle addressHandle(final long word) {
        return addressHandles.find(word);
    }

    /** Some open address handle, null if there is none. */
    final AbstractAddressHandle anyAddressHandle() {
        return children().stream().filter(AbstractAddressHandle.class::isInstance).map(AbstractAddressHandle.class::cast)
            .findFirst().orElse(null);
    }

    /** UD queue pairs of this domain whose sends are in flight, like {@link #busyQueues}. */
    final synchronized String busyDatagramQueues() {
        return children().stream().filter(AbstractQueuePair.class::isInstance).map(AbstractQueuePair.class::cast)
            .filter(qp -> qp.config().type() == QpType.UD && qp.sendsInFlight() > 0)
            .map(qp -> qp.describe() + " with " + qp.sendsInFlight() + " sends in flight")
            .sorted().collect(Collectors.joining(", "));
    }

    @Override
    protected final String closeVerb() {
        return "ibv_dealloc_pd";
    }
}
