package dev.verbs.ledger;

import dev.verbs.ledger.CHeaders.Function;
import dev.verbs.ledger.Mutants.Mutant;
import dev.verbs.ledger.RawBindings.Binding;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A child of {@link BindingTest}: calls each binding with arguments that can be told apart, over a {@link RecorderLibrary}, and
 * prints whether the library saw them in order; then the same with each mistake of {@link Mutants}.
 *
 * <p>Arguments: a file with the exported functions in the order of their ids, one with gcc's prototypes.
 */
final class BindingCheck {
    private static final Arena ARENA = Arena.global();
    private static final Map<String, String> TABLES = Map.of("ContextOps", "ibv_context", "QpExOps", "ibv_qp_ex", "CqExOps",
        "ibv_cq_ex");

    private final RawBindings bindings = RawBindings.read();
    private final InlineVerbs verbs = InlineVerbs.read();
    private final Map<String, Function> headers = new HashMap<>();
    private final List<String> exported;

    private BindingCheck(final List<String> exported, final List<Function> functions) {
        this.exported = exported;
        functions.forEach(function -> headers.put(function.name(), function));
    }

    /** All but those of the C library, of which only fcntl has arguments to mix up. */
    static List<Binding> checked(final RawBindings bindings) {
        return bindings.all().stream().filter(binding -> !binding.simpleOwner().equals("LibC") || !Mutants.of(List.of(binding)).isEmpty())
            .toList();
    }

    public static void main(final String[] args) {
        try {
            final BindingCheck check = new BindingCheck(Files.readAllLines(Path.of(args[0])),
                CHeaders.parse(Files.readAllLines(Path.of(args[1]))));
            check.run();
            System.exit(0);
        } catch (final Throwable t) {
            t.printStackTrace(System.out);
            System.exit(1);
        }
    }

    private void run() throws Exception {
        final ClassLoader original = new ChangedClasses(Map.of());
        for (final Binding binding : checked(bindings)) {
            final String difference = difference(binding, original);
            System.out.println((difference.isEmpty() ? "right " : "wrong ") + binding + " " + difference);
        }
        for (final Mutant mutant : Mutants.of(checked(bindings))) {
            final String owner = mutant.binding().owner();
            final String difference = difference(mutant.binding(),
                new ChangedClasses(Map.of(owner, mutant.apply(bindings.classes().get(owner)))));
            System.out.println((difference.isEmpty() ? "survived " : "killed ") + mutant + " " + difference);
        }
    }

    /** What a binding did otherwise than C does, "" if nothing. */
    private String difference(final Binding binding, final ClassLoader loader) throws Exception {
        final Method method = method(binding, loader);
        if (binding.simpleOwner().equals("LibC")) {
            return fcntlDifference(method, loader);
        }
        if (binding.exported() != null) {
            return exportedDifference(binding, method, loader);
        }
        return inlineDifference(binding, method, loader);
    }

    private static Method method(final Binding binding, final ClassLoader loader) throws Exception {
        final Class<?> owner = Class.forName(binding.owner(), true, loader);
        final Method found = Arrays.stream(owner.getDeclaredMethods()).filter(method -> method.getName().equals(binding.method())
            && MethodTypeDesc.ofDescriptor(binding.type()).equals(MethodType
                .methodType(method.getReturnType(), method.getParameterTypes()).describeConstable().orElseThrow()))
            .findFirst().orElseThrow();
        found.setAccessible(true);
        return found;
    }

    private static AutoCloseable frame(final ClassLoader loader) throws Exception {
        final Constructor<?> constructor = Class.forName(RawBindings.PACKAGE + "Frame", true, loader).getDeclaredConstructor();
        constructor.setAccessible(true);
        return (AutoCloseable)constructor.newInstance();
    }

    /** The only function of the C library with arguments of the same type: what it does to a pipe. */
    private static String fcntlDifference(final Method method, final ClassLoader loader) throws Exception {
        final RecorderLibrary library = RecorderLibrary.loaded(Installed.VERBS);
        final int fd = (int)library.call("recorder_pipe");
        final int before = (int)library.call("recorder_flags", fd);
        try (AutoCloseable frame = frame(loader)) {
            method.invoke(null, frame, fd);
        } catch (final InvocationTargetException e) {
            return "threw " + e.getCause();
        }
        final int after = (int)library.call("recorder_flags", fd);
        return after == (before | (int)library.call("recorder_nonblock")) ? "" : "flags " + before + " became " + after;
    }

