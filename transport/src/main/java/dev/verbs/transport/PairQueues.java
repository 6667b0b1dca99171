package dev.verbs.transport;

import dev.verbs.CompletionQueue;
import dev.verbs.Errno;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.VerbsException;
import dev.verbs.cm.ConnectionParameters;

/**
 * What a pair needs before it can connect.
 *
 * @param cq         the queue of all its completions
 * @param qp         its queue pair, in RESET
 * @param parameters what it says
 */
record PairQueues(CompletionQueue cq, QueuePair qp, ConnectionParameters parameters) {
    /** Makes them; on an exception nothing is left open. */
    static PairQueues create(final TransportNode node, final PairConfig config, final byte[] hello) {
        final ConnectionParameters parameters = ConnectionParameters.DEFAULT.with(config.tuning().limitedBy(node.limits()))
            .with(hello);
        final CompletionQueue cq = node.createCompletionQueue(config.sendDepth() + config.receiveDepth() + 1);
        try {
            return new PairQueues(cq, createQueuePair(node, cq, config), parameters);
        } catch (final Throwable e) {
            Cleanup.after(e, cq);
            throw e;
        }
    }

    private static QueuePair createQueuePair(final TransportNode node, final CompletionQueue cq, final PairConfig config) {
        final QueuePairConfig plain = QueuePairConfig.rc(cq, config.sendDepth(), config.receiveDepth());
        if (config.inlineBytes() > 0) {
            try {
                return node.createQueuePair(plain.withInline(config.inlineBytes()));
            } catch (final VerbsException e) {
                if (e.errno() != Errno.EINVAL && e.errno() != Errno.ENOMEM) {
                    throw e;
                }
            }
        }
        return node.createQueuePair(plain); // inline is only faster; config().maxInlineData() says what was granted
    }
}
