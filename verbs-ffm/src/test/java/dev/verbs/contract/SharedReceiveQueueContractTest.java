package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.ProtectionDomain;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.ReceiveRequests;
import dev.verbs.RecvWrDescriptor;
import dev.verbs.SharedReceiveQueue;
import dev.verbs.SrqConfig;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.SharedReceives;
import dev.verbs.testkit.VerbsTest;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

/** Shared receive queues: limits, what is refused and why, and what depends on what. */
class SharedReceiveQueueContractTest extends VerbsTest {
    private static final SrqConfig CONFIG = new SrqConfig(15, 2);
    private static final int FAR_TOO_MANY = Integer.MAX_VALUE;

    private SharedReceives receives() {
        return SharedReceives.connected(this, CONFIG, 0);
    }

    private ProtectionDomain domain() {
        return own(openContext().allocateProtectionDomain());
    }

    /** Fills the queue to what the device granted; returns how many receives that took. */
    private static int fill(final SharedReceives made) {
        int posted = 0;
        int accepted;
        do {
            made.receives().clear();
            for (int i = 0; i < made.receives().capacity(); i++) {
                made.receives().receive(i, made.at(0), SharedReceives.BYTES, made.region().lkey());
            }
            accepted = made.srq().postReceive(made.receives());
            posted += accepted;
        } while (accepted == made.receives().capacity());
        return posted;
    }

    @Test
    @Covers("ibv_create_srq")
    void shouldGrantAtLeastWhatWasAskedFor() {
        final SharedReceiveQueue srq = own(domain().createSharedReceiveQueue(CONFIG));
        assertTrue(srq.config().maxWr() >= CONFIG.maxWr(), srq.config().toString());
        assertTrue(srq.config().maxSge() >= CONFIG.maxSge(), srq.config().toString());
        assertEquals(0, srq.config().limit());
    }

    @Test
    @Covers("ibv_query_srq")
    void shouldAnswerAQueryWithWhatWasGranted() {
        final SharedReceiveQueue srq = own(domain().createSharedReceiveQueue(CONFIG));
        assumeTrue(DeviceProfile.of(srq.protectionDomain().context()).queriesSharedReceives(), "libsiw has no query_srq");
        assertEquals(srq.config(), srq.query());
    }

    @Test
    void shouldKnowItsDomain() {
        final ProtectionDomain domain = domain();
        final SharedReceiveQueue srq = own(domain.createSharedReceiveQueue(CONFIG));
        assertSame(domain, srq.protectionDomain());
        assertTrue(srq.describe().matches("SRQ \\d+"), srq.describe());
    }

    @Test
    void shouldRefuseMoreReceivesThanTheDeviceHolds() {
        final ProtectionDomain domain = domain();
        Refusal.of(Errno.EINVAL, () -> domain.createSharedReceiveQueue(new SrqConfig(FAR_TOO_MANY, 1)), "ibv_create_srq",
            Integer.toString(FAR_TOO_MANY));
    }

    @Test
    void shouldRefuseMoreEntriesThanTheDeviceTakes() {
        final ProtectionDomain domain = domain();
        Refusal.of(Errno.EINVAL, () -> domain.createSharedReceiveQueue(new SrqConfig(5, 100_000)), "ibv_create_srq", "100000");
    }

    @Test
    void shouldMakeAQueuePairWithoutReceivesOfItsOwn() {
        final SharedReceives made = receives();
        final CompletionQueue cq = own(made.context().createCompletionQueue(8));
        final QueuePair qp = own(made.domain().createQueuePair(made.server(cq, cq)));
        assertSame(made.srq(), qp.config().srq());
        assertEquals(0, qp.config().maxReceiveWr());
        assertEquals(0, qp.config().maxReceiveSge());
    }

    @Test
    void shouldRefuseReceivesPostedToAQueuePairThatDrawsFromTheSharedQueue() {
        final SharedReceives made = SharedReceives.connected(this, CONFIG, 1);
        made.receives().clear();
        made.add(0);
        assertEquals(0, made.link(0).server().postReceive(made.receives()));
        assertEquals(Errno.name(Errno.EINVAL), Errno.name(made.receives().errno()));
        assertEquals(0, made.link(0).server().inFlight());
        assertEquals(0, made.srq().inFlight());
    }

    @Test
    void shouldRefuseASharedQueueOfAnotherDomain() {
        final SharedReceives made = receives();
        final ProtectionDomain other = own(made.context().allocateProtectionDomain());
        final CompletionQueue cq = own(made.context().createCompletionQueue(8));
        Refusal.of(Errno.EINVAL, () -> other.createQueuePair(QueuePairConfig.rc(cq, 4, 0).withSrq(made.srq())),
            "shared receive queue", "another protection domain");
    }

