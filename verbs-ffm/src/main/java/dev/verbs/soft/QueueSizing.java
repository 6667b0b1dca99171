package dev.verbs.soft;

import dev.verbs.DeviceAttributes;
import dev.verbs.QpType;
import dev.verbs.QueuePairConfig;
import dev.verbs.SendOperation;
import dev.verbs.SgeDescriptor;
import java.util.Set;

/** What a queue pair is granted for what it asks: drivers round up, each in its way. */
enum QueueSizing {
    /** What was asked for and every device can: nothing more. */
    EXACT,
    /** Entries and inline data of a request share the same room. */
    RXE,
    /** What was asked for. */
    SIW,
    /** A queue is a power of two of blocks, a request as many of them as its largest form takes. */
    MLX5;

    private static final int SGE_BYTES = (int)SgeDescriptor.SIZE;
    private static final int BLOCK = 64;
    private static final int LARGEST_REQUEST = 1024;
    private static final int INLINE_HEADER = 4;
    /** _sq_overhead() of rdma-core's mlx5: control, and the longest of what operations add. */
    private static final int CONTROL = 16;
    private static final int READS_WRITES = 32;
    private static final int ATOMICS = 48;
    private static final int WINDOWS = 192;
    private static final int DATAGRAM = 48;
    private static final Set<SendOperation> ONE_SIDED = Set.of(SendOperation.RDMA_WRITE, SendOperation.RDMA_WRITE_WITH_IMM,
        SendOperation.RDMA_READ);
    private static final Set<SendOperation> ATOMIC = Set.of(SendOperation.ATOMIC_CMP_AND_SWP,
        SendOperation.ATOMIC_FETCH_AND_ADD);
    private static final Set<SendOperation> WINDOW = Set.of(SendOperation.BIND_MW, SendOperation.LOCAL_INV);

    /** Why a queue pair cannot be had though each value is within its limit; null if it can. */
    String objection(final QueuePairConfig asked, final DeviceAttributes limits) {
        if (this == RXE || this == SIW) {
            return null;
        }
        if (requestBytes(asked) > LARGEST_REQUEST) {
            return asked.maxSendSge() + " entries and " + asked.maxInlineData() + " inline bytes make requests of " + requestBytes(asked)
                + " bytes, the most is " + LARGEST_REQUEST;
        }
        final long blocks = powerOfTwo((long)asked.maxSendWr() * requestBytes(asked)) / BLOCK;
        return blocks <= limits.maxQpWr() ? null : "max_send_wr " + asked.maxSendWr() + " requests of " + requestBytes(asked)
            + " bytes are " + blocks + " blocks of " + BLOCK + ", max_qp_wr is " + limits.maxQpWr();
    }

    /** What is granted to a queue pair that there is no objection to. */
    QueuePairConfig grant(final QueuePairConfig asked) {
        return switch (this) {
            case EXACT, SIW -> asked;
            case RXE -> {
                final int room = Math.max(asked.maxSendSge() * SGE_BYTES, asked.maxInlineData());
                yield asked.withSge(room / SGE_BYTES, asked.maxReceiveSge()).withInline(room);
            }
            case MLX5 -> {
                final int request = requestBytes(asked);
                final int sends = (int)(powerOfTwo((long)asked.maxSendWr() * request) / request);
                final int entries = asked.maxReceiveWr() == 0 ? asked.maxReceiveSge()
                    : (int)powerOfTwo(asked.maxReceiveSge());
                yield new QueuePairConfig(asked.type(), asked.sendCq(), asked.receiveCq(), sends,
                    asked.maxReceiveWr() == 0 ? 0 : (int)powerOfTwo(asked.maxReceiveWr()), asked.maxSendSge(), entries,
                    request - overhead(asked) - INLINE_HEADER, asked.signalAll(), asked.srq(), asked.sendOps());
            }
        };
    }

    /** mlx5_calc_send_wqe(). */
    private static int requestBytes(final QueuePairConfig asked) {
        final int overhead = overhead(asked);
        final int gathered = overhead + asked.maxSendSge() * SGE_BYTES;
        final int inlined = asked.maxInlineData() == 0 ? 0 : overhead + up(INLINE_HEADER + asked.maxInlineData(), SGE_BYTES);
        return up(Math.max(gathered, inlined), BLOCK);
    }

    private static int overhead(final QueuePairConfig asked) {
        final Set<SendOperation> chosen = asked.sendOps();
        if (asked.type() == QpType.UD) {
            return CONTROL + DATAGRAM;
        }
        return chosen.isEmpty() || chosen.stream().anyMatch(WINDOW::contains) ? WINDOWS
            : chosen.stream().anyMatch(ATOMIC::contains) ? ATOMICS : chosen.stream().anyMatch(ONE_SIDED::contains) ? READS_WRITES : CONTROL;
    }

    private static int up(final int value, final int unit) {
        return (value + unit - 1) / unit * unit;
    }

    private static long powerOfTwo(final long value) {
        return value <= 1 ? 1 : Long.highestOneBit(value - 1) << 1;
    }
}
