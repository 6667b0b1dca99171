package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.MemoryRegion;
import dev.verbs.ProtectionDomain;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.VerbsResource;
import dev.verbs.WcOpcode;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What must be closed before what, what a refusal says, and that nothing can be freed under the device. */
class OwnershipContractTest extends VerbsTest {
    @Test
    void shouldRefuseToCloseADomainAndNameWhatIsInIt() {
        final Side a = unconnectedPair(PairConfig.DEFAULT).a();
        Refusal.of(Errno.EBUSY, a.domain()::close, a.domain().describe(), a.region().describe(), a.qp().describe(),
            "close what was made from it first");
        assertTrue(a.domain().isOpen());
        a.qp().close();
        Refusal.of(Errno.EBUSY, a.domain()::close, a.region().describe());
        a.region().close();
        a.domain().close();
        assertFalse(a.domain().isOpen());
    }

    @Test
    void shouldRefuseToCloseAContextAndNameWhatIsInIt() {
        final Context context = openContext();
        final ProtectionDomain domain = own(context.allocateProtectionDomain());
        final CompletionQueue cq = own(context.createCompletionQueue(8));
        Refusal.of(Errno.EBUSY, context::close, context.describe(), domain.describe(), cq.describe());
        domain.close();
        cq.close();
        context.close();
    }

    @Test
    void shouldRefuseToCloseACompletionQueueAndNameTheQueuePair() {
        final Side a = unconnectedPair(PairConfig.DEFAULT).a();
        Refusal.of(Errno.EBUSY, a.sendCq()::close, a.sendCq().describe(), a.qp().describe());
        Refusal.of(Errno.EBUSY, a.receiveCq()::close, a.receiveCq().describe(), a.qp().describe());
        a.qp().close();
        a.sendCq().close();
        a.receiveCq().close();
    }

    @Test
    void shouldRefuseToCloseARegionWithSendsInFlightAndNameTheQueuePair() {
        final Pair pair = pair();
        final Side a = pair.a();
        a.send(1, 0, 64); // no receive at the peer: it waits
        Refusal.of(Errno.EBUSY, a.region()::close, a.region().describe(), a.qp().describe(), "1 requests in flight",
            "poll the completions");
        assertTrue(a.region().isOpen());
        pair.b().receive(2, 0, 64);
        a.awaitSend().expect(1, WcOpcode.SEND);
        a.region().close();
    }

    @Test
    void shouldRefuseToCloseARegionUnderPostedReceives() {
        final Side b = pair().b();
        b.receive(1, 0, 64);
        b.receive(2, 64, 64);
        Refusal.of(Errno.EBUSY, b.region()::close, b.qp().describe(), "2 requests in flight");
        b.qp().modify(PairConfig.toError());
        b.awaitReceives(2);
        b.region().close();
    }

    @Test
    void shouldCloseARegionAfterTheQueuePairThatUsedIt() {
        final Side a = pair().a();
        a.receive(1, 0, 64);
        a.send(2, 0, 64);
        a.qp().close();
        a.region().close();
        assertFalse(a.region().isOpen());
    }

    @Test
    void shouldCloseARegionThatAnotherDomainsWorkCannotUse() {
        final Side a = pair().a();
        a.receive(1, 0, 64);
        final ProtectionDomain other = own(a.context().allocateProtectionDomain());
        final MemoryRegion region = own(other.registerMemory(Arena.ofAuto().allocate(64), PairConfig.ALL_ACCESS));
        region.close();
        assertFalse(region.isOpen());
    }

    @Test
    @Covers({"ibv_close_device", "ibv_dealloc_pd"})
    void shouldCloseTwiceWithoutHarm() {
        final Side a = unconnectedPair(PairConfig.DEFAULT.withChannels()).a();
        final List<VerbsResource> order = List.of(a.qp(), a.region(), a.sendCq(), a.receiveCq(), a.sendChannel(),
            a.receiveChannel(), a.domain(), a.context());
        for (final VerbsResource resource : order) {
            assertTrue(resource.isOpen(), resource.describe());
            resource.close();
            resource.close();
            assertFalse(resource.isOpen(), resource.describe());
        }
    }

