package dev.verbs.spi;

import java.util.List;

/** The root of a provider's resources: what leaks can be asked of it. */
public final class ResourceRoot extends AbstractResource {
    private final String name;

    /**
     * A root without resources.
     *
     * @param name the provider's name
     */
    public ResourceRoot(final String name) {
        this.name = name;
    }

    /**
     * Everything open below the root.
     *
     * @return one line each
     */
    public List<String> live() {
        return descendants().stream().map(AbstractResource::describe).sorted().toList();
    }

    /**
     * The open resources of a kind.
     *
     * @param kind their class
     * @param <T>  the same
     * @return those there are now
     */
    public <T> List<T> open(final Class<T> kind) {
        return descendants().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /**
     * Bytes registered now.
     *
     * @return the sum over open regions
     */
    public long registeredBytes() {
        return descendants().stream().filter(AbstractMemoryRegion.class::isInstance)
            .mapToLong(region -> ((AbstractMemoryRegion)region).registeredBytes()).sum();
    }

    @Override
    public String describe() {
        return "provider " + name;
    }

    @Override
    protected String closeVerb() {
        return "close";
    }

    @Override
    protected void release() {
    }
}
