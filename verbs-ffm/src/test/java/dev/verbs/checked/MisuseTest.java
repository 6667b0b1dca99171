package dev.verbs.checked;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Checking;
import dev.verbs.ExtendedCompletionQueue;
import dev.verbs.ExtendedCqConfig;
import dev.verbs.ExtendedQueuePair;
import dev.verbs.MisuseException;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendOperation;
import dev.verbs.SendRequests;
import dev.verbs.SrqConfig;
import dev.verbs.VerbsException;
import dev.verbs.WorkCompletions;
import dev.verbs.WorkRequests;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.SharedReceives;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import java.lang.foreign.Arena;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.function.Executable;

/** What the checking mode finds, and what it says. Run by {@link CheckingModeTest} in a JVM of its own. */
@EnabledIfSystemProperty(named = Checking.PROPERTY, matches = "true", disabledReason = "CheckingModeTest runs it in a JVM in checking mode")
class MisuseTest extends VerbsTest {
    private static void says(final MisuseException found, final String... words) {
        for (final String word : words) {
            assertTrue(found.getMessage().contains(word), () -> "no '" + word + "' in: " + found.getMessage());
        }
    }

    /** Two threads do the same until one of them meets the other. */
    private static MisuseException meet(final Executable call) {
        final AtomicBoolean met = new AtomicBoolean();
        final Waiting.Pending<MisuseException> other = Waiting.start("intruder", () -> repeat(call, met));
        final MisuseException mine = repeat(call, met);
        final MisuseException found = mine == null ? other.get() : mine;
        assertNotNull(found, "the two threads never met");
        return found;
    }

    private static MisuseException repeat(final Executable call, final AtomicBoolean met) {
        final long deadline = System.nanoTime() + TestProvider.deadline().toNanos();
        while (!met.get() && System.nanoTime() - deadline < 0) {
            try {
                call.execute();
            } catch (final MisuseException e) {
                met.set(true);
                return e;
            } catch (final Throwable t) {
                met.set(true);
                throw new AssertionError(t);
            }
        }
        return null;
    }

    @Test
    void shouldNameBothThreadsThatBuildOneBatch() {
        final Side a = unconnectedPair(PairConfig.DEFAULT).a();
        final ExtendedQueuePair qp = own(a.domain().createExtendedQueuePair(
            a.qp().config().withSendOps(Set.of(SendOperation.SEND))));
        assertEquals(0, qp.start());
        final String mine = Thread.currentThread().getName();
        says(Waiting.start("intruder", () -> assertThrows(MisuseException.class, () -> qp.send(1, 0))).get(), "intruder", mine,
            "batch of " + qp.describe());
        says(Waiting.start("intruder", () -> assertThrows(MisuseException.class, qp::complete)).get(), "intruder", mine);
        assertEquals(0, qp.abort());
    }

    @Test
    void shouldNameBothThreadsThatReadOneBatch() {
        final Side side = unconnected();
        final ExtendedCompletionQueue cq = own(side.context().createExtendedCompletionQueue(ExtendedCqConfig.of(8)));
        final QueuePair qp = own(side.domain().createQueuePair(QueuePairConfig.rc(cq, 4, 4)));
        qp.modify(new QpAttributes().state(QpState.INIT).port(side.port().port()).pkeyIndex(0).accessFlags(0));
        final ReceiveRequests receives = ReceiveRequests.allocate(Arena.ofAuto(), 1, 1);
        receives.add(11);
        assertEquals(1, qp.postReceive(receives));
        qp.modify(PairConfig.toError());
        assertTrue(Waiting.until(TestProvider.deadline(), () -> cq.startPoll() == ExtendedCompletionQueue.COMPLETION));
        final String mine = Thread.currentThread().getName();
        for (final Executable call : new Executable[] {cq::startPoll, cq::nextPoll, cq::endPoll, cq::wrId, cq::byteLength}) {
            says(Waiting.start("intruder", () -> assertThrows(MisuseException.class, call)).get(), "intruder", mine,
                "batch of " + cq.describe());
        }
        assertEquals(11, cq.wrId(), "the batch goes on");
        assertEquals(0, cq.endPoll());
    }

    private static SendRequests sends(final Side side, final int count) {
        final SendRequests list = SendRequests.allocate(Arena.ofAuto(), count, 1);
        for (int i = 0; i < count; i++) {
            list.send(i, side.at(0), 8, side.region().lkey(), 0);
        }
        return list;
    }

    private Side unconnected() {
        return unconnectedPair(PairConfig.DEFAULT).a();
    }

    @Test
    void shouldFindTwoPostersOfSends() {
        final Side side = unconnected();
        final MisuseException found = meet(() -> side.qp().postSend(sends(side, 1)));
        says(found, "postSend of " + side.qp().describe(), "intruder", "one thread at a time");
        assertNotNull(found.getCause());
    }

