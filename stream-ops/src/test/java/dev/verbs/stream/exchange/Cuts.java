package dev.verbs.stream.exchange;

import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.transport.channel.Mesh;

/** Breaks channels, as a dying peer or a cable would. */
public final class Cuts {
    private Cuts() {
    }

    /** Moves the queue pair of the producer's end to the error state. */
    public static void cutProducer(final LocalFabric fabric, final int from, final int to) {
        mesh(fabric, from).to(to).pair().queuePair().modify(new QpAttributes().state(QpState.ERR));
    }

    /** Closes the consumer's end. */
    public static void closeConsumer(final LocalFabric fabric, final int from, final int to) {
        mesh(fabric, to).from(from).close();
    }

    private static Mesh mesh(final LocalFabric fabric, final int executor) {
        return ((ChannelExchange) fabric.exchange(executor)).mesh();
    }
}
