package dev.verbs.ibv;

import dev.verbs.UnsupportedVerbException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * An exported function of a native library, linked if the installed library has it.
 *
 * @param name   the C name
 * @param since  the first version of the library that exports it: of rdma-core, or of the older package of the same name
 * @param linked its handle with the capture segment first, null if the library lacks the function
 */
record Verb(String name, String since, MethodHandle linked) {
    /** Touches the generated address and descriptor only if the library has the function: they fail to initialise otherwise. */
    static Verb of(final SymbolLookup library, final String name, final String since, final Supplier<MemorySegment> address,
        final Supplier<FunctionDescriptor> descriptor) {
        return new Verb(name, since,
            library.find(name).isEmpty() ? null : Downcalls.withErrno(address.get(), descriptor.get()));
    }

    /** The handle; an {@link UnsupportedVerbException} if there is none. */
    MethodHandle handle() {
        if (linked == null) {
            throw new UnsupportedVerbException(name, since);
        }
        return linked;
    }

    /** The verbs that a class of exported functions holds. */
    static Stream<Verb> allOf(final Class<?> functions) {
        return Stream.of(functions.getDeclaredFields()).filter(field -> field.getType() == Verb.class).map(field -> {
            try {
                field.setAccessible(true);
                return (Verb)field.get(null);
            } catch (final IllegalAccessException e) {
                throw new AssertionError(e);
            }
        });
    }
}
