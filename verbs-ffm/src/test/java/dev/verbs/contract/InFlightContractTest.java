package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Errno;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.RcEndpoint;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.testkit.Completion;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A region can be closed exactly when nothing can reach it any more: lists longer than the queue, refusals, resets. */
class InFlightContractTest extends VerbsTest {
    private static final int DEPTH = 16;
    private static final PairConfig CONFIG = PairConfig.DEFAULT.withDepth(DEPTH, 31).withCqEntries(31);

    /** The depth that was granted: the queue is full with so many. */
    private static int depth(final Side side) {
        final int depth = side.qp().config().maxSendWr();
        assertTrue(depth >= DEPTH && depth < 60, side.qp().config().toString());
        return depth;
    }

    @Test
    void shouldLetGoOfARegionAfterAListThatIsLongerThanTheQueue() {
        final Pair pair = pair(CONFIG);
        final Side a = pair.a();
        final int count = 1_000;
        final SendRequests list = SendRequests.allocate(Arena.ofAuto(), count, 1);
        for (int i = 0; i < count; i++) {
            list.write(i, a.at(0), 64, a.region().lkey(), pair.b().at(0), pair.b().region().rkey(), SendFlags.SIGNALED);
        }
        final int accepted = a.qp().postSend(list);
        assertTrue(accepted >= depth(a) && accepted < count, () -> "accepted " + accepted);
        assertEquals(Errno.name(Errno.ENOMEM), Errno.name(list.errno()));
        Refusal.of(Errno.EBUSY, a.region()::close, accepted + " requests in flight");
        final List<Completion> done = a.awaitSends(accepted);
        for (int i = 0; i < accepted; i++) {
            done.get(i).expect(i, WcOpcode.RDMA_WRITE);
        }
        assertEquals(0, a.qp().inFlight());
        a.region().close();
        assertFalse(a.region().isOpen());
    }

    @Test
    void shouldCountWhatWaitsAfterALongListWasRefused() {
        final Pair pair = pair(CONFIG);
        final Side a = pair.a();
        assume(a.context().device().guarantees().waitsForReceives(), a.context(), "to wait for receives");
        final int depth = depth(a);
        a.sends().clear();
        for (int i = 0; i < depth; i++) {
            a.sends().send(i, a.at(0), 64, a.region().lkey(), SendFlags.SIGNALED);
        }
        a.postSends(); // nothing is posted at the peer: all wait
        a.sends().clear();
        for (int i = 0; i < 60; i++) {
            a.sends().send(depth + i, a.at(0), 64, a.region().lkey(), SendFlags.SIGNALED);
        }
        final int waiting = depth + a.qp().postSend(a.sends()); // rxe takes 31 where it grants 16
        assertTrue(waiting < 60, () -> waiting + " requests wait");
        for (int i = 0; i < 3; i++) {
            assertEquals(0, a.qp().postSend(a.sends()));
            assertEquals(Errno.name(Errno.ENOMEM), Errno.name(a.sends().errno()));
            assertEquals(waiting, a.qp().inFlight());
        }
        pair.b().receive(0, 0, 64);
        a.awaitSend().expect(0, WcOpcode.SEND);
        assertEquals(waiting - 1, a.qp().inFlight());
        Refusal.of(Errno.EBUSY, a.region()::close, a.qp().describe(), waiting - 1 + " requests in flight");
        for (int i = 1; i < waiting; i++) {
            pair.b().receive(i, 0, 64);
            a.awaitSend().expect(i, WcOpcode.SEND);
            pair.b().awaitReceive();
            assertEquals(waiting - 1 - i, a.qp().inFlight());
        }
        a.region().close();
    }

    private static void receive(final Side side, final int first, final int count) {
        side.receives().clear();
        for (int i = 0; i < count; i++) {
            side.receives().receive(first + i, side.at(0), 64, side.region().lkey());
        }
        side.postReceives();
    }

    private void init(final Side side) {
        assume(side.context().device().guarantees().connectsByModify(), side.context(), "connecting by modify");
        RcEndpoint.init(side.qp(), side.port(), PairConfig.ALL_ACCESS);
    }

    /** Whether a device drops them at the reset or leaves them in the queue: they do not count for the new life. */
    @Test
    void shouldNotChargeCompletionsFromBeforeAResetToTheNewLife() {
        final Side a = unconnectedPair(PairConfig.DEFAULT).a();
        init(a);
        receive(a, 0, DEPTH);
        a.qp().modify(PairConfig.toError());
        a.qp().modify(new QpAttributes().state(QpState.RESET));
        assertEquals(0, a.qp().inFlight());
        init(a);
        receive(a, 100, DEPTH);
        assertEquals(DEPTH, a.qp().inFlight());
        final List<Completion> old = new ArrayList<>();
        Waiting.until(TestProvider.pause(), () -> {
            if (a.receiveCq().poll(a.completions()) > 0) {
                for (int i = 0; i < a.completions().size(); i++) {
                    old.add(Completion.of(a.completions(), i));
                }
            }
            return false;
        });
        for (int i = 0; i < old.size(); i++) {
            old.get(i).expectError(i, WcStatus.WR_FLUSH_ERR, a.qp().number());
        }
        System.out.println("reset: " + old.size() + " of " + DEPTH + " old completions were left on " + a.context().device().name());
        assertEquals(DEPTH, a.qp().inFlight());
        Refusal.of(Errno.EBUSY, a.region()::close, DEPTH + " requests in flight");
        a.qp().modify(PairConfig.toError());
        final List<Completion> flushed = a.awaitReceives(DEPTH);
        for (int i = 0; i < DEPTH; i++) {
            flushed.get(i).expectError(100 + i, WcStatus.WR_FLUSH_ERR, a.qp().number());
        }
        assertEquals(0, a.qp().inFlight());
        a.region().close();
    }
}
