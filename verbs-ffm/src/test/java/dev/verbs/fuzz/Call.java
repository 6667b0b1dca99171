package dev.verbs.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One call of a random sequence: what to do, and raw numbers that choose objects and arguments among what there is when it is
 * done. So every sublist of a sequence can be done, too, which is what shrinking needs.
 *
 * @param kind what to do
 * @param a    chooses the object
 * @param b    chooses an argument
 * @param c    chooses an argument
 * @param d    chooses an argument
 */
record Call(Kind kind, int a, int b, int c, int d) {
    /** What can be done; the number is how often, relative to the others. */
    enum Kind {
        ALLOCATE_PD(2), CLOSE_PD(2), REGISTER(5), CLOSE_REGION(4), CREATE_CQ(3), CLOSE_CQ(2), CREATE_QP(6), CLOSE_QP(2),
        MODIFY(10), CONNECT(8), POST_SEND(18), POST_RECEIVE(10), POLL(14), QUERY(4), CLOSE_CONTEXT(1), REQUEST_NOTIFICATION(1),
        CREATE_SRQ(3), CLOSE_SRQ(2), POST_SRQ(6), ARM_SRQ(2), ASYNC_EVENT(3), CREATE_HANDLE(3), CLOSE_HANDLE(2), ALLOCATE_WINDOW(2),
        CLOSE_WINDOW(1), RESIZE_CQ(2), BATCH(12);

        private static final int TOTAL = total();

        private final int weight;

        Kind(final int weight) {
            this.weight = weight;
        }

        private static int total() {
            int sum = 0;
            for (final Kind kind : values()) {
                sum += kind.weight;
            }
            return sum;
        }

        static Kind random(final RandomGenerator random) {
            int left = random.nextInt(TOTAL);
            for (final Kind kind : values()) {
                left -= kind.weight;
                if (left < 0) {
                    return kind;
                }
            }
            throw new AssertionError();
        }
    }

    /** What most programs begin with: two regions, and two queue pairs that are connected, most of them reliably, and used. */
    static List<Call> connectedPair(final RandomGenerator random) {
        final int access = 31; // everything, and no multiple of 17, which World takes for the heap
        final int all = random.nextInt(2);
        final int extended = 20 * random.nextInt(2); // same domain and signalling, another choice of operations
        final int type = 21 + 42 * random.nextInt(5); // chooses among Resources.TYPES, and nothing else
        return List.of(new Call(Kind.ALLOCATE_PD, 0, 0, 0, 0), new Call(Kind.CREATE_CQ, 0, 5, 0, 0),
            new Call(Kind.REGISTER, 0, 0, 3, access), new Call(Kind.REGISTER, 0, 1, 3, random.nextInt(3) == 0 ? 4 : access),
            new Call(Kind.ALLOCATE_PD, 1, 0, 0, 0),
            new Call(Kind.REGISTER, 1, 2, 3, access), new Call(Kind.CREATE_HANDLE, 0, 0, 2, 0),
            new Call(Kind.ALLOCATE_WINDOW, 0, 0, 1, 0), new Call(Kind.ALLOCATE_WINDOW, 0, 1, random.nextInt(2), 0),
            new Call(Kind.CREATE_QP, 1, all * 2 + extended, 21, type), new Call(Kind.CREATE_QP, 2, 2 + extended, 21, type),
            new Call(Kind.CONNECT, 1, 2, random.nextInt(4) == 0 ? random.nextInt() >>> 1 : access, random.nextInt() >>> 1),
            new Call(Kind.POST_RECEIVE, 1, 0, random.nextInt() >>> 1, 0), new Call(Kind.BATCH, 2, 0, random.nextInt() >>> 1, 0),
            new Call(Kind.BATCH, 2, 0, random.nextInt() >>> 1, 0), new Call(Kind.POLL, 0, 0, 0, 0));
    }

    static Call random(final RandomGenerator random) {
        return new Call(Kind.random(random), random.nextInt() >>> 1, random.nextInt() >>> 1, random.nextInt() >>> 1,
            random.nextInt() >>> 1);
    }
}
