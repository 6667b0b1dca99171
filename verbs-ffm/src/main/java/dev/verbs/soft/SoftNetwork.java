package dev.verbs.soft;

import dev.verbs.spi.VerbsProvider;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Several software devices on one network, in one JVM: named hosts, each with a provider of its own, links that take time and can
 * fail. The first host has the address 10.0.0.1, the second 10.0.0.2, and so on; all reach each other unless they were parted.
 *
 * {@snippet :
 * try (SoftNetwork network = SoftNetwork.builder().hosts("a", "b").links(LinkModel.of(Duration.ofNanos(1_500), 100))
 *     .faults(new FaultPlan(7).kill("b", Duration.ofSeconds(1))).build()) {
 *     VerbsProvider a = network.provider("a");
 *     VerbsProvider b = network.provider("b");
 * }
 * }
 *
 * <p>Where nothing takes time and nothing is planned to fail, a request is executed in the post, as on a single
 * {@link SoftProvider}; else it is on its way until its time has come, and whoever polls or waits lets the devices go on. In real time
 * ({@link Builder#virtualTime} not called) the clock is the system's. Any thread; no C counterpart.
 */
public final class SoftNetwork implements AutoCloseable {
    private final SoftFabric fabric;
    private final Map<String, SoftProvider> providers = new LinkedHashMap<>();
    /** Null in real time. */
    private final VirtualTime time;
    private final Agent driver = new Driver();

    private SoftNetwork(final Builder builder) {
        final VirtualClock virtual = builder.virtual ? new VirtualClock() : null;
        final NanoClock clock = virtual != null ? virtual : SystemNanoClock.INSTANCE;
        fabric = builder.trace == null ? new SoftFabric(clock, builder.seed)
            : new SoftFabric(clock, builder.seed, builder.trace);
        final SoftConfig config = builder.config != null ? builder.config : SoftConfig.fromProperties();
        for (final String name : builder.hosts) {
            providers.put(name, new SoftProvider(fabric.addHost(name, config.profile())));
        }
        if (builder.port != null) {
            builder.hosts.forEach(name -> fabric.host(name).limit(new HostPort(builder.port)));
        }
        final Faults faults = new Faults(fabric, fabric.nanoTime(), builder.faults);
        final Topology topology = new Topology(builder.usual, faults::prepare);
        builder.special.forEach(link -> topology.set(fabric.host(link.one), fabric.host(link.other), link.model));
        fabric.model(topology, faults, builder.usual != null || !builder.special.isEmpty() || builder.port != null);
        time = virtual == null ? null : new VirtualTime(fabric, virtual);
        fabric.isSteppedBy(virtual);
    }

    /**
     * A network to be described.
     *
     * @return a builder without hosts
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The names of its hosts.
     *
     * @return in the order of their addresses
     */
    public List<String> hosts() {
        return List.copyOf(providers.keySet());
    }

    /**
     * The way to a host's device.
     *
     * @param host its name
     * @return its provider, the same at each call; closed with the network
     * @throws IllegalArgumentException if there is no such host: the message lists those there are
     */
    public VerbsProvider provider(final String host) {
        fabric.host(host);
        return providers.get(host);
    }

    /**
     * Some hosts and the rest do not reach each other from now on. What is under way between them is lost.
     *
     * @param group names of those on one side
     */
    public void part(final String... group) {
        final Set<String> one = new LinkedHashSet<>(List.of(group));
        one.forEach(fabric::host);
        note(one + " and the rest are parted");
        for (final String from : providers.keySet()) {
            for (final String to : providers.keySet()) {
                if (one.contains(from) != one.contains(to)) {
                    fabric.link(fabric.host(from), fabric.host(to)).part(true);
                }
            }
        }
    }

    /** All hosts that live reach each other again. */
    public void heal() {
        note("all hosts reach each other again");
        for (final String from : providers.keySet()) {
            for (final String to : providers.keySet()) {
                if (!from.equals(to)) {
                    fabric.link(fabric.host(from), fabric.host(to)).part(false);
                }
            }
        }
    }

    private void note(final String fault) {
        if (fabric.journal().trace() != null) {
            fabric.journal().trace().add("-", "-", "fault", fault);
        }
    }

    /**
     * Messages that unreliable services lost, on all hosts, by reason: {@code LINK} on the way, {@code NO_RECEIVE}, {@code NO_TARGET},
     * {@code WRONG_QKEY}, {@code TOO_LONG}, {@code ACCESS}.
     *
     * @return how many, since the network was built; every reason is there
     */
    public Map<String, Long> losses() {
        final Map<String, Long> losses = new LinkedHashMap<>();
        for (final Loss reason : Loss.values()) {
            losses.put(reason.name(), fabric.losses(reason));
        }
        return losses;
    }

    /**
     * A host dies, as in {@link FaultPlan#kill}.
     *
     * @param host its name
     */
    public void kill(final String host) {
        fabric.host(host).kill();
    }

    /**
     * What lets devices go on, for a runner of the application's: needed in real time where hosts only look into memory, and neither
     * poll nor wait. Harmless beside others that do. Its duty cycle never blocks.
     *
     * @return an agent for one thread, the same at each call
     * @throws IllegalStateException if the network was built for virtual time: {@link VirtualTime} steps it
     */
    public Agent agent() {
        if (time != null) {
            throw new IllegalStateException("this network runs in virtual time: step it with virtualTime()");
        }
        return driver;
    }

    /** Steps all devices. */
    private final class Driver implements Agent {
        @Override
        public int doWork() {
            return fabric.work();
        }

        @Override
        public String roleName() {
            return "soft-network";
        }
    }

    /**
     * What steps hosts in virtual time.
     *
     * @return the same at each call
     * @throws IllegalStateException if the network was built for real time
     */
    public VirtualTime virtualTime() {
        if (time == null) {
            throw new IllegalStateException("this network runs in real time: build it with virtualTime()");
        }
        return time;
    }

    /** Closes the providers; resources stay the caller's to close, before. Idempotent. */
    @Override
    public void close() {
        providers.values().forEach(SoftProvider::close);
    }

    private record SpecialLink(String one, String other, LinkModel model) {
    }

    /** Describes a network. One thread. No C counterpart. */
    public static final class Builder {
        private final Set<String> hosts = new LinkedHashSet<>();
        private final List<SpecialLink> special = new ArrayList<>();
        private LinkModel usual;
        private LinkModel port;
        private FaultPlan faults = new FaultPlan(0);
        private boolean virtual;
        private long seed = new SecureRandom().nextLong();
        private Consumer<String> trace;

        private SoftConfig config;

        private Builder() {
        }

        /**
         * How the devices of its hosts are made.
         *
         * @param devices the configuration, as system properties describe it unless given
         * @return this builder
         */
        public Builder devices(final SoftConfig devices) {
            config = devices;
            return this;
        }

        /**
         * Adds hosts.
         *
         * @param names their names, each used once
         * @return this
         */
        public Builder hosts(final String... names) {
            for (final String name : names) {
                if (name.isBlank() || !hosts.add(name)) {
                    throw new IllegalArgumentException("host '" + name + "': a name is not blank and used once; there are " + hosts);
                }
            }
            if (hosts.size() > SoftHost.MOST) {
                throw new IllegalArgumentException(hosts.size() + " hosts: a network has addresses for " + SoftHost.MOST);
            }
            return this;
        }

        /**
         * How all links are that were not described by themselves. Without it they take no time.
         *
         * @param model each direction of each
         * @return this
         */
        public Builder links(final LinkModel model) {
            usual = model;
            return this;
        }

        /**
         * How the link between two hosts is.
         *
         * @param one   a host's name
         * @param other another's
         * @param model each direction
         * @return this
         */
        public Builder link(final String one, final String other, final LinkModel model) {
            special.add(new SpecialLink(one, other, model));
            return this;
        }

        /**
         * What all links of a host share, in each direction: without it a host with two links sends at twice their rate.
         *
         * @param model its rate and overhead; a latency belongs to links, and must be 0 here
         * @return this
         */
        public Builder ports(final LinkModel model) {
            if (model.latencyNs() != 0) {
                throw new IllegalArgumentException("a port with a latency of " + model.latencyNs() + " ns: give it to the links");
            }
            port = model;
            return this;
        }

        /**
         * What goes wrong.
         *
         * @param plan the faults; copied when the network is built
         * @return this
         */
        public Builder faults(final FaultPlan plan) {
            faults = plan;
            return this;
        }

        /**
         * Time begins and goes on only when {@link VirtualTime} makes it. Times of the fault plan count from there.
         *
         * @return this
         */
        public Builder virtualTime() {
            virtual = true;
            return this;
        }

        /**
         * Where keys and packet numbers begin. Without it every network is another.
         *
         * @param value any
         * @return this
         */
        public Builder seed(final long value) {
            seed = value;
            return this;
        }

        /**
         * Who follows what happens, in the lines that {@link SoftProvider} describes, instead of {@code -Ddev.verbs.soft.trace}.
         *
         * @param sink takes the lines, one at a time: see {@link SoftProvider#SoftProvider(Consumer)}
         * @return this
         */
        public Builder trace(final Consumer<String> sink) {
            trace = sink;
            return this;
        }

        /**
         * Makes the network; its time begins.
         *
         * @return the network, to be closed by the caller
         * @throws IllegalArgumentException if there is no host, or a link or a fault names one that there is not
         */
        public SoftNetwork build() {
            if (hosts.isEmpty()) {
                throw new IllegalArgumentException("a network without hosts: name one at least");
            }
            return new SoftNetwork(this);
        }
    }
}
