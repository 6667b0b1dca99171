package dev.verbs.benchmarks.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A reader of memory that has seen the last word of a WRITE, or the last byte, sees all of it. */
public final class WriteStress {
    private WriteStress() {
    }

    /** What all of them may see. */
    @Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "The last word has not come yet.")
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "The last word has come, with all before it.")
    @Outcome(id = "true, false", expect = Expect.FORBIDDEN, desc = "The last word has come before other bytes.")
    public static final class Outcomes {
        private Outcomes() {
        }
    }

    /** One piece, ends on a multiple of 8. */
    @JCStressTest
    @JCStressMeta(Outcomes.class)
    @State
    public static class AlignedEnd {
        private final Lane lane = Lane.lease(true).write(0);

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
            r.r1 = lane.awaitLast();
            r.r2 = r.r1 && lane.isWhole();
        }
    }

    /** One piece, ends on a multiple of 8, its source does not. */
    @JCStressTest
    @JCStressMeta(Outcomes.class)
    @State
    public static class AlignedEndOfMisalignedSource {
        private final Lane lane = Lane.lease(true).write(3);

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
            r.r1 = lane.awaitLast();
            r.r2 = r.r1 && lane.isWhole();
        }
    }

    /** One piece, ends anywhere. */
    @JCStressTest
    @JCStressMeta(Outcomes.class)
    @State
    public static class UnalignedEnd {
        private final Lane lane = Lane.lease(false).write(0);

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
            r.r1 = lane.awaitLast();
            r.r2 = r.r1 && lane.isWhole();
        }
    }

    /** Four pieces; the last word comes from several. */
    @JCStressTest
    @JCStressMeta(Outcomes.class)
    @State
    public static class PiecesAlignedEnd {
        private final Lane lane = Lane.lease(true).writeOfPieces();

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
            r.r1 = lane.awaitLast();
            r.r2 = r.r1 && lane.isWhole();
        }
    }

    /** Four pieces, ends anywhere. */
    @JCStressTest
    @JCStressMeta(Outcomes.class)
    @State
    public static class PiecesUnalignedEnd {
        private final Lane lane = Lane.lease(false).writeOfPieces();

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
            r.r1 = lane.awaitLast();
            r.r2 = r.r1 && lane.isWhole();
        }
    }

    /** The payload lies in the request, where it fits. */
    @JCStressTest
    @JCStressMeta(Outcomes.class)
    @State
    public static class Inline {
        private final Lane lane = Lane.lease(true).writeInline();

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
            r.r1 = lane.awaitLast();
            r.r2 = r.r1 && lane.isWhole();
        }
    }
}
