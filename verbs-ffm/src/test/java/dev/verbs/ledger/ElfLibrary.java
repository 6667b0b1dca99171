package dev.verbs.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A shared library of 64 bits in little-endian ELF: what it exports, and copies of it in which a lookup finds less. */
final class ElfLibrary {
    private static final int SECTION_DYNSYM = 11;
    private static final int SECTION_VERDEF = 0x6ffffffd;
    private static final int SECTION_VERSYM = 0x6fffffff;
    private static final int SYMBOL_SIZE = 24;
    private static final int SHARED_OBJECT_OR_FUNCTION = 2;
    private static final int VERSION_MASK = 0x7fff;
    private static final int HASH_FACTOR = 33;

    private final ByteBuffer image;
    private final List<Section> sections = new ArrayList<>();

    private record Section(int type, int link, int offset, int size, int items) {
    }

    private ElfLibrary(final byte[] bytes) {
        this.image = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (image.getInt(0) != 0x464c457f || bytes[4] != 2 || bytes[5] != 1) {
            throw new IllegalArgumentException("not a 64-bit little-endian ELF file");
        }
        final long table = image.getLong(0x28);
        final int entry = image.getShort(0x3a);
        for (int i = 0; i < image.getShort(0x3c); i++) {
            final int at = Math.toIntExact(table) + i * entry;
            sections.add(new Section(image.getInt(at + 4), image.getInt(at + 0x28), Math.toIntExact(image.getLong(at + 0x18)),
                Math.toIntExact(image.getLong(at + 0x20)), image.getInt(at + 0x2c)));
        }
    }

    static ElfLibrary read(final Path file) {
        try {
            return new ElfLibrary(Files.readAllBytes(file));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Functions that the library defines, each with its newest version node ("" without one). */
    Map<String, String> exports() {
        final Map<String, String> found = new TreeMap<>();
        final Section symbols = section(SECTION_DYNSYM);
        final Section versions = section(SECTION_VERSYM);
        final Map<Integer, String> names = versionNames();
        for (int i = 1; i < symbols.size / SYMBOL_SIZE; i++) {
            final int at = symbols.offset + i * SYMBOL_SIZE;
            final boolean defined = image.getShort(at + 6) != 0;
            if (defined && (image.get(at + 4) & 0xf) == SHARED_OBJECT_OR_FUNCTION) {
                final int version = versions == null ? 0 : image.getShort(versions.offset + 2 * i);
                final boolean newest = version >= 0; // the top bit marks an older version of the same name
                final String node = names.getOrDefault(version & VERSION_MASK, "");
                if (newest) {
                    found.put(name(symbols, at), node);
                } else {
                    found.putIfAbsent(name(symbols, at), node);
                }
            }
        }
        return found;
    }

    /**
     * Renames symbols, defined or needed, so that nobody who asks for them by name finds them, while the library and those that
     * were renamed alike still work: two neighbouring characters change such that the GNU hash stays the same, so that the
     * loader's own search for the new name goes on finding it.
     */
    ElfLibrary hide(final Collection<String> hidden) {
        final ElfLibrary copy = new ElfLibrary(image.array().clone());
        final Section symbols = section(SECTION_DYNSYM);
        final Set<Integer> done = new TreeSet<>();
        for (int i = 1; i < symbols.size / SYMBOL_SIZE; i++) {
            final int at = symbols.offset + i * SYMBOL_SIZE;
            final String name = name(symbols, at);
            final int offset = strings(symbols) + image.getInt(at);
            if (hidden.contains(name) && done.add(offset)) {
                copy.image.put(offset, (byte)(image.get(offset) + 1));
                copy.image.put(offset + 1, (byte)(image.get(offset + 1) - HASH_FACTOR));
            }
        }
        final Set<String> lost = names();
        lost.removeAll(copy.names());
        if (!hidden.containsAll(lost)) {
            throw new IllegalStateException("names share their bytes: hiding " + hidden + " hides " + lost);
        }
        return copy;
    }

    /** Everything defined or needed. */
    private Set<String> names() {
        final Section symbols = section(SECTION_DYNSYM);
        final Set<String> names = new TreeSet<>();
        for (int i = 1; i < symbols.size / SYMBOL_SIZE; i++) {
            names.add(name(symbols, symbols.offset + i * SYMBOL_SIZE));
        }
        return names;
    }

    void write(final Path file) throws IOException {
        Files.write(file, image.array());
    }

    private Section section(final int type) {
        return sections.stream().filter(section -> section.type == type).findFirst().orElse(null);
    }

    private int strings(final Section section) {
        return sections.get(section.link).offset;
    }

    private String name(final Section symbols, final int symbol) {
        return string(strings(symbols) + image.getInt(symbol));
    }

    private String string(final int offset) {
        int end = offset;
        while (image.get(end) != 0) {
            end++;
        }
        return new String(image.array(), offset, end - offset, StandardCharsets.US_ASCII);
    }

    private Map<Integer, String> versionNames() {
        final Map<Integer, String> names = new HashMap<>();
        final Section definitions = section(SECTION_VERDEF);
        if (definitions == null) {
            return names;
        }
        int at = definitions.offset;
        for (int i = 0; i < definitions.items; i++) {
            final int text = image.getInt(at + image.getInt(at + 12));
            names.put((int)image.getShort(at + 4), string(strings(definitions) + text));
            at += image.getInt(at + 16);
        }
        return names;
    }
}
