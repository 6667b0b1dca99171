package dev.verbs.transport;

import dev.verbs.cm.CmEvent;
import dev.verbs.cm.CmEventChannel;
import dev.verbs.cm.CmId;
import dev.verbs.spi.VerbsProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;

/** A provider whose connection manager does what a test says; everything else is the real provider's. */
public final class FaultyProvider {
    /** What the connection manager does. */
    public interface Behaviour {
        /**
         * Called in place of a method of an event channel or id.
         *
         * @param target the real one
         * @param method its name
         * @param real   calls the real method
         * @return what the caller gets
         */
        Object call(Object target, String method, Real real) throws Throwable;
    }

    /** The real method. */
    public interface Real {
        Object call() throws Throwable;
    }

    private final VerbsProvider provider;
    private final Behaviour behaviour;
    private final Map<CmId, CmId> ids = Collections.synchronizedMap(new IdentityHashMap<>());

    private FaultyProvider(final VerbsProvider provider, final Behaviour behaviour) {
        this.provider = provider;
        this.behaviour = behaviour;
    }

    public static VerbsProvider of(final VerbsProvider provider, final Behaviour behaviour) {
        return new FaultyProvider(provider, behaviour).wrap(VerbsProvider.class, provider);
    }

    private <T> T wrap(final Class<T> type, final T target) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (method.getDeclaringClass() == Object.class) {
                return switch (method.getName()) {
                    case "equals" -> proxy == args[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> "faulty " + target;
                };
            }
            final Real real = () -> {
                try {
                    return method.invoke(target, args);
                } catch (final InvocationTargetException e) {
                    throw e.getCause();
                }
            };
            return replaced(target == provider ? real.call() : behaviour.call(target, method.getName(), real));
        }));
    }

    private Object replaced(final Object result) {
        return switch (result) {
            case CmEventChannel channel -> wrap(CmEventChannel.class, channel);
            case CmId id -> id(id);
            case CmEvent event -> new CmEvent(event.type(), event.status(), id(event.id()), id(event.listener()),
                event.rawPrivateData(), event.connection(), event.datagram());
            case null, default -> result;
        };
    }

    private CmId id(final CmId real) {
        return real == null ? null : ids.computeIfAbsent(real, id -> wrap(CmId.class, id));
    }
}
