package dev.verbs;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * What an extended completion queue is made of. C: {@code struct ibv_cq_init_attr_ex}, each field's C name in brackets.
 *
 * @param entries        least number of completions that it holds, at least 1 [cqe]
 * @param channel        where it announces, null for none [channel]
 * @param vector         completion vector of its announcements, from 0 to {@link Context#completionVectors()} - 1 [comp_vector]
 * @param fields         what its completions carry; what was not asked for cannot be read [wc_flags]
 * @param ignoreOverrun  the program promises that it never overruns, and the device need not look
 *     ({@code IBV_CREATE_CQ_ATTR_IGNORE_OVERRUN})
 * @param singleThreaded the program promises that one thread at a time uses it, and the library need not lock
 *     ({@code IBV_CREATE_CQ_ATTR_SINGLE_THREADED})
 */
public record ExtendedCqConfig(int entries, CompletionChannel channel, int vector, Set<WcField> fields, boolean ignoreOverrun,
    boolean singleThreaded) {

    /** Checks the values that no device accepts. */
    public ExtendedCqConfig {
        Objects.requireNonNull(fields, "fields");
        if (entries < 1) {
            throw new IllegalArgumentException("entries " + entries + " is less than 1");
        }
        if (vector < 0) {
            throw new IllegalArgumentException("vector " + vector + " is negative");
        }
        fields = fields.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(fields));
    }

    /**
     * A queue without channel whose completions carry {@link WcField#STANDARD}. C: {@code struct ibv_cq_init_attr_ex}.
     *
     * @param entries least number of completions that it holds, at least 1
     * @return the configuration
     */
    public static ExtendedCqConfig of(final int entries) {
        return new ExtendedCqConfig(entries, null, 0, WcField.STANDARD, false, false);
    }

    /**
     * The same with a channel. C: {@code ibv_cq_init_attr_ex.channel}.
     *
     * @param where where it announces, null for none
     * @return the changed copy
     */
    public ExtendedCqConfig withChannel(final CompletionChannel where) {
        return new ExtendedCqConfig(entries, where, vector, fields, ignoreOverrun, singleThreaded);
    }

    /**
     * The same with another completion vector. C: {@code ibv_cq_init_attr_ex.comp_vector}.
     *
     * @param other the vector, from 0
     * @return the changed copy
     */
    public ExtendedCqConfig withVector(final int other) {
        return new ExtendedCqConfig(entries, channel, other, fields, ignoreOverrun, singleThreaded);
    }

    /**
     * The same with other fields. C: {@code ibv_cq_init_attr_ex.wc_flags}.
     *
     * @param asked what completions shall carry
     * @return the changed copy
     */
    public ExtendedCqConfig withFields(final Set<WcField> asked) {
        return new ExtendedCqConfig(entries, channel, vector, asked, ignoreOverrun, singleThreaded);
    }

    /**
     * The same with the promise that it never overruns. What happens if it does is undefined. C: {@code IBV_CREATE_CQ_ATTR_IGNORE_OVERRUN}.
     *
     * @return the changed copy
     */
    public ExtendedCqConfig withIgnoreOverrun() {
        return new ExtendedCqConfig(entries, channel, vector, fields, true, singleThreaded);
    }

    /**
     * The same with the promise that one thread at a time uses it. C: {@code IBV_CREATE_CQ_ATTR_SINGLE_THREADED}.
     *
     * @return the changed copy
     */
    public ExtendedCqConfig withSingleThreaded() {
        return new ExtendedCqConfig(entries, channel, vector, fields, ignoreOverrun, true);
    }
}
