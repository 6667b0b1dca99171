package dev.verbs.ledger;

import static dev.verbs.AccessFlags.LOCAL_WRITE;
import static dev.verbs.AccessFlags.REMOTE_WRITE;

import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.MemoryRegion;
import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.ProtectionDomain;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.RcEndpoint;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.UnsupportedVerbException;
import dev.verbs.Verbs;
import dev.verbs.VerbsException;
import dev.verbs.WcStatus;
import dev.verbs.WorkCompletions;
import dev.verbs.cm.CmEventChannel;
import dev.verbs.ibv.IbvProvider;
import dev.verbs.ledger.RawBindings.Binding;
import dev.verbs.spi.Availability;
import dev.verbs.spi.VerbsProvider;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A child of {@link MissingSymbolsTest}: the libraries that this JVM finds lack the functions named. Prints what it sees, and
 * ends with status 1 at anything that should not happen, above all an error of linking.
 *
 * <p>Arguments: the hidden functions.
 */
final class MissingSymbolProbe {
    private final List<String> hidden;

    private MissingSymbolProbe(final List<String> hidden) {
        this.hidden = hidden;
    }

    public static void main(final String[] args) {
        try {
            final MissingSymbolProbe probe = new MissingSymbolProbe(List.of(args));
            probe.callEachHiddenFunction();
            probe.useTheProvider();
            System.out.println("done");
            System.exit(0);
        } catch (final Throwable t) {
            t.printStackTrace(System.out);
            System.exit(1);
        }
    }

    /** A hidden function answers with its name and version; every other one is linked. */
    private void callEachHiddenFunction() throws Exception {
        for (final Binding binding : RawBindings.read().exported()) {
            final Class<?> owner = Class.forName(binding.owner());
            final Field field = owner.getDeclaredField(binding.field());
            field.setAccessible(true);
            final Method linked = field.getType().getDeclaredMethod("linked");
            linked.setAccessible(true);
            final MethodHandle handle = (MethodHandle)linked.invoke(field.get(null));
            if (hidden.contains(binding.exported())) {
                call(binding, owner);
            } else if (handle == null) {
                throw new AssertionError(binding.exported() + " is not linked, though the library has it");
            }
        }
    }

    private static void call(final Binding binding, final Class<?> owner) throws Exception {
        final Method method = Arrays.stream(owner.getDeclaredMethods())
            .filter(candidate -> candidate.getName().equals(binding.method())).findFirst().orElseThrow();
        method.setAccessible(true);
        final Class<?> frameType = Class.forName(RawBindings.PACKAGE + "Frame");
        final Constructor<?> newFrame = frameType.getDeclaredConstructor();
        newFrame.setAccessible(true);
        final Object[] arguments = new Object[method.getParameterCount()];
        try (AutoCloseable frame = (AutoCloseable)newFrame.newInstance()) {
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = nothing(method.getParameterTypes()[i], frame);
            }
            method.invoke(null, arguments);
            throw new AssertionError(binding + " returned, though the library lacks " + binding.exported());
        } catch (final InvocationTargetException e) {
            if (!(e.getCause() instanceof UnsupportedVerbException unsupported)) {
                throw e;
            }
            System.out.println("unsupported " + unsupported.verb() + " since " + unsupported.since() + ": "
                + unsupported.getMessage());
        }
    }

    private static Object nothing(final Class<?> type, final AutoCloseable frame) {
        if (type == MemorySegment.class) {
            return MemorySegment.NULL;
        }
        if (type.isInstance(frame)) {
            return frame;
        }
        return type == long.class ? 0L : type == int.class ? 0 : type == short.class ? (short)0 : (Object)(byte)0;
    }

    /** The provider says what is wrong, or works; it throws nothing but VerbsException. */
    private void useTheProvider() {
        try (VerbsProvider provider = new IbvProvider()) {
            final Availability availability = provider.availability();
            System.out.println("availability " + availability.usable() + ": " + availability);
            try (CmEventChannel channel = provider.createEventChannel()) {
                System.out.println("channel " + channel.isOpen());
            } catch (final VerbsException e) {
                System.out.println("channel " + e.getMessage());
            }
            if (availability.usable()) {
                useTheDevice(provider);
            } else {
                refuseEverything(provider);
            }
        }
    }

    private static void refuseEverything(final VerbsProvider provider) {
        try {
            System.out.println("devices " + provider.devices());
        } catch (final VerbsException e) {
            System.out.println("devices: " + e.getMessage());
        }
    }

    /** It works, or says which of the hidden functions it needs. */
    private void useTheDevice(final VerbsProvider provider) {
        try {
            writeOverTheDevice(provider);
            System.out.println("device works");
        } catch (final UnsupportedVerbException e) {
            if (!hidden.contains(e.verb())) {
                throw e;
            }
            System.out.println("device needs " + e.verb());
        }
    }

    private void writeOverTheDevice(final VerbsProvider provider) {
        try (Arena arena = Arena.ofConfined(); Context context = Verbs.open(provider, null);
            ProtectionDomain domain = context.allocateProtectionDomain();
            CompletionQueue cq = context.createCompletionQueue(16);
            MemoryRegion memory = domain.registerMemory(arena.allocate(4096, 64), LOCAL_WRITE | REMOTE_WRITE);
            QueuePair a = domain.createQueuePair(QueuePairConfig.rc(cq, 16, 16));
            QueuePair b = domain.createQueuePair(QueuePairConfig.rc(cq, 16, 16))) {
            RcEndpoint.connectPair(a, b, PortSelection.choose(context, PortOptions.AUTOMATIC), REMOTE_WRITE);
            memory.segment().setString(0, "without " + hidden.size());
            final SendRequests requests = SendRequests.allocate(arena, 1, 1);
            requests.write(7, memory.address(), 32, memory.lkey(), memory.address() + 2048, memory.rkey(), SendFlags.SIGNALED);
            a.postSend(requests);
            final WorkCompletions completions = WorkCompletions.allocate(arena, 1);
            if (cq.poll(completions, Duration.ofSeconds(30)) != 1 || completions.status(0) != WcStatus.SUCCESS
                || !memory.segment().getString(2048).equals("without " + hidden.size())) {
                throw new AssertionError("the write did not arrive");
            }
        }
    }
}
