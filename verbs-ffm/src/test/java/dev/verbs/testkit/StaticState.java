package dev.verbs.testkit;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.FieldModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Finds static fields of a class whose value can change after initialisation. */
final class StaticState {
    private static final Pattern MUTABLE = Pattern.compile(
        "Ljava/util/(?!OptionalInt|OptionalLong|Optional;|HexFormat|UUID|Locale|function/|regex/).*|Ljava/util/concurrent/.*"
            + "|Ljava/lang/(ThreadLocal|InheritableThreadLocal|StringBuilder|StringBuffer|Thread);"
            + "|Ljava/lang/foreign/(MemorySegment|Arena);|Ljava/security/SecureRandom;"
            + "|Lorg/agrona/(collections|concurrent)/.*|Lorg/jctools/.*");
    private static final Set<String> IMMUTABLE_FACTORIES = Set.of("of", "copyOf", "ofEntries", "unmodifiableList",
        "unmodifiableMap", "unmodifiableSet", "emptyList", "emptyMap", "emptySet", "toList");
    private static final Set<String> FACTORY_OWNERS = Set.of("java/util/List", "java/util/Map", "java/util/Set",
        "java/util/Collections", "java/util/stream/Stream");

    private final ClassModel model;
    private final Collection<ClassModel> module;
    private final Map<String, String> found = new TreeMap<>();

    private StaticState(final ClassModel model, final Collection<ClassModel> module) {
        this.model = model;
        this.module = module;
    }

    /** Fields of a class by full name, with what is wrong with them; {@code module} is who may write to them. */
    static Map<String, String> of(final ClassModel model, final Collection<ClassModel> module) {
        final StaticState state = new StaticState(model, module);
        for (final FieldModel field : model.fields()) {
            if (field.flags().has(AccessFlag.STATIC) && !field.flags().has(AccessFlag.SYNTHETIC)) {
                state.check(field);
            }
        }
        return state.found;
    }

    private void check(final FieldModel field) {
        final String type = field.fieldType().stringValue();
        final String name = field.fieldName().stringValue();
        if (!field.flags().has(AccessFlag.FINAL)) {
            report(name, "static and not final");
        } else if (type.startsWith("[")) {
            if (field.flags().has(AccessFlag.PUBLIC) || field.flags().has(AccessFlag.PROTECTED)) {
                report(name, "an array that others can write to");
            } else {
                checkArray(name);
            }
        } else if (MUTABLE.matcher(type).matches() && !isImmutable(name)) {
            report(name, "of the mutable type " + ClassRules.name(type.substring(1, type.length() - 1)));
        }
        for (final MethodModel method : model.methods()) {
            if (!isInitializer(method) && instructions(method).stream().anyMatch(each -> stores(each, name))) {
                report(name, "assigned in " + method.methodName().stringValue());
            }
        }
    }

    private void report(final String field, final String why) {
        found.put(ClassRules.name(model.thisClass().asInternalName()) + "." + field, why);
    }

    /** An array is constant if nobody in the module stores into it or hands it out once the class is initialised. */
    private void checkArray(final String field) {
        for (final ClassModel other : module) {
            for (final MethodModel method : other.methods()) {
                if (!isInitializer(method) && !(other == model && isPartOfInitializer(method))) {
                    checkArray(field, method);
                }
            }
        }
    }

    /** Follows the references to arrays through the code in a straight line; aliases in locals count as the field. */
    private void checkArray(final String field, final MethodModel method) {
        final Deque<Boolean> arrays = new ArrayDeque<>(); // true: the field's
        int locals = 0; // loaded since the last array was
        Instruction before = null;
        for (final Instruction each : instructions(method)) {
            if (loads(each, field)) {
                arrays.push(true);
                locals = 0;
            } else if (isNewArray(each)) {
                arrays.push(false);
                locals = 0;
            } else if (each instanceof LoadInstruction load
                && load.typeKind() == TypeKind.REFERENCE) {
                locals++;
            } else if (each instanceof ArrayLoadInstruction) {
                if (locals > 0) {
                    locals--;
                } else {
                    arrays.poll();
                }
            } else if (each instanceof ArrayStoreInstruction && Boolean.TRUE.equals(arrays.poll())) {
                report(field, "an array that " + method.methodName().stringValue() + " stores into");
            } else if (each instanceof ReturnInstruction && before != null && loads(before, field)) {
                report(field, "an array that " + method.methodName().stringValue() + " hands out");
            }
            before = each;
        }
    }

    private static boolean isNewArray(final Instruction instruction) {
        return instruction instanceof NewPrimitiveArrayInstruction || instruction instanceof NewReferenceArrayInstruction
            || instruction instanceof NewMultiArrayInstruction;
    }

    /** A private static method that only the initializer calls. */
    private boolean isPartOfInitializer(final MethodModel method) {
        if (!method.flags().has(AccessFlag.PRIVATE) || !method.flags().has(AccessFlag.STATIC)) {
            return false;
        }
        return model.methods().stream().filter(caller -> !isInitializer(caller)).flatMap(caller -> instructions(caller).stream())
            .noneMatch(each -> each instanceof InvokeInstruction call && calls(call, method));
    }

    private boolean calls(final InvokeInstruction call, final MethodModel method) {
        return call.owner().asInternalName().equals(model.thisClass().asInternalName())
            && method.methodName().equalsString(call.name().stringValue())
            && method.methodType().equalsString(call.type().stringValue());
    }

    /** Whether every value that the initializer stores comes straight from a factory of immutable collections. */
    private boolean isImmutable(final String field) {
        for (final MethodModel method : model.methods()) {
            final List<Instruction> code = instructions(method);
            for (int i = 0; i < code.size(); i++) {
                if (stores(code.get(i), field) && (i == 0 || !givesImmutable(code.get(i - 1)))) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean givesImmutable(final Instruction instruction) {
        if (!(instruction instanceof InvokeInstruction call)) {
            return false;
        }
        if (FACTORY_OWNERS.contains(call.owner().asInternalName()) && IMMUTABLE_FACTORIES.contains(call.name().stringValue())) {
            return true;
        }
        return model.methods().stream().filter(method -> calls(call, method)).anyMatch(this::returnsImmutable);
    }

    private boolean returnsImmutable(final MethodModel method) {
        final List<Instruction> code = instructions(method);
        for (int i = 1; i < code.size(); i++) {
            if (code.get(i).opcode() == Opcode.ARETURN && !(code.get(i - 1) instanceof InvokeInstruction call
                && FACTORY_OWNERS.contains(call.owner().asInternalName())
                && IMMUTABLE_FACTORIES.contains(call.name().stringValue()))) {
                return false;
            }
        }
        return !code.isEmpty();
    }

    private boolean stores(final Instruction instruction, final String field) {
        return isField(instruction, field, Opcode.PUTSTATIC);
    }

    private boolean loads(final Instruction instruction, final String field) {
        return isField(instruction, field, Opcode.GETSTATIC);
    }

    private boolean isField(final Instruction instruction, final String field, final Opcode opcode) {
        return instruction instanceof FieldInstruction access && access.opcode() == opcode
            && access.owner().asInternalName().equals(model.thisClass().asInternalName())
            && access.name().equalsString(field);
    }

    private static boolean isInitializer(final MethodModel method) {
        return method.methodName().equalsString("<clinit>");
    }

    private static List<Instruction> instructions(final MethodModel method) {
        final List<Instruction> found = new ArrayList<>();
        method.code().ifPresent(code -> {
            for (final CodeElement element : code) {
                if (element instanceof Instruction instruction) {
                    found.add(instruction);
                }
            }
        });
        return found;
    }
}
