package dev.verbs.benchmarks.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Who has polled the completion of a message that came sees all of it. */
public final class CompletionStress {
    private CompletionStress() {
    }

    /** What all of them may see. */
    @Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "No completion yet.")
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "The completion has come, and the message is whole.")
    @Outcome(id = "true, false", expect = Expect.FORBIDDEN, desc = "The completion has come before the message.")
    public static final class Outcomes {
        private Outcomes() {
        }
    }

    /** A write that consumes a receive. */
    @JCStressTest
    @JCStressMeta(Outcomes.class)
    @State
    public static class WriteWithImmediate {
        private final Lane lane = Lane.lease(true).writeWithImmediate();

        /** Posts. */
        @Actor
        public void post() {
            lane.post();
        }

        /**
         * Looks.
         *
         * @param r whether the message was seen to have come, and whether it was whole then
         */
        @Actor
        public void look(final ZZ_Result r) {
            r.r1 = lane.awaitReceived();
            r.r2 = r.r1 && lane.isWhole();
        }
    }

    /** A send. */
    @JCStressTest
    @JCStressMeta(Outcomes.class)
    @State
    public static class Send {
        private final Lane lane = Lane.lease(false).send();

        /** Posts. */
        @Actor
        public void post() {
            lane.post();
        }

        /**
         * Looks.
         *
         * @param r whether the message was seen to have come, and whether it was whole then
         */
        @Actor
        public void look(final ZZ_Result r) {
            r.r1 = lane.awaitReceived();
            r.r2 = r.r1 && lane.isWhole();
        }
    }
}
