package dev.verbs.examples;

import java.util.ArrayDeque;
import java.util.Deque;

/** Resources in the order of their creation, closed in the reverse order. One thread. */
public final class CloseStack implements AutoCloseable {
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    /**
     * Takes over a resource.
     *
     * @param resource what to close
     * @param <T>      its type
     * @return the resource
     */
    public <T extends AutoCloseable> T add(final T resource) {
        resources.push(resource);
        return resource;
    }

    /** Closes everything, the youngest first; the first failure is thrown when all were tried. */
    @Override
    public void close() {
        RuntimeException first = null;
        while (!resources.isEmpty()) {
            try {
                resources.pop().close();
            } catch (final Exception e) {
                final RuntimeException failure = e instanceof RuntimeException r ? r : new IllegalStateException(e);
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
