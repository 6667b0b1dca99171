package dev.verbs.spi;

import dev.verbs.QpAttributeMask;
import dev.verbs.QpAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of a pair of attributes that no driver speaks of; under the queue pair's lock. */
final class RnrTrap {
    private static final Logger LOG = LoggerFactory.getLogger(AbstractQueuePair.class);
    private static final int UNSET = -1;

    /** What was set last. */
    private int minRnrTimer = UNSET;

    /** A queue pair was modified: warns if it becomes ready to send with {@link QpRanges#warning such values}. */
    void set(final AbstractQueuePair qp, final QpAttributes attributes) {
        minRnrTimer = attributes.has(QpAttributeMask.MIN_RNR_TIMER) ? attributes.minRnrTimer() : minRnrTimer;
        if (attributes.has(QpAttributeMask.RNR_RETRY)) {
            final String warning = QpRanges.warning(minRnrTimer, attributes.rnrRetry());
            if (warning != null) {
                LOG.warn("{}: {}", qp.describe(), warning);
            }
        }
    }
}
