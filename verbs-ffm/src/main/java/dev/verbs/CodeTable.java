package dev.verbs;

import java.util.function.ToIntFunction;

/** Constant of a C code in one array access: C enums here are small and dense. */
final class CodeTable<E extends Enum<E>> {
    private final Object[] byCode;
    private final E unknown;

    CodeTable(final E[] values, final ToIntFunction<E> code, final E unknown) {
        int max = 0;
        for (final E value : values) {
            max = Math.max(max, code.applyAsInt(value));
        }
        this.byCode = new Object[max + 1];
        this.unknown = unknown;
        for (final E value : values) {
            if (value != unknown) {
                byCode[code.applyAsInt(value)] = value;
            }
        }
    }

    @SuppressWarnings("unchecked")
    E get(final int code) {
        final E found = code >= 0 && code < byCode.length ? (E)byCode[code] : null;
        return found == null ? unknown : found;
    }
}
