package dev.verbs.ibv;

import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.VerbsException;

/** Why a modify was refused, in words. */
final class ModifyDiagnosis {
    private ModifyDiagnosis() {
    }

    static String explain(final IbvQueuePair qp, final QpAttributes wanted) {
        QpState now;
        try {
            now = qp.query().state();
        } catch (final VerbsException e) {
            now = QpState.UNKNOWN;
        }
        return "from " + now + " with mask 0x" + Integer.toHexString(wanted.mask());
    }
}