    private String exportedDifference(final Binding binding, final Method method, final ClassLoader loader) throws Exception {
        final RecorderLibrary library = RecorderLibrary.loaded(binding.owner().contains(".LibCm") ? Installed.CM : Installed.VERBS);
        library.take();
        final Object[] arguments = new Object[method.getParameterCount()];
        final long[] expected = new long[arguments.length];
        final Object result;
        try (AutoCloseable frame = frame(loader)) {
            arguments[0] = frame;
            for (int i = 1; i < arguments.length; i++) {
                expected[i] = value(i);
                arguments[i] = argument(method.getParameterTypes()[i], expected[i]);
            }
            result = method.invoke(null, arguments);
        }
        expected[0] = exported.indexOf(binding.exported());
        final long[][] seen = library.take();
        if (seen.length != 1) {
            return seen.length + " calls arrived";
        }
        final StringBuilder differences = new StringBuilder(compare(seen[0], expected, binding.call()));
        final long back = MemorySegment.ofAddress(library.call("recorder_result", expected[0])).address();
        if (result != null && truncate(number(result), result.getClass()) != truncate(back, result.getClass())) {
            differences.append("result ").append(result).append(" instead of ").append(back);
        }
        return differences.toString();
    }

    private String inlineDifference(final Binding binding, final Method method, final ClassLoader loader) throws Exception {
        final String name = verbs.of(binding);
        final Function function = headers.get(name);
        if (function == null || !function.inline()) {
            return "its C text names " + name + ", which is no inline function of the headers";
        }
        final RecorderLibrary library = RecorderLibrary.loaded(Installed.VERBS);
        final List<String> parameters = function.parameters();
        final long[] c = new long[parameters.size()];
        final boolean ofObject = !Modifier.isStatic(method.getModifiers());
        final int missing = c.length - arguments(method, loader);
        for (int i = 0; i < c.length; i++) {
            final boolean isMissing = !ofObject && i > 0 && i <= missing;
            c[i] = isMissing ? 0 : !parameters.get(i).contains("*") ? value(i + 1)
                : block(library, RecorderLibrary.structure(parameters.get(i)));
        }
        library.take();
        final long expectedResult = library.call("drive_" + name, block(c));
        final long[][] expected = library.take();
        final Object result;
        try (AutoCloseable frame = frame(loader)) {
            final Object self = ofObject ? table(binding, c[0], library, method.getDeclaringClass()) : null;
            result = method.invoke(self, inlineArguments(method, c, frame, ofObject));
        } catch (final InvocationTargetException e) {
            return "threw " + e.getCause();
        }
        final long[][] seen = library.take();
        if (seen.length != expected.length) {
            return seen.length + " calls arrived, from C " + expected.length;
        }
        final StringBuilder differences = new StringBuilder();
        for (int i = 0; i < seen.length; i++) {
            differences.append(compare(seen[i], expected[i], withoutCapture(binding.call())));
        }
        if (result != null && truncate(number(result), result.getClass()) != truncate(expectedResult, result.getClass())) {
            differences.append("result ").append(result).append(" instead of ").append(expectedResult);
        }
        return differences.toString();
    }

    /** Behind a pointer every address is a long: a second segment is where errno is captured. */
    private static MethodTypeDesc withoutCapture(final MethodTypeDesc call) {
        return call.parameterCount() > 1 && call.parameterType(1).descriptorString().endsWith("MemorySegment;")
            ? call.dropParameterTypes(1, 2) : call;
    }

    /** The parameters without the frame. */
    private static int arguments(final Method method, final ClassLoader loader) throws ClassNotFoundException {
        final Class<?>[] types = method.getParameterTypes();
        return types.length - (types.length > 0 && types[0] == Class.forName(RawBindings.PACKAGE + "Frame", true, loader) ? 1 : 0);
    }

