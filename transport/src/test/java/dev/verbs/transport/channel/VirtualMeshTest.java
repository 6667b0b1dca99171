package dev.verbs.transport.channel;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.PortOptions;
import dev.verbs.soft.AgentCost;
import dev.verbs.soft.FaultPlan;
import dev.verbs.soft.LinkModel;
import dev.verbs.soft.SoftNetwork;
import dev.verbs.soft.VirtualTime;
import dev.verbs.transport.TransportNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.Test;

/** Eight hosts with channels to each other, stepped by one thread: the links decide how long it takes, not this machine. */
class VirtualMeshTest {
    private static final int HOSTS = 8;
    private static final int MESSAGES = 200;
    private static final int BYTES = 60_000;
    private static final LinkModel LINK = LinkModel.of(Duration.ofNanos(1_000), 100);
    private static final LinkModel PORT = new LinkModel(0, LINK.bitsPerSecond(), 0);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Sends to the next host, and counts what comes from the one before it. */
    private record Member(Mesh mesh, long[] counts) implements Agent {
        private static final int SENT = 0;
        private static final int RECEIVED = 1;

        @Override
        public int doWork() {
            int work = mesh.doWork();
            final ChannelProducer next = mesh.to((mesh.self() + 1) % HOSTS);
            while (counts[SENT] < MESSAGES && next.tryClaim(BYTES) >= 0) {
                next.buffer().set(JAVA_LONG, next.claimOffset(), counts[SENT]++);
                next.commit(BYTES, mesh.self());
                work++;
            }
            return work + mesh.from((mesh.self() + HOSTS - 1) % HOSTS).poll((buffer, offset, length, tag) -> {
                assertEquals(counts[RECEIVED]++, buffer.get(JAVA_LONG, offset));
                assertEquals(BYTES, length);
            }, 10);
        }

        boolean isDone() {
            return counts[SENT] == MESSAGES && counts[RECEIVED] == MESSAGES;
        }

        @Override
        public String roleName() {
            return "member " + mesh.self();
        }
    }

    private static long run(final FaultPlan plan) {
        final String[] names = new String[HOSTS];
        for (int i = 0; i < HOSTS; i++) {
            names[i] = "host" + i;
        }
        try (SoftNetwork network = SoftNetwork.builder().hosts(names).links(LINK).ports(PORT).faults(plan).seed(1).virtualTime().build()) {
            final VirtualTime time = network.virtualTime();
            final List<TransportNode> nodes = new ArrayList<>();
            for (final String name : names) {
                nodes.add(TransportNode.open(network.provider(name), PortOptions.AUTOMATIC));
            }
            final List<Mesh> meshes = Mesh.inProcess(nodes, WriteChannelConfig.DEFAULT, time.clock(),
                task -> Thread.ofPlatform().start(task), PATIENCE);
            final List<Member> members = meshes.stream().map(mesh -> new Member(mesh, new long[2])).toList();
            members.forEach(member -> time.add(names[member.mesh().self()], member, AgentCost.modelled(200, 100)));
            final long began = time.clock().nanoTime();
            assertTrue(time.run(() -> members.stream().allMatch(Member::isDone), PATIENCE));
            final long took = time.clock().nanoTime() - began;
            Mesh.closeAll(meshes);
            nodes.forEach(TransportNode::close);
            for (final String name : names) {
                assertEquals(List.of(), network.provider(name).live());
            }
            return took;
        }
    }

    @Test
    void shouldFillLinksThatDoNotShareAnything() {
        final long wire = MESSAGES * (long)BYTES * Byte.SIZE * 1_000_000_000L / LINK.bitsPerSecond();
        final long took = run(new FaultPlan(1));
        assertTrue(took >= wire && took < wire * 1.05, () -> took + " ns for what takes " + wire + " ns on the wire");
    }

    @Test
    void shouldTakeThatMuchLongerOverALinkThatStalls() {
        final Duration stall = Duration.ofMillis(30);
        final long took = run(new FaultPlan(1).stall("host3", "host4", Duration.ofNanos(100_000), stall));
        assertTrue(took > stall.toNanos() - 2_000_000 && took < stall.toNanos() + 3_000_000, () -> took + " ns");
    }
}
