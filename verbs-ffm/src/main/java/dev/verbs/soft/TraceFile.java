package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that {@value #PROPERTY} names: the traces of all fabrics of the JVM. It is replaced when the first fabric is made. Each line
 * goes to the operating system at once, so that nothing is lost however the program ends, and {@code tail -f} follows. Any thread.
 */
final class TraceFile implements AutoCloseable {
    static final String PROPERTY = "dev.verbs.soft.trace";
    private static final Logger LOG = LoggerFactory.getLogger(TraceFile.class);

    private final String name;
    private final FileOutputStream out;
    /** Under this object's lock, like the following. */
    private int fabrics;
    private boolean broken;

    private TraceFile(final String name, final FileOutputStream out) {
        this.name = name;
        this.out = out;
    }

    /** What the property says, read once; the class is not loaded before the first fabric is made. */
    private static final class Shared {
        private static final String NAME = System.getProperty(PROPERTY);
        private static final TraceFile FILE;
        private static final VerbsException FAILURE;

        static {
            TraceFile file = null;
            VerbsException failure = null;
            try {
                file = NAME == null || NAME.isEmpty() ? null : open(NAME);
            } catch (final VerbsException e) {
                failure = e;
            }
            FILE = file;
            FAILURE = failure;
        }
    }

    /**
     * The trace of the JVM, null if the property is not set.
     *
     * @throws VerbsException EACCES if the file cannot be written
     */
    static TraceFile shared() {
        if (Shared.FAILURE != null) {
            throw new VerbsException(Shared.FAILURE.verb(), Shared.FAILURE.errno(), Shared.FAILURE.diagnosis());
        }
        return Shared.FILE;
    }

    /** Where a new fabric writes its lines, null if the JVM has no trace; throws like {@link #shared}. */
    static Consumer<String> newFabric() {
        final TraceFile file = shared();
        return file == null ? null : file.add();
    }

    /** A new file in the place of what is there; EACCES if it cannot be written. */
    static TraceFile open(final String name) {
        try {
            final TraceFile file = new TraceFile(name, new FileOutputStream(Path.of(name).toFile()));
            file.write(Trace.HEADER);
            return file;
        } catch (final IOException | InvalidPathException e) {
            throw new VerbsException("the trace of the software device", Errno.EACCES, "-D" + PROPERTY + "=" + name
                + " names a file that cannot be written: " + e.getMessage());
        }
    }

    /** Where one more fabric writes its lines, each of which begins with the number of the fabric. */
    synchronized Consumer<String> add() {
        fabrics++;
        final String prefix = "f" + fabrics + " ";
        return line -> write(prefix + line);
    }

    /** Only for a file that is not the JVM's: what is written later goes nowhere. */
    @Override
    public synchronized void close() throws IOException {
        broken = true;
        out.close();
    }

    /** Writes a line; a file that cannot be written any more (a full disk) costs the trace, not the program. */
    private synchronized void write(final String line) {
        if (broken) {
            return;
        }
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (final IOException e) {
            broken = true;
            LOG.warn("{} cannot be written any more: the trace ends here: {}", name, e.getMessage());
        }
    }
}
