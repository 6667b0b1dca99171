package dev.verbs.testkit;

import dev.verbs.AccessFlags;
import dev.verbs.QpAttributes;
import dev.verbs.QpType;
import dev.verbs.RcTuning;

/**
 * How a {@link Pair} is made; both sides alike.
 *
 * @param bufferBytes  registered bytes per side
 * @param mrAccess     flags of the region
 * @param qpAccess     what the peer may do
 * @param sendDepth    requests of a send queue
 * @param receiveDepth requests of a receive queue
 * @param sge          scatter/gather entries per request
 * @param inlineBytes  bytes of inline payloads
 * @param signalAll    every send completes
 * @param cqEntries    entries of each completion queue
 * @param channels     completion queues announce on channels
 * @param tuning       timers and retries
 * @param type         transport service
 */
public record PairConfig(int bufferBytes, int mrAccess, int qpAccess, int sendDepth, int receiveDepth, int sge,
    int inlineBytes, boolean signalAll, int cqEntries, boolean channels, RcTuning tuning, QpType type) {

    /** Everything that peers may do. */
    public static final int ALL_ACCESS = AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE | AccessFlags.REMOTE_READ;

    /** 64 KiB, depth 31, 4 entries per request, all access, waits that end. */
    public static final PairConfig DEFAULT = new PairConfig(1 << 16, ALL_ACCESS, ALL_ACCESS, 31, 31, 4, 0, false, 127, false,
        RcTuning.DEFAULT, QpType.RC);

    /** The same with buffers of another size. */
    public PairConfig withBuffer(final int bytes) {
        return new PairConfig(bytes, mrAccess, qpAccess, sendDepth, receiveDepth, sge, inlineBytes, signalAll, cqEntries,
            channels, tuning, type);
    }

    /** The same with other rights, of the region and of the queue pair. */
    public PairConfig withAccess(final int mr, final int qp) {
        return new PairConfig(bufferBytes, mr, qp, sendDepth, receiveDepth, sge, inlineBytes, signalAll, cqEntries, channels,
            tuning, type);
    }

    /** The same with other queue depths. */
    public PairConfig withDepth(final int send, final int receive) {
        return new PairConfig(bufferBytes, mrAccess, qpAccess, send, receive, sge, inlineBytes, signalAll, cqEntries, channels,
            tuning, type);
    }

    /** The same with inline payloads. */
    public PairConfig withInline(final int bytes) {
        return new PairConfig(bufferBytes, mrAccess, qpAccess, sendDepth, receiveDepth, sge, bytes, signalAll, cqEntries,
            channels, tuning, type);
    }

    /** The same with every send signalled. */
    public PairConfig withSignalAll() {
        return new PairConfig(bufferBytes, mrAccess, qpAccess, sendDepth, receiveDepth, sge, inlineBytes, true, cqEntries,
            channels, tuning, type);
    }

    /** The same with completion queues of another size. */
    public PairConfig withCqEntries(final int entries) {
        return new PairConfig(bufferBytes, mrAccess, qpAccess, sendDepth, receiveDepth, sge, inlineBytes, signalAll, entries,
            channels, tuning, type);
    }

    /** The same with completion channels. */
    public PairConfig withChannels() {
        return new PairConfig(bufferBytes, mrAccess, qpAccess, sendDepth, receiveDepth, sge, inlineBytes, signalAll, cqEntries,
            true, tuning, type);
    }

    /** The same with other timers and retries. */
    public PairConfig withTuning(final RcTuning other) {
        return new PairConfig(bufferBytes, mrAccess, qpAccess, sendDepth, receiveDepth, sge, inlineBytes, signalAll, cqEntries,
            channels, other, type);
    }

    /** The same with another transport service. */
    public PairConfig withType(final QpType other) {
        return new PairConfig(bufferBytes, mrAccess, qpAccess, sendDepth, receiveDepth, sge, inlineBytes, signalAll, cqEntries,
            channels, tuning, other);
    }

    /** Attributes that take any queue pair to ERR. */
    public static QpAttributes toError() {
        return new QpAttributes().state(dev.verbs.QpState.ERR);
    }
}
