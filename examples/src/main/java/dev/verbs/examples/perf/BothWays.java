package dev.verbs.examples.perf;

/** {@code send_bw -b}: sends and receives; the server sends when it has received. One thread. */
final class BothWays {
    private final Sender sender;
    private final Receiver receiver;
    private final Idle idle;
    private final Stopwatch stopwatch;
    private boolean started;

    /**
     * Both halves.
     *
     * @param sender    sends
     * @param receiver  receives
     * @param begins    whether this end sends first
     * @param idle      for rounds without completions
     * @param stopwatch of a timed test, else null
     */
    BothWays(final Sender sender, final Receiver receiver, final boolean begins, final Idle idle, final Stopwatch stopwatch) {
        this.sender = sender;
        this.receiver = receiver;
        this.idle = idle;
        this.stopwatch = stopwatch;
        this.started = begins;
    }

    /** Sends and receives everything. */
    void run() {
        sender.begin();
        while (!sender.isDone() || !receiver.isDone()) {
            idle.after(step());
        }
        sender.end();
    }

    /** Sends and receives until the time is over; returns how many messages counted, both ways. */
    long runTimed() {
        if (started) {
            stopwatch.start();
        }
        while (!stopwatch.isOver()) {
            idle.after(step());
        }
        return sender.counted() + receiver.counted();
    }

    private int step() {
        if (started) {
            sender.post();
        }
        final int received = receiver.reap();
        started |= received > 0;
        return received + sender.reap();
    }
}