    @Test
    void shouldRefuseAClosedSharedQueue() {
        final SharedReceives made = receives();
        final CompletionQueue cq = own(made.context().createCompletionQueue(8));
        made.srq().close();
        Refusal.of(Errno.EBADF, () -> made.domain().createQueuePair(made.server(cq, cq)), made.srq().describe(), "closed");
    }

    @Test
    void shouldAcceptAsManyReceivesAsItGranted() {
        final SharedReceives made = receives();
        made.post(0, made.srq().config().maxWr());
        assertEquals(made.srq().config().maxWr(), made.srq().inFlight());
    }

    @Test
    void shouldSayHowManyItTookWhenItIsFull() {
        final SharedReceives made = receives();
        final int granted = made.srq().config().maxWr();
        final ReceiveRequests list = ReceiveRequests.allocate(Arena.ofAuto(), granted + 5, 1);
        for (int i = 0; i < granted + 5; i++) {
            list.receive(i, made.at(0), SharedReceives.BYTES, made.region().lkey());
        }
        assertEquals(granted, made.srq().postReceive(list));
        assertEquals(Errno.name(Errno.ENOMEM), Errno.name(list.errno()));
        assertEquals(granted, list.first());
        assertEquals(5, list.remaining());
        assertEquals(granted, made.srq().inFlight());
        assertEquals(0, made.srq().postReceive(list));
        assertEquals(granted, made.srq().inFlight());
    }

    @Test
    void shouldTakeAListWhoseEntriesAreTheMost() {
        final SharedReceives made = receives();
        final int entries = made.srq().config().maxSge();
        final ReceiveRequests list = ReceiveRequests.allocate(Arena.ofAuto(), 1, entries);
        final int index = list.add(7);
        for (int i = 0; i < entries; i++) {
            list.addLocal(index, made.at(i), 1, made.region().lkey());
        }
        assertEquals(1, made.srq().postReceive(list));
    }

    @Test
    void shouldRefuseMoreEntriesThanItWasMadeFor() {
        final SharedReceives made = receives();
        final int entries = made.srq().config().maxSge() + 1;
        final ReceiveRequests list = ReceiveRequests.allocate(Arena.ofAuto(), 3, entries);
        for (int i = 0; i < 3; i++) {
            final int index = list.add(i);
            for (int j = 0; j < (i == 1 ? entries : 1); j++) {
                list.addLocal(index, made.at(j), 1, made.region().lkey());
            }
        }
        assertEquals(1, made.srq().postReceive(list)); // up to the bad one
        assertEquals(Errno.name(Errno.EINVAL), Errno.name(list.errno()));
        assertEquals(1, list.first());
        assertEquals(1, made.srq().inFlight());
    }

    @Test
    void shouldTakeNoMoreOfARingOfRequestsThanItHolds() {
        final SharedReceives made = receives();
        made.receives().clear();
        made.add(0);
        final long at = made.receives().offset(0);
        RecvWrDescriptor.next(made.receives().segment(), at, made.receives().headAddress());
        assertEquals(0, made.srq().postReceive(made.receives())); // the one that was refused is also the first
        assertEquals(Errno.name(Errno.ENOMEM), Errno.name(made.receives().errno()));
    }

    @Test
    void shouldDoNothingWithAnEmptyList() {
        final SharedReceives made = receives();
        made.receives().clear();
        assertEquals(0, made.srq().postReceive(made.receives()));
        assertEquals(0, made.receives().errno());
    }

    @Test
    void shouldSayClosedAfterClose() {
        final SharedReceives made = receives();
        made.receives().clear();
        made.add(0);
        made.srq().close();
        made.srq().close();
        assertEquals(SharedReceiveQueue.CLOSED, made.srq().postReceive(made.receives()));
        assertEquals(1, made.receives().remaining());
        assertEquals(0, made.srq().inFlight());
        Refusal.of(Errno.EBADF, made.srq()::query, made.srq().describe(), "closed");
        Refusal.of(Errno.EBADF, () -> made.srq().arm(1), made.srq().describe(), "closed");
        Refusal.of(Errno.EBADF, () -> made.srq().resize(7), made.srq().describe(), "closed");
    }