    /**
     * The arguments of C, with the frame before them. Java may lack some: the first where the object stands for it, else those behind
     * the first, which are NULL or 0 in C.
     */
    private static Object[] inlineArguments(final Method method, final long[] c, final AutoCloseable frame, final boolean ofObject) {
        final Class<?>[] types = method.getParameterTypes();
        final List<Object> arguments = new ArrayList<>();
        final int frames = types.length > 0 && types[0].isInstance(frame) ? 1 : 0;
        if (frames == 1) {
            arguments.add(frame);
        }
        final int missing = c.length - (types.length - frames);
        for (int i = frames; i < types.length; i++) {
            arguments.add(argument(types[i], c[i == frames && !ofObject ? 0 : i - frames + missing]));
        }
        return arguments.toArray();
    }

    private static Object table(final Binding binding, final long first, final RecorderLibrary library, final Class<?> owner)
        throws Exception {
        final String structure = TABLES.get(binding.simpleOwner());
        if (structure == null) {
            throw new AssertionError("which C structure is behind " + binding.simpleOwner() + "? add it to TABLES");
        }
        final long address = structure.equals("ibv_context") ? block(library, structure) : first;
        final Constructor<?> constructor = owner.getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        final Object[] arguments = new Object[constructor.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argument(constructor.getParameterTypes()[i], address);
        }
        return constructor.newInstance(arguments);
    }

    private static long block(final long... words) {
        return ARENA.allocateFrom(ValueLayout.JAVA_LONG, words).address();
    }

    /** A structure that looks alive: its tables of functions are full of recorders. */
    private static long block(final RecorderLibrary library, final String structure) {
        final long address = ARENA.allocate(RecorderLibrary.BLOCK, 64).address();
        switch (structure) {
            case "ibv_context" -> {
                library.call("recorder_fill", address);
                return library.call("recorder_context", address);
            }
            case "ibv_qp_ex", "ibv_cq_ex" -> {
                library.call("recorder_fill", address);
                library.call("recorder_" + structure.substring(4), address, block(library, "ibv_context"));
            }
            default -> {
                if (library.has("recorder_" + structure)) {
                    library.call("recorder_" + structure, address, block(library, "ibv_context"));
                }
            }
        }
        return address;
    }

    private static String compare(final long[] seen, final long[] expected, final MethodTypeDesc call) {
        if (seen[0] != expected[0]) {
            return "function " + seen[0] + " was called instead of " + expected[0] + "; ";
        }
        final StringBuilder differences = new StringBuilder();
        for (int i = 1; i < call.parameterCount(); i++) {
            final String type = call.parameterType(i).descriptorString();
            if (truncate(seen[i], type) != truncate(expected[i], type)) {
                differences.append("argument ").append(i).append(" is ").append(Long.toHexString(truncate(seen[i], type)))
                    .append(" instead of ").append(Long.toHexString(truncate(expected[i], type))).append("; ");
            }
        }
        return differences.toString();
    }

    /** Different from every other, in each byte that a narrower type keeps. */
    private static long value(final int argument) {
        return 0x0101_0101_0101_0101L * (0x10 + argument);
    }

    @SuppressWarnings("restricted")
    private static Object argument(final Class<?> type, final long value) {
        return switch (type.getName()) {
            case "long" -> value;
            case "int" -> (int)value;
            case "short" -> (short)value;
            case "byte" -> (byte)value;
            case "boolean" -> (value & 1) != 0;
            default -> MemorySegment.ofAddress(value).reinterpret(RecorderLibrary.BLOCK);
        };
    }

    private static long number(final Object value) {
        return value instanceof MemorySegment segment ? segment.address() : value instanceof Boolean flag ? flag ? 1 : 0
            : ((Number)value).longValue();
    }

    private static long truncate(final long value, final Class<?> type) {
        return truncate(value, type == Integer.class ? "I" : type == Short.class ? "S" : type == Byte.class ? "B" : "J");
    }

    private static long truncate(final long value, final String type) {
        return switch (type) {
            case "I" -> (int)value;
            case "S" -> (short)value;
            case "B" -> (byte)value;
            default -> value;
        };
    }
}
