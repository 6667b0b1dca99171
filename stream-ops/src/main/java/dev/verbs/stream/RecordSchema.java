package dev.verbs.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The layout of a fixed-size binary record: named fields at fixed offsets, packed, little-endian. Immutable; any thread.
 */
public final class RecordSchema {
    private final String name;
    private final Map<String, Field> fields;
    private final Field eventTime;
    private final long recordBytes;

    private RecordSchema(final Builder builder) {
        name = builder.name;
        fields = new LinkedHashMap<>();
        for (final Field field : builder.fields) {
            if (fields.put(field.name(), field) != null) {
                throw new IllegalArgumentException("schema " + name + ": two fields are called '" + field.name() + "'");
            }
        }
        eventTime = builder.eventTime;
        recordBytes = builder.length;
        if (eventTime == null) {
            throw new IllegalArgumentException("schema " + name + " has no event time: add eventTime(name)");
        }
    }

    /** What a field holds. */
    public enum Type {
        /** A signed 64-bit number. */
        INT64(8),
        /** A signed 32-bit number. */
        INT32(4),
        /** Bytes that are compared and never calculated with; text is padded with zeros. */
        BYTES(0);

        private final int bytes;

        Type(final int bytes) {
            this.bytes = bytes;
        }
    }

    /**
     * A field of the record.
     *
     * @param name   its name
     * @param type   what it holds
     * @param offset from the start of the record, in bytes
     * @param length in bytes
     */
    public record Field(String name, Type type, long offset, long length) {
        /**
         * This field, if it is a number.
         *
         * @return this
         * @throws IllegalArgumentException if it is not
         */
        public Field numeric() {
            if (type == Type.BYTES) {
                throw new IllegalArgumentException("field '" + name + "' is " + length + " bytes, not a number: declare it int64 or int32");
            }
            return this;
        }
    }

    /**
     * Starts a schema.
     *
     * @param name its name, for messages
     * @return an empty builder
     */
    public static Builder named(final String name) {
        return new Builder(name);
    }

    /**
     * A field by name.
     *
     * @param fieldName the name
     * @return the field
     * @throws IllegalArgumentException if there is none: the message lists those there are
     */
    public Field field(final String fieldName) {
        final Field field = fields.get(fieldName);
        if (field == null) {
            throw new IllegalArgumentException("schema " + name + " has no field '" + fieldName + "': there are " + fields.keySet());
        }
        return field;
    }

    /**
     * All fields in the order of their offsets.
     *
     * @return the fields
     */
    public List<Field> fields() {
        return List.copyOf(fields.values());
    }

    /**
     * The field that says when the event happened, in milliseconds.
     *
     * @return an INT64 field
     */
    public Field eventTime() {
        return eventTime;
    }

    /**
     * The size of a record.
     *
     * @return bytes
     */
    public long recordBytes() {
        return recordBytes;
    }

    @Override
    public String toString() {
        return name + fields.values();
    }

    /** Lays fields out one after the other. Not thread safe. */
    public static final class Builder {
        private final String name;
        private final List<Field> fields = new ArrayList<>();
        private Field eventTime;
        private long length;

        private Builder(final String name) {
            this.name = name;
        }

        /**
         * Adds a signed 64-bit field.
         *
         * @param field its name
         * @return this
         */
        public Builder int64(final String field) {
            return add(field, Type.INT64, Type.INT64.bytes);
        }

        /**
         * Adds a signed 32-bit field.
         *
         * @param field its name
         * @return this
         */
        public Builder int32(final String field) {
            return add(field, Type.INT32, Type.INT32.bytes);
        }

        /**
         * Adds bytes.
         *
         * @param field its name
         * @param bytes how many, at least 1
         * @return this
         */
        public Builder bytes(final String field, final long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("field '" + field + "': " + bytes + " bytes, at least 1 is needed");
            }
            return add(field, Type.BYTES, bytes);
        }

        /**
         * Adds the 64-bit event time in milliseconds; every schema has exactly one.
         *
         * @param field its name
         * @return this
         */
        public Builder eventTime(final String field) {
            if (eventTime != null) {
                throw new IllegalArgumentException("schema " + name + ": a second event time '" + field + "'");
            }
            int64(field);
            eventTime = fields.getLast();
            return this;
        }

        /**
         * Ends the schema.
         *
         * @return the schema
         */
        public RecordSchema build() {
            return new RecordSchema(this);
        }

        private Builder add(final String field, final Type type, final long bytes) {
            fields.add(new Field(field, type, length, bytes));
            length += bytes;
            return this;
        }
    }
}
