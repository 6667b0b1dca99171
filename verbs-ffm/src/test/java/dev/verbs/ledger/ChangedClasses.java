package dev.verbs.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Defines the classes of the project a second time, some of them changed. Generated headers and this package are shared with the
 * parent.
 */
final class ChangedClasses extends ClassLoader {
    private static final String OURS = "dev.verbs.";
    private static final String HEADERS = "dev.verbs.headers.";
    private static final String LEDGER = "dev.verbs.ledger.";

    private final Map<String, byte[]> changed;

    static {
        registerAsParallelCapable();
    }

    /** A loader in which these classes, by name, are made of these bytes. */
    ChangedClasses(final Map<String, byte[]> changed) {
        super(ChangedClasses.class.getClassLoader());
        this.changed = Map.copyOf(changed);
    }

    @Override
    protected Class<?> loadClass(final String name, final boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS) || name.startsWith(HEADERS) || name.startsWith(LEDGER)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            final Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(final String name) throws ClassNotFoundException {
        try {
            final byte[] bytes = changed.containsKey(name) ? changed.get(name) : original(name);
            return defineClass(name, bytes, 0, bytes.length);
        } catch (final IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private byte[] original(final String name) throws IOException, ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        }
    }
}
