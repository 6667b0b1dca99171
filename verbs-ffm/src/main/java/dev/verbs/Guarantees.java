package dev.verbs;

/**
 * What may be relied on with a device, beyond what every device does. Programs and contract tests ask here instead of
 * guessing. No C counterpart.
 *
 * @param completionMeansRemote a successful completion of a write or send says that the bytes are in the peer's
 *     memory (InfiniBand, RoCE); false: only that they were sent (iWARP)
 * @param ordersPlacement bytes of a write become visible in ascending order, its last aligned word last
 * @param hasImmediate SEND_WITH_IMM and WRITE_WITH_IMM work
 * @param hasAtomics compare-and-swap and fetch-and-add work
 * @param flushesAfterError every request outstanding on a QP in error is flushed with a completion; false (siw): only those that
 *     were posted before it, after an error of the local side not before the connection manager has told of the end
 * @param checksRemoteKeyAtCompletion a bad remote key shows in the completion of the request that used it; false (iWARP): a
 *     write succeeds and the connection ends
 * @param connectsByModify two QPs can be connected with modify alone, without the connection manager, and go back to RESET
 * @param readsState a query tells the QP's true state and attributes; false (iWARP): the state as this library set it, which does
 *     not show that the kernel has taken the QP to ERR
 * @param waitsForReceives a message that finds no receive posted waits for one, or fails with RNR_RETRY_EXC_ERR; false (iWARP): it
 *     completes at its sender, and ends the connection at the receiver
 */
public record Guarantees(
    boolean completionMeansRemote,
    boolean ordersPlacement,
    boolean hasImmediate,
    boolean hasAtomics,
    boolean flushesAfterError,
    boolean checksRemoteKeyAtCompletion,
    boolean connectsByModify,
    boolean readsState,
    boolean waitsForReceives) {
}
