package dev.verbs.ibv;

import dev.verbs.UnsupportedVerbException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;

/** Links downcalls in the two ways this package needs; jextract's own handles capture no errno and box addresses. */
final class Downcalls {
    /** Where a captured errno lies. */
    static final MemoryLayout CAPTURE = Linker.Option.captureStateLayout();

    private static final VarHandle ERRNO = CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SAME;

    static {
        try {
            SAME = MethodHandles.lookup().findStatic(Downcalls.class, "same",
                MethodType.methodType(boolean.class, MemorySegment.class, MemorySegment.class));
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Downcalls() {
    }

    /** A set-up function: its handle takes the capture segment first. */
    @SuppressWarnings("restricted")
    static MethodHandle withErrno(final MemorySegment function, final FunctionDescriptor descriptor,
        final Linker.Option... options) {
        final Linker.Option[] all = new Linker.Option[options.length + 1];
        all[0] = Linker.Option.captureCallState("errno");
        System.arraycopy(options, 0, all, 1, options.length);
        return Linker.nativeLinker().downcallHandle(function, descriptor, all);
    }

    /** A hot-path function pointer: its handle takes the function first, and every address as a {@code long}. */
    @SuppressWarnings("restricted")
    static MethodHandle throughPointer(final FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(addressesAsLongs(descriptor));
    }

    /**
     * The same for a pointer that is nearly always one and the same object: that function's address becomes a constant of the code that
     * calls, with nothing to load or to check. Any other pointer is called as by {@link #throughPointer(FunctionDescriptor)}.
     *
     * @param usual   that object; {@link MemorySegment#NULL} if there is none
     * @param options of the call of that function only
     */
    @SuppressWarnings("restricted")
    static MethodHandle throughPointer(final FunctionDescriptor descriptor, final MemorySegment usual, final Linker.Option... options) {
        final MethodHandle any = throughPointer(descriptor);
        if (usual.address() == 0) {
            return any;
        }
        final MethodHandle constant = Linker.nativeLinker().downcallHandle(usual, addressesAsLongs(descriptor), options);
        return MethodHandles.guardWithTest(MethodHandles.insertArguments(SAME, 1, usual),
            MethodHandles.dropArguments(constant, 0, MemorySegment.class), any);
    }

    private static boolean same(final MemorySegment pointer, final MemorySegment other) {
        return pointer == other;
    }

    /** A set-up function pointer: its handle takes the function, then the capture segment, and every address as a {@code long}. */
    @SuppressWarnings("restricted")
    static MethodHandle throughPointerWithErrno(final FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(addressesAsLongs(descriptor), Linker.Option.captureCallState("errno"));
    }

    private static FunctionDescriptor addressesAsLongs(final FunctionDescriptor descriptor) {
        final MemoryLayout[] arguments = descriptor.argumentLayouts().stream()
            .map(layout -> layout instanceof AddressLayout ? ValueLayout.JAVA_LONG : layout).toArray(MemoryLayout[]::new);
        return descriptor.returnLayout().map(result -> FunctionDescriptor.of(
            result instanceof AddressLayout ? ValueLayout.JAVA_LONG : result, arguments))
            .orElseGet(() -> FunctionDescriptor.ofVoid(arguments));
    }

    static int errno(final MemorySegment capture) {
        return (int)ERRNO.get(capture, 0L);
    }

    /** A handle called with exact types throws nothing of its own; a verb that could not be linked says so. */
    static AssertionError unexpected(final Throwable throwable) {
        if (throwable instanceof UnsupportedVerbException unsupported) {
            throw unsupported;
        }
        return new AssertionError("a downcall threw", throwable);
    }
}
