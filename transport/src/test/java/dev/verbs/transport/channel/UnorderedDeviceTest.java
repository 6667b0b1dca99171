package dev.verbs.transport.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Context;
import dev.verbs.Device;
import dev.verbs.Errno;
import dev.verbs.Guarantees;
import dev.verbs.PortOptions;
import dev.verbs.VerbsException;
import dev.verbs.cm.CmListener;
import dev.verbs.spi.VerbsProvider;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.Waiting;
import dev.verbs.transport.TransportNode;
import dev.verbs.transport.TransportTest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;

/** A channel polls the last word of a WRITE; on a device that does not place it last it must not be made. */
class UnorderedDeviceTest extends TransportTest {
    private static final WriteChannelConfig SMALL = WriteChannelConfig.of(4, 256);

    /** The same object, but for what some methods give back. */
    private static <T> T altered(final Class<T> type, final T original, final Map<String, Function<Object, Object>> changes) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            try {
                final Object result = method.invoke(original, arguments);
                return changes.getOrDefault(method.getName(), same -> same).apply(result);
            } catch (final InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private static Device unordered(final Device device) {
        return altered(Device.class, device, Map.of(
            "guarantees", all -> new Guarantees(true, false, true, true, true, true, true, true, true),
            "open", context -> altered(Context.class, (Context)context, Map.of("device", same -> unordered((Device)same)))));
    }

    private TransportNode unorderedNode() {
        final VerbsProvider altered = altered(VerbsProvider.class, provider(), Map.of("devices",
            devices -> ((List<?>)devices).stream().map(device -> unordered((Device)device)).toList()));
        return own(TransportNode.open(altered, new PortOptions(TestProvider.deviceName(), 0, -1, 0)));
    }

    @Test
    void shouldRefuseADeviceThatDoesNotPlaceTheLastWordLast() {
        final TransportNode node = unorderedNode();
        final CmListener listener = own(node.listen(0, 1));
        final VerbsException e = assertThrows(VerbsException.class, () -> ChannelProducer.connect(node, listener.address(),
            new ChannelId(0, 1, 0), SMALL, SystemNanoClock.INSTANCE, TestProvider.deadline()));
        assertEquals(Errno.EOPNOTSUPP, e.errno());
        assertTrue(e.diagnosis().startsWith(node.device().name() + " does not promise that the last word of a WRITE becomes "
            + "visible last"), e::diagnosis);
    }

    @Test
    void shouldTellTheProducerWhenTheConsumersDeviceIsUnfit() {
        final TransportNode node = unorderedNode();
        final CmListener listener = own(node.listen(0, 1));
        final Waiting.Pending<VerbsException> refused = Waiting.start("accept", () -> assertThrows(VerbsException.class,
            () -> ChannelConsumer.accept(node, listener, SMALL, SystemNanoClock.INSTANCE, TestProvider.deadline())));
        final VerbsException e = assertThrows(VerbsException.class, () -> ChannelProducer.connect(openNode(),
            listener.address(), new ChannelId(0, 1, 0), SMALL, SystemNanoClock.INSTANCE, TestProvider.deadline()));
        assertTrue(e.diagnosis().contains("the peer refused: the consumer has no memory: channel failed: EOPNOTSUPP"),
            e::diagnosis);
        assertEquals(Errno.EOPNOTSUPP, refused.get().errno());
    }
}
