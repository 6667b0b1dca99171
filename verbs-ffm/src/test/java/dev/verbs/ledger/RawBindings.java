package dev.verbs.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.MethodTypeDesc;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Every binding of {@code dev.verbs.ibv}, read out of its classes: a call site of {@code MethodHandle.invokeExact} is one. So
 * whatever is bound later is found, too.
 */
final class RawBindings {
    static final String PACKAGE = "dev.verbs.ibv.";
    private static final String VERB = "Ldev/verbs/ibv/Verb;";

    /** The bytes of each class of the package that has a binding, by name. */
    private final Map<String, byte[]> classes = new TreeMap<>();
    private final List<Binding> bindings = new ArrayList<>();

    /**
     * A binding.
     *
     * @param owner    its class
     * @param method   the method that it is in
     * @param type     that method's descriptor
     * @param site     which call site of the method
     * @param field    the field that the handle was read from
     * @param exported the C name of an exported function, null for one behind a pointer
     * @param since    the first version that has the exported function
     * @param call     the descriptor of the call: its first parameter is where errno goes, or the function pointer
     */
    record Binding(String owner, String method, String type, int site, String field, String exported, String since,
        MethodTypeDesc call) {
        String simpleOwner() {
            return owner.substring(owner.lastIndexOf('.') + 1);
        }

        @Override
        public String toString() {
            return simpleOwner() + "." + method + (site == 0 ? "" : "[" + site + "]");
        }
    }

    private RawBindings() {
    }

    /** Reads the classes that are on the class path. */
    static RawBindings read() {
        final RawBindings found = new RawBindings();
        final URI source;
        try {
            source = dev.verbs.ibv.IbvProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        } catch (final URISyntaxException e) {
            throw new AssertionError(e);
        }
        final Path root = Path.of(source);
        final String directory = PACKAGE.replace('.', '/');
        try {
            if (Files.isDirectory(root)) {
                found.readAll(root.resolve(directory));
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(root)) {
                    found.readAll(jar.getPath(directory));
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private void readAll(final Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (final Path file : files.filter(path -> path.toString().endsWith(".class")).sorted().toList()) {
                add(Files.readAllBytes(file));
            }
        }
    }

    private void add(final byte[] bytes) {
        final ClassModel model = ClassFile.of().parse(bytes);
        final Map<String, String[]> verbs = verbs(model);
        final int before = bindings.size();
        for (final MethodModel method : model.methods()) {
            String field = null;
            int site = 0;
            for (final CodeElement element : method.code().<Iterable<CodeElement>>map(code -> code).orElse(List.of())) {
                if (element instanceof FieldInstruction read && read.opcode() == Opcode.GETSTATIC
                    && (read.type().stringValue().equals(VERB)
                        || read.type().stringValue().equals("Ljava/lang/invoke/MethodHandle;"))) {
                    field = read.name().stringValue();
                } else if (isBinding(element)) {
                    final String[] verb = verbs.getOrDefault(field, new String[2]);
                    bindings.add(new Binding(model.thisClass().asInternalName().replace('/', '.'), method.methodName().stringValue(),
                        method.methodType().stringValue(), site++, field, verb[0], verb[1],
                        ((InvokeInstruction)element).typeSymbol()));
                }
            }
        }
        if (bindings.size() > before) {
            classes.put(model.thisClass().asInternalName().replace('/', '.'), bytes);
        }
    }

    /** Whether this is a downcall. */
    static boolean isBinding(final CodeElement element) {
        return element instanceof InvokeInstruction call && call.opcode() == Opcode.INVOKEVIRTUAL
            && call.name().stringValue().equals("invokeExact")
            && call.owner().asInternalName().equals("java/lang/invoke/MethodHandle");
    }

    /** Per static field that holds a Verb: its C name and version, the string constants of the initialiser before the store. */
    private static Map<String, String[]> verbs(final ClassModel model) {
        final Map<String, String[]> found = new HashMap<>();
        model.methods().stream().filter(method -> method.methodName().equalsString("<clinit>")).findFirst()
            .flatMap(MethodModel::code).ifPresent(code -> {
                final List<String> strings = new ArrayList<>();
                for (final CodeElement element : code) {
                    if (element instanceof ConstantInstruction constant && constant.constantValue() instanceof String text) {
                        strings.add(text);
                    } else if (element instanceof FieldInstruction store && store.opcode() == Opcode.PUTSTATIC) {
                        if (store.type().stringValue().equals(VERB)) {
                            found.put(store.name().stringValue(), strings.toArray(String[]::new));
                        }
                        strings.clear();
                    } else if (!(element instanceof Instruction)) {
                        continue;
                    }
                }
            });
        return found;
    }

    /** All of them, in the order of their classes. */
    List<Binding> all() {
        return List.copyOf(bindings);
    }

    /** The bindings of exported functions of the RDMA libraries. */
    List<Binding> exported() {
        return bindings.stream().filter(binding -> binding.exported() != null).toList();
    }

    /** The classes with bindings, and their bytes. */
    Map<String, byte[]> classes() {
        return Map.copyOf(classes);
    }
}
