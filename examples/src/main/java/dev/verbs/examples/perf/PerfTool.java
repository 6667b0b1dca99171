package dev.verbs.examples.perf;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The eight tools of perftest: an operation, measured for latency or for bandwidth. */
public enum PerfTool {
    /** {@code ib_send_lat}. */
    SEND_LAT(Operation.SEND, true),
    /** {@code ib_send_bw}. */
    SEND_BW(Operation.SEND, false),
    /** {@code ib_write_lat}. */
    WRITE_LAT(Operation.WRITE, true),
    /** {@code ib_write_bw}. */
    WRITE_BW(Operation.WRITE, false),
    /** {@code ib_read_lat}. */
    READ_LAT(Operation.READ, true),
    /** {@code ib_read_bw}. */
    READ_BW(Operation.READ, false),
    /** {@code ib_atomic_lat}. */
    ATOMIC_LAT(Operation.ATOMIC, true),
    /** {@code ib_atomic_bw}. */
    ATOMIC_BW(Operation.ATOMIC, false);

    private static final long LARGE = 65_536;
    private static final long SMALL = 2;
    private static final long ATOMIC_SIZE = 8;

    private final Operation operation;
    private final boolean latency;

    PerfTool(final Operation operation, final boolean latency) {
        this.operation = operation;
        this.latency = latency;
    }

    /**
     * Name of the subcommand: that of C without {@code ib_}.
     *
     * @return the name
     */
    public String toolName() {
        return name().toLowerCase(Locale.ROOT);
    }

    Operation operation() {
        return operation;
    }

    boolean isLatency() {
        return latency;
    }

    /** Bytes of a message if the user says nothing. */
    long defaultSize() {
        return operation == Operation.ATOMIC ? ATOMIC_SIZE : latency ? SMALL : LARGE;
    }

    /** Messages if the user says nothing. */
    long defaultIterations() {
        return this == WRITE_BW ? 5000 : 1000;
    }

    /** How many of the times between two posts make one latency: reads and atomics are whole round trips. */
    int roundTripParts() {
        return operation == Operation.READ || operation == Operation.ATOMIC ? 1 : 2;
    }

    /** Transport services that C takes for it and that work here. */
    List<PerfService> services() {
        return Arrays.stream(PerfService.values()).filter(service -> service.canDo(operation)).toList();
    }

    /** What is measured. */
    enum Operation {
        SEND("Send"),
        WRITE("RDMA_Write"),
        READ("RDMA_Read"),
        ATOMIC("Atomic");

        private final String title;

        Operation(final String title) {
            this.title = title;
        }

        /** As C prints it. */
        String title() {
            return title;
        }

        /** Whether the requester reads: what limits it is the number of outstanding reads and atomics. */
        boolean fetches() {
            return this == READ || this == ATOMIC;
        }
    }
}
