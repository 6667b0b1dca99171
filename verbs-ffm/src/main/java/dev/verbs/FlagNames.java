package dev.verbs;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Names of flags, read from the constants of the class that holds them. */
final class FlagNames {
    private FlagNames() {
    }

    static List<String> of(final Class<?> constants, final long flags) {
        final Map<Long, String> byBit = new TreeMap<>(Long::compareUnsigned);
        for (final Field field : constants.getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                try {
                    byBit.put(field.getLong(null), field.getName());
                } catch (final IllegalAccessException e) {
                    throw new AssertionError(e);
                }
            }
        }
        final List<String> names = new ArrayList<>();
        long rest = flags;
        for (final Map.Entry<Long, String> flag : byBit.entrySet()) {
            if ((flags & flag.getKey()) != 0) {
                names.add(flag.getValue());
                rest &= ~flag.getKey();
            }
        }
        if (rest != 0) {
            names.add("0x" + Long.toHexString(rest).toUpperCase(java.util.Locale.ROOT));
        }
        return names;
    }
}
