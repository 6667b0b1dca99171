package dev.verbs.ledger;

import dev.verbs.ledger.RawBindings.Binding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Sees which bindings a test calls, and through which public method. The classes that make downcalls are loaded with a line more
 * before each: the first call in each test walks the stack, later ones cost a read.
 *
 * <p>One per JVM: the changed classes have to find it. Tests run one after the other.
 */
public final class CallRecorder implements TestExecutionListener {
    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet(); // of this test: binding, tab, public method
    private static final List<Binding> BINDINGS = RawBindings.read().all();
    private static final byte[] CALLED = new byte[BINDINGS.size()]; // times in this test; races cost another look
    private static final int LOOKED_AT = 16;
    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /** Names the file to write; nothing is recorded without it. */
    static final String FILE_PROPERTY = "dev.verbs.ledger.calls";

    private final Set<String> lines = new TreeSet<>();
    private final Set<String> failed = new HashSet<>();
    private final Map<String, Set<String>> seen = new HashMap<>();

    /** Registered for every run through {@code META-INF/services}. */
    public CallRecorder() {
    }

    /** The project's classes, each downcall of which is seen. */
    public static ClassLoader loader() {
        final Map<String, byte[]> changed = new HashMap<>();
        RawBindings.read().classes().forEach((name, bytes) -> changed.put(name, watched(name, bytes)));
        return new ChangedClasses(changed);
    }

    private static byte[] watched(final String owner, final byte[] bytes) {
        final ClassFile classFile = ClassFile.of();
        return classFile.transformClass(classFile.parse(bytes), (builder, element) -> {
            if (element instanceof MethodModel method) {
                builder.transformMethod(method, MethodTransform.transformingCode(
                    watch(owner, method.methodName().stringValue(), method.methodType().stringValue())));
            } else {
                ClassTransform.ACCEPT_ALL.accept(builder, element);
            }
        });
    }

    private static CodeTransform watch(final String owner, final String method, final String type) {
        return CodeTransform.ofStateful(() -> new CodeTransform() {
            private int site;

            @Override
            public void accept(final CodeBuilder code, final CodeElement element) {
                if (RawBindings.isBinding(element)) {
                    code.loadConstant(id(owner, method, type, site++));
                    code.invokestatic(ClassDesc.of(CallRecorder.class.getName()), "called",
                        MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int));
                }
                code.with(element);
            }
        });
    }

    private static int id(final String owner, final String method, final String type, final int site) {
        for (int i = 0; i < BINDINGS.size(); i++) {
            final Binding binding = BINDINGS.get(i);
            if (binding.owner().equals(owner) && binding.method().equals(method) && binding.type().equals(type)
                && binding.site() == site) {
                return i;
            }
        }
        throw new AssertionError(owner + "." + method);
    }

    /** Called by the changed classes before a downcall. */
    public static void called(final int id) {
        if (CALLED[id] < LOOKED_AT) {
            CALLED[id]++;
            SEEN.add(BINDINGS.get(id) + "\t" + STACK.walk(CallRecorder::publicMethod));
        }
    }

    /** The innermost method of the API that led here; closing is told of the resource, not of what all resources share. */
    private static String publicMethod(final Stream<StackWalker.StackFrame> frames) {
        String resource = null;
        for (final StackWalker.StackFrame frame : (Iterable<StackWalker.StackFrame>)frames::iterator) {
            final List<Class<?>> api = hierarchy(frame.getDeclaringClass()).stream().filter(CallRecorder::isApi).toList();
            if (resource == null && !api.isEmpty()) {
                resource = api.getFirst().getSimpleName();
            }
            for (final Class<?> type : api) {
                if (declares(type, frame)) {
                    return (type.getSimpleName().equals("VerbsResource") ? resource : type.getSimpleName()) + "." + frame.getMethodName();
                }
            }
        }
        return "-";
    }

    private static boolean declares(final Class<?> type, final StackWalker.StackFrame frame) {
        return Arrays.stream(type.getDeclaredMethods()).anyMatch(method -> method.getName().equals(frame.getMethodName())
            && Modifier.isPublic(method.getModifiers())
            && Arrays.equals(method.getParameterTypes(), frame.getMethodType().parameterArray()));
    }

    private static boolean isApi(final Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
            && (type.getPackageName().equals("dev.verbs") || type.getPackageName().equals("dev.verbs.cm")
                || type.getName().equals("dev.verbs.spi.VerbsProvider"));
    }

    private static List<Class<?>> hierarchy(final Class<?> type) {
        final List<Class<?>> found = new ArrayList<>();
        for (Class<?> next = type; next != null; next = next.getSuperclass()) {
            found.add(next);
            for (final Class<?> face : next.getInterfaces()) {
                found.addAll(hierarchy(face));
            }
        }
        return found;
    }

    @Override
    public void executionStarted(final TestIdentifier id) {
        if (id.isTest()) {
            SEEN.clear();
            Arrays.fill(CALLED, (byte)0);
        }
    }

    @Override
    public void executionFinished(final TestIdentifier id, final TestExecutionResult result) {
        if (id.isTest() && id.getSource().orElse(null) instanceof MethodSource method) {
            final String name = method.getClassName().substring(method.getClassName().lastIndexOf('.') + 1) + "#"
                + method.getMethodName();
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                failed.add(name);
            } else if (result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                seen.computeIfAbsent(name, key -> new TreeSet<>()).addAll(SEEN);
            }
        }
    }

    @Override
    public void testPlanExecutionFinished(final TestPlan plan) {
        seen.forEach((test, calls) -> {
            if (!failed.contains(test)) {
                lines.add(test + "\t\t"); // it passed, whatever it called
                calls.forEach(call -> lines.add(test + "\t" + call));
            }
        });
        final String file = System.getProperty(FILE_PROPERTY);
        if (file == null || seen.isEmpty()) {
            return;
        }
        try {
            final Path path = Path.of(file);
            if (path.getParent() != null) {
                Files.createDirectories(path.getParent());
            }
            Files.write(path, lines);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
