package dev.verbs.ledger;

import dev.verbs.ledger.RawBindings.Binding;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/**
 * Bindings with a mistake that no compiler finds: two arguments of the same type change places, or the function is not called at all
 * and 0 or NULL comes back.
 */
final class Mutants {
    private static final ClassDesc SEGMENT = ClassDesc.of("java.lang.foreign.MemorySegment");

    private Mutants() {
    }

    /**
     * A mistake.
     *
     * @param binding where
     * @param first   one argument of the call, counted from 1; 0 if the function is not called
     * @param second  the other
     */
    record Mutant(Binding binding, int first, int second) {
        @Override
        public String toString() {
            return binding + (first == 0 ? " skipped" : " " + first + "<->" + second);
        }

        /** The class of the binding, with the mistake. */
        byte[] apply(final byte[] original) {
            final ClassFile classFile = ClassFile.of();
            return classFile.transformClass(classFile.parse(original), (builder, element) -> {
                if (element instanceof MethodModel method && method.methodName().equalsString(binding.method())
                    && method.methodType().equalsString(binding.type())) {
                    builder.transformMethod(method, MethodTransform.transformingCode(change()));
                } else {
                    ClassTransform.ACCEPT_ALL.accept(builder, element);
                }
            });
        }

        private CodeTransform change() {
            return CodeTransform.ofStateful(() -> new CodeTransform() {
                private int site;

                @Override
                public void accept(final CodeBuilder code, final CodeElement element) {
                    if (RawBindings.isBinding(element) && site++ == binding.site()) {
                        if (first == 0) {
                            nothingInstead(code, binding.call());
                            return;
                        }
                        swapOnStack(code, binding.call(), first, second);
                    }
                    code.with(element);
                }
            });
        }
    }

    private static void swapOnStack(final CodeBuilder code, final MethodTypeDesc call, final int first, final int second) {
        final int count = call.parameterCount();
        final int[] slots = new int[count];
        for (int i = count - 1; i >= 0; i--) {
            final TypeKind kind = TypeKind.from(call.parameterType(i));
            slots[i] = code.allocateLocal(kind);
            code.storeLocal(kind, slots[i]);
        }
        for (int i = 0; i < count; i++) {
            final int from = i == first ? second : i == second ? first : i;
            code.loadLocal(TypeKind.from(call.parameterType(i)), slots[from]);
        }
    }

    private static void nothingInstead(final CodeBuilder code, final MethodTypeDesc call) {
        for (int i = call.parameterCount() - 1; i >= 0; i--) {
            final TypeKind kind = TypeKind.from(call.parameterType(i));
            code.storeLocal(kind, code.allocateLocal(kind));
        }
        code.pop(); // the handle
        switch (TypeKind.from(call.returnType())) {
            case VOID -> { }
            case LONG -> code.lconst_0();
            case REFERENCE -> code.getstatic(SEGMENT, "NULL", SEGMENT);
            default -> code.iconst_0();
        }
    }

    /** One per binding: the function is not called. */
    static List<Mutant> skips(final List<Binding> bindings) {
        return bindings.stream().map(binding -> new Mutant(binding, 0, 0)).toList();
    }

    /** Every swap that can be made; what comes before argument 1 (errno's place or the function) is no argument of the verb. */
    static List<Mutant> of(final List<Binding> bindings) {
        final List<Mutant> found = new ArrayList<>();
        for (final Binding binding : bindings) {
            final MethodTypeDesc call = binding.call();
            for (int i = 1; i < call.parameterCount(); i++) {
                for (int j = i + 1; j < call.parameterCount(); j++) {
                    if (call.parameterType(i).equals(call.parameterType(j))) {
                        found.add(new Mutant(binding, i, j));
                    }
                }
            }
        }
        return found;
    }
}