    @Test
    void shouldFindTwoPostersOfReceives() {
        final Side side = unconnected();
        final MisuseException found = meet(() -> {
            final ReceiveRequests list = ReceiveRequests.allocate(Arena.ofAuto(), 1, 1);
            list.receive(1, side.at(0), 8, side.region().lkey());
            side.qp().postReceive(list);
        });
        says(found, "postReceive of " + side.qp().describe(), "intruder");
    }

    @Test
    void shouldFindTwoPollers() {
        final Side side = unconnected();
        final MisuseException found = meet(() -> side.sendCq().poll(WorkCompletions.allocate(Arena.ofAuto(), 1)));
        says(found, "poll of " + side.sendCq().describe(), "intruder");
    }

    @Test
    void shouldLetThreadsTakeTurns() {
        final Side side = unconnected();
        for (int i = 0; i < 10; i++) {
            assertEquals(0, Waiting.start("turn", () -> side.sendCq().poll(side.completions())).get());
            assertEquals(0, side.sendCq().poll(side.completions()));
        }
    }

    @Test
    void shouldFindAChangeOfAListThatIsBeingPosted() {
        final Side side = unconnected();
        final SendRequests list = sends(side, 2);
        list.beginPost(); // as a post does, for as long as it takes
        try {
            for (final Executable change : new Executable[] {() -> list.clear(), list::rewind, () -> list.wrId(0, 5),
                () -> list.flags(0, 0), () -> list.local(0, 0, 0, 0), () -> list.remote(0, 0, 0), () -> list.immediate(0, 1),
                () -> list.target(0, null, 1, 1)}) {
                final MisuseException found = assertThrows(MisuseException.class, () -> elsewhere(change));
                says(found, "a change of the list", "other", Thread.currentThread().getName());
            }
        } finally {
            list.endPost();
        }
        list.clear();
    }

    @Test
    void shouldFindAListThatTwoThreadsPost() {
        final Side side = unconnected();
        final SendRequests list = sends(side, 1);
        list.beginPost();
        final MisuseException found = assertThrows(MisuseException.class, () -> elsewhere(() -> side.qp().postSend(list)));
        says(found, "a post of the list", "other", Thread.currentThread().getName());
        list.endPost();
        side.qp().postSend(list);
    }

    private static void elsewhere(final Executable call) {
        Waiting.start("other", () -> {
            try {
                call.execute();
                return true;
            } catch (final RuntimeException | Error e) {
                throw e;
            } catch (final Throwable t) {
                throw new AssertionError(t);
            }
        }).get();
    }

    private static void closedElsewhere(final AutoCloseable resource) {
        Waiting.start("closer", () -> {
            resource.close();
            return true;
        }).get();
    }

    private static void saysWhoClosed(final MisuseException found, final String call) {
        says(found, call, "after it was closed by closer", Thread.currentThread().getName());
        assertEquals("closer", found.getCause().getMessage().replaceFirst(".* ", ""));
        assertTrue(found.getCause().getStackTrace().length > 0);
    }

    @Test
    void shouldFindAPostAfterClose() {
        final Side side = unconnected();
        final SendRequests list = sends(side, 1);
        closedElsewhere(side.qp());
        saysWhoClosed(assertThrows(MisuseException.class, () -> side.qp().postSend(list)), "postSend of " + side.qp().describe());
        final ReceiveRequests receives = side.receives().clear();
        saysWhoClosed(assertThrows(MisuseException.class, () -> side.qp().postReceive(receives)),
            "postReceive of " + side.qp().describe());
    }

    @Test
    void shouldFindAPollAfterClose() {
        final Side side = unconnected();
        side.qp().close();
        closedElsewhere(side.sendCq());
        saysWhoClosed(assertThrows(MisuseException.class, () -> side.sendCq().poll(side.completions())),
            "poll of " + side.sendCq().describe());
    }

    @Test
    void shouldFindAReceivePostedAfterTheSharedQueueWasClosed() {
        final SharedReceives made = SharedReceives.connected(this, new SrqConfig(3, 1), 0);
        closedElsewhere(made.srq());
        saysWhoClosed(assertThrows(MisuseException.class, () -> made.srq().postReceive(made.receives())),
            "postReceive of " + made.srq().describe());
    }

    @Test
    void shouldSayWhereSomethingWasClosedThatASetUpCallNeeds() {
        final Side side = unconnected();
        closedElsewhere(side.qp());
        final VerbsException refused = assertThrows(VerbsException.class, side.qp()::query);
        assertTrue(refused.getCause().getMessage().contains("was closed by closer"), refused.getCause().getMessage());
    }

    @Test
    void shouldNotDisturbARightProgram() {
        final Pair pair = pair();
        for (int i = 0; i < 50; i++) {
            pair.b().receive(i, 0, 64);
            pair.a().send(i, 0, 64);
            pair.a().awaitSend();
            assertEquals(i, pair.b().awaitReceive().wrId());
        }
        final WorkRequests list = pair.a().sends();
        list.rewind();
    }
}
