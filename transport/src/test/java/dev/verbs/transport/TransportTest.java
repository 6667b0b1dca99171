package dev.verbs.transport;

import dev.verbs.PortOptions;
import dev.verbs.cm.CmListener;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import dev.verbs.transport.channel.ChannelConsumer;
import dev.verbs.transport.channel.ChannelId;
import dev.verbs.transport.channel.ChannelProducer;
import dev.verbs.transport.channel.WriteChannelConfig;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/** Nodes, pairs and channels on the provider under test; everything is closed after the test, and leaks are looked for. */
public abstract class TransportTest extends VerbsTest {
    /** Time that only the test moves. */
    public static final class ManualClock implements NanoClock {
        private long now = 1_000_000_000L;

        @Override
        public long nanoTime() {
            return now;
        }

        public void advance(final long nanos) {
            now += nanos;
        }
    }

    /** Both ends of a channel. */
    public record Channel(ChannelProducer producer, ChannelConsumer consumer) {
    }

    /** A node on the device under test. */
    public final TransportNode openNode() {
        return own(TransportNode.open(provider(), new PortOptions(TestProvider.deviceName(), 0, -1, 0)));
    }

    /** Two pairs that are connected with each other. */
    public final ConnectedPair[] connectPairs(final TransportNode from, final TransportNode to, final PairConfig config,
        final byte[] hello, final byte[] reply) {
        final CmListener listener = own(to.listen(0, 1));
        final Waiting.Pending<ConnectedPair> accepted = Waiting.start("accept",
            () -> ConnectedPair.accept(to, listener, config, reply, TestProvider.deadline()));
        final ConnectedPair left = own(ConnectedPair.connect(from, listener.address(), config, hello, TestProvider.deadline()));
        return new ConnectedPair[] {left, own(accepted.get())};
    }

    /** A channel between two nodes. */
    public final Channel channel(final TransportNode from, final TransportNode to, final ChannelId id,
        final WriteChannelConfig config, final NanoClock clock) {
        final CmListener listener = own(to.listen(0, 1));
        final Waiting.Pending<ChannelConsumer> accepted = Waiting.start("accept",
            () -> ChannelConsumer.accept(to, listener, config, clock, TestProvider.deadline()));
        final ChannelProducer producer = own(ChannelProducer.connect(from, listener.address(), id, config, clock,
            TestProvider.deadline()));
        return new Channel(producer, own(accepted.get()));
    }

    /** A channel between two new nodes, on the system's clock. */
    public final Channel channel(final WriteChannelConfig config) {
        return channel(openNode(), openNode(), new ChannelId(0, 1, 0), config, SystemNanoClock.INSTANCE);
    }
}