    @Test
    void shouldRefuseToCloseWhileAQueuePairDrawsFromItAndNameIt() {
        final SharedReceives made = SharedReceives.connected(this, CONFIG, 2);
        Refusal.of(Errno.EBUSY, made.srq()::close, made.srq().describe(), made.link(0).server().describe(),
            made.link(1).server().describe());
        made.link(0).server().close();
        Refusal.of(Errno.EBUSY, made.srq()::close, made.link(1).server().describe());
        made.link(1).server().close();
        made.srq().close();
        assertFalse(made.srq().isOpen());
    }

    @Test
    void shouldKeepItsDomainOpen() {
        final SharedReceives made = receives();
        made.region().close();
        Refusal.of(Errno.EBUSY, made.domain()::close, made.srq().describe());
        made.srq().close();
        made.domain().close();
    }

    @Test
    void shouldKeepRegionsOpenWhileReceivesArePostedAndNameTheQueue() {
        final SharedReceives made = receives();
        made.post(0, 3);
        Refusal.of(Errno.EBUSY, made.region()::close, made.region().describe(), made.srq().describe(), "3 requests in flight");
        made.srq().close();
        made.region().close();
    }

    @Test
    void shouldLetGoOfARegionWhenEveryReceiveWasConsumed() {
        final SharedReceives made = SharedReceives.connected(this, CONFIG, 2);
        made.post(0, 2);
        made.send(0, 0);
        made.send(1, 1);
        made.awaitReceive(0);
        Refusal.of(Errno.EBUSY, made.region()::close, made.srq().describe(), "1 requests in flight");
        made.awaitReceive(1);
        assertEquals(0, made.srq().inFlight());
        made.region().close();
    }

    @Test
    @Covers({"ibv_modify_srq", "ibv_query_srq"})
    void shouldArmAndDisarmTheLimit() {
        final SharedReceives made = receives();
        made.post(0, 10);
        made.srq().arm(7);
        assertEquals(7, made.srq().query().limit());
        made.srq().arm(0);
        assertEquals(0, made.srq().query().limit());
    }

    @Test
    void shouldRefuseALimitThatIsLargerThanTheQueue() {
        final SharedReceives made = receives();
        final int most = made.srq().config().maxWr();
        Refusal.of(Errno.EINVAL, () -> made.srq().arm(most + 1), "limit " + (most + 1), made.srq().describe());
        assertEquals(0, made.srq().query().limit());
    }

    @Test
    void shouldRefuseANegativeLimit() {
        final SharedReceives made = receives();
        Refusal.of(Errno.EINVAL, () -> made.srq().arm(-1), "limit -1");
    }

    /** The queue is full, and takes more when it has grown. */
    @Test
    @Covers("ibv_modify_srq")
    void shouldGrow() {
        final SharedReceives made = receives();
        final int full = fill(made);
        made.srq().resize(full + 10);
        assertTrue(made.srq().query().maxWr() >= full + 10, made.srq().query().toString());
        final int more = fill(made);
        assertTrue(more >= 10, () -> more + " more");
        assertEquals(full + more, made.srq().inFlight());
    }

    @Test
    void shouldKeepReceivesWhenItGrows() {
        final SharedReceives made = SharedReceives.connected(this, CONFIG, 1);
        made.post(0, 3);
        made.srq().resize(63);
        made.post(3, 1);
        for (int i = 0; i < 4; i++) {
            made.send(0, i);
            assertEquals(i, made.awaitReceive(0).wrId());
        }
    }

    @Test
    void shouldRefuseToShrinkBelowWhatIsPosted() {
        final SharedReceives made = receives();
        made.post(0, 12);
        Refusal.of(Errno.EINVAL, () -> made.srq().resize(3), "maxWr 3", made.srq().describe(), "12 receives");
        assertEquals(12, made.srq().inFlight());
    }

    @Test
    void shouldRefuseASizeThatNoDeviceHas() {
        final SharedReceives made = receives();
        Refusal.of(Errno.EINVAL, () -> made.srq().resize(0), "maxWr 0");
        Refusal.of(Errno.EINVAL, () -> made.srq().resize(FAR_TOO_MANY), "maxWr " + FAR_TOO_MANY);
    }

    @Test
    @Covers("ibv_destroy_srq")
    void shouldMakeManyAndCloseThem() {
        final Context context = openContext();
        final ProtectionDomain domain = own(context.allocateProtectionDomain());
        for (int i = 0; i < 50; i++) {
            final SharedReceiveQueue srq = domain.createSharedReceiveQueue(new SrqConfig(1 + i, 1));
            assertTrue(srq.config().maxWr() > i, srq.config().toString());
            srq.close();
        }
        domain.close();
    }
}