    /** Also after another resource got the same memory: a closed one speaks of what it was. */
    @Test
    void shouldDescribeWhatIsClosed() {
        final Side a = unconnectedPair(PairConfig.DEFAULT.withChannels()).a();
        final List<VerbsResource> order = List.of(a.qp(), a.region(), a.sendCq(), a.receiveCq(), a.sendChannel(),
            a.receiveChannel(), a.domain(), a.context());
        final int capacity = a.sendCq().capacity();
        for (final VerbsResource resource : order) {
            final String name = resource.describe();
            resource.close();
            assertEquals(name, resource.describe());
            assertEquals(name + " (closed)", resource.toString());
        }
        unconnectedPair(PairConfig.DEFAULT.withChannels());
        for (final VerbsResource resource : order) {
            assertFalse(resource.describe().isEmpty());
        }
        assertEquals(capacity, a.sendCq().capacity());
        assertEquals(CompletionQueue.CLOSED, a.sendCq().poll(a.completions()));
        Refusal.of(Errno.EBADF, () -> a.sendCq().requestNotification(false), "closed");
        Refusal.of(Errno.EBADF, () -> a.sendChannel().await(Duration.ZERO), "closed");
    }

    @Test
    void shouldRefuseToMakeAnythingFromWhatIsClosed() {
        final Side a = unconnectedPair(PairConfig.DEFAULT).a();
        final CompletionQueue gone = own(a.context().createCompletionQueue(8));
        gone.close();
        Refusal.of(Errno.EBADF, () -> a.domain().createQueuePair(QueuePairConfig.rc(gone, 1, 1)), "closed");
        a.qp().close();
        a.region().close();
        a.domain().close();
        Refusal.of(Errno.EBADF, () -> a.domain().registerMemory(a.buffer(), 0), "closed");
        Refusal.of(Errno.EBADF, () -> a.domain().createQueuePair(QueuePairConfig.rc(a.sendCq(), 1, 1)), "closed");
    }

    @Test
    void shouldListWhatIsAlive() {
        assertEquals(List.of(), provider().live());
        final Context context = openContext();
        final ProtectionDomain domain = own(context.allocateProtectionDomain());
        final CompletionQueue cq = own(context.createCompletionQueue(8));
        final QueuePair qp = own(domain.createQueuePair(QueuePairConfig.rc(cq, 1, 1)));
        final List<String> live = provider().live();
        for (final VerbsResource resource : List.of(context, domain, cq, qp)) {
            assertTrue(live.contains(resource.describe()), resource.describe() + " is not in " + live);
        }
        assertEquals(4, live.size(), live.toString());
        qp.close();
        assertFalse(provider().live().contains(qp.describe()));
    }

    @Test
    void shouldLetAnyThreadClose() {
        final ProtectionDomain domain = own(openContext().allocateProtectionDomain());
        final MemoryRegion region = own(domain.registerMemory(Arena.ofAuto().allocate(64), 0));
        Waiting.start("closer", () -> {
            region.close();
            domain.close();
            return true;
        }).get();
        assertFalse(domain.isOpen());
    }

    @Test
    void shouldCountWorkInFlightPerQueuePair() {
        final Pair pair = pair();
        pair.a().receive(1, 0, 64);
        pair.a().receive(2, 0, 64);
        assertEquals(0, pair.b().qp().inFlight());
        pair.b().receive(4, 0, 64); // before the send: iWARP does not wait for it
        pair.a().send(3, 0, 64);
        assertEquals(3, pair.a().qp().inFlight());
        assertEquals(1, pair.b().qp().inFlight());
        pair.a().awaitSend();
        pair.b().awaitReceive();
        assertEquals(2, pair.a().qp().inFlight());
        assertEquals(0, pair.b().qp().inFlight());
    }
}
