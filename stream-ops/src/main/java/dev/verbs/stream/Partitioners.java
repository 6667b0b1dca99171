package dev.verbs.stream;

import java.util.Objects;

/** The ready-made partitioners. Records: the compiler trusts their fields to be constant. */
final class Partitioners {
    private static final int MAX_EXECUTORS = 1 << 12;

    private Partitioners() {
    }

    private static void check(final int executors) {
        if (executors < 1 || executors > MAX_EXECUTORS) {
            throw new IllegalArgumentException(executors + " executors: 1 to " + MAX_EXECUTORS + " are possible");
        }
    }

    record Even(int executors) implements Partitioner {
        Even {
            check(executors);
        }

        @Override
        public int leaderOf(final long hash) {
            // The high half scaled to the range: no division, and independent of the low half that picks the bucket.
            return (int) ((hash >>> Integer.SIZE) * executors >>> Integer.SIZE);
        }
    }

    record Single(int executors, int leader) implements Partitioner {
        Single {
            check(executors);
            Objects.checkIndex(leader, executors);
        }

        @Override
        public int leaderOf(final long hash) {
            return leader;
        }
    }
}
