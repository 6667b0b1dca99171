package dev.verbs.soft;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The links of a fabric: those that were asked for, and all others alike. Any thread. */
final class Topology {
    /** Where nothing takes time. */
    private final LinkModel usual;
    private final Map<Long, LinkModel> special = new ConcurrentHashMap<>();
    private final Map<Long, Link> links = new ConcurrentHashMap<>();
    /** What every new link is told. */
    private final Consumer<Link> prepare;

    /** The usual model is null if nothing takes time. */
    Topology(final LinkModel usual, final Consumer<Link> prepare) {
        this.usual = usual;
        this.prepare = prepare;
    }

    /** Both directions; before anything was sent. */
    void set(final SoftHost one, final SoftHost other, final LinkModel model) {
        special.put(key(one, other), model);
        special.put(key(other, one), model);
    }

    /** The way from one host to another; a host reaches itself without a link: null. */
    Link link(final SoftHost from, final SoftHost to) {
        if (from == to) {
            return null;
        }
        final Link known = links.get(key(from, to));
        return known != null ? known : links.computeIfAbsent(key(from, to), key -> {
            final Link link = new Link(from, to, special.getOrDefault(key, usual));
            prepare.accept(link);
            return link;
        });
    }

    private static long key(final SoftHost from, final SoftHost to) {
        return (long)from.number() << Integer.SIZE | to.number();
    }
}
