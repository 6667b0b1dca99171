package dev.verbs.stream;

import java.util.Objects;

/**
 * A windowed aggregation: filter, key, event-time window, aggregate. Immutable; any thread.
 *
 * @param schema    the layout of the records
 * @param filter    which records count
 * @param key       the INT64 field that groups them; keys are compared as the whole 64 bits, so two different keys are never
 *                  confused (a wider key must be mapped to a 64-bit id where the records are made)
 * @param window    how event time is cut
 * @param aggregate what is computed per window and key
 */
public record Query(RecordSchema schema, Filter filter, RecordSchema.Field key, WindowAssigner window, Aggregate aggregate) {
    /** Refuses keys that are not 64-bit numbers, and slots that are not a multiple of 8 bytes. */
    public Query {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(window, "window");
        if (key == null || key.type() != RecordSchema.Type.INT64) {
            throw new IllegalArgumentException("the key of a query is an INT64 field, not " + key);
        }
        if (aggregate.slotBytes() < Long.BYTES || aggregate.slotBytes() % Long.BYTES != 0) {
            throw new IllegalArgumentException("a slot of " + aggregate.slotBytes() + " bytes: a positive multiple of 8 is needed");
        }
    }

    /**
     * Starts a query.
     *
     * @param schema the layout of the records
     * @return a builder that keeps every record
     */
    public static Builder from(final RecordSchema schema) {
        return new Builder(schema);
    }

    /** Builds a query step by step. Not thread safe. */
    public static final class Builder {
        private final RecordSchema schema;
        private Filter filter = Filter.all();
        private RecordSchema.Field key;
        private WindowAssigner window;

        private Builder(final RecordSchema schema) {
            this.schema = schema;
        }

        /**
         * Keeps only what a filter keeps, and what earlier ones kept.
         *
         * @param condition the filter
         * @return this
         */
        public Builder filter(final Filter condition) {
            filter = filter instanceof Filters.All ? condition : filter.and(condition);
            return this;
        }

        /**
         * Groups by a field.
         *
         * @param field the name of an INT64 field
         * @return this
         */
        public Builder key(final String field) {
            key = schema.field(field);
            return this;
        }

        /**
         * Cuts event time into windows of one size.
         *
         * @param sizeMs the size in milliseconds, at least 1
         * @return this
         */
        public Builder tumbling(final long sizeMs) {
            window = new TumblingWindow(sizeMs);
            return this;
        }

        /**
         * Counts records per window and key.
         *
         * @return the query
         */
        public Query count() {
            return aggregate(Aggregate.count());
        }

        /**
         * Adds up a number per window and key.
         *
         * @param field the name of an INT64 or INT32 field
         * @return the query
         */
        public Query sum(final String field) {
            return aggregate(Aggregate.sum(schema.field(field)));
        }

        /**
         * Computes any aggregate per window and key.
         *
         * @param aggregate the aggregate
         * @return the query
         */
        public Query aggregate(final Aggregate aggregate) {
            return new Query(schema, filter, key, window, aggregate);
        }
    }
}
