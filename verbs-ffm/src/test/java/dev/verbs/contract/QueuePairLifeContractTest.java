package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AddressHandle;
import dev.verbs.Errno;
import dev.verbs.GrhDescriptor;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QpType;
import dev.verbs.QueuePair;
import dev.verbs.SendFlags;
import dev.verbs.VerbsException;
import dev.verbs.WcOpcode;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Draining a queue pair of every service, and using it again. */
class QueuePairLifeContractTest extends VerbsTest {
    private Pair pair;
    private Side a;
    private Side b;
    private AddressHandle path;

    private void use(final QpType type) {
        pair = pair(PairConfig.DEFAULT.withType(type));
        a = pair.a();
        b = pair.b();
        assume(a.context().device().guarantees().connectsByModify(), a.context(), "connecting by modify");
        assume(a.context().device().guarantees().flushesAfterError(), a.context(), "flushes after errors");
        path = type == QpType.UD ? a.pathTo(this, b) : null;
    }

    private void post(final long wrId, final int flags) {
        a.sends().clear();
        if (path == null) {
            a.sends().send(wrId, a.at(0), 64, a.region().lkey(), flags);
        } else {
            a.sends().sendTo(wrId, a.at(0), 64, a.region().lkey(), path, b.qp().number(), Pair.QKEY, flags);
        }
        a.postSends();
    }

    private void exchange(final int seed) {
        final int header = path == null ? 0 : (int)GrhDescriptor.SIZE;
        a.fill(0, 64, seed);
        b.receive(seed, 0, 256);
        post(seed, SendFlags.SIGNALED);
        a.awaitSend().expect(seed, WcOpcode.SEND);
        b.awaitReceive().expect(seed, WcOpcode.RECV);
        b.assertFilled(header, 64, seed);
    }

    private static void poll(final Side side) {
        side.sendCq().poll(side.completions());
        side.receiveCq().poll(side.completions());
    }

    private static void drain(final Side side) {
        side.qp().drain(TestProvider.deadline(), () -> poll(side));
    }

    @ParameterizedTest
    @EnumSource(value = QpType.class, names = {"RC", "UC", "UD"})
    void shouldDrainReceives(final QpType type) {
        use(type);
        for (int i = 0; i < 5; i++) {
            a.receive(i, 0, 64);
        }
        drain(a);
        assertEquals(0, a.qp().inFlight());
        assertEquals(QpState.ERR, a.qp().state());
        assertTrue(a.qp().firstError().isFlush());
        a.region().close();
    }

    @ParameterizedTest
    @EnumSource(value = QpType.class, names = {"RC", "UC", "UD"})
    void shouldDrainUnsignalledSendsThatHadSucceeded(final QpType type) {
        use(type);
        b.receive(1, 0, 256);
        post(2, 0);
        b.awaitReceive().expect(1, WcOpcode.RECV);
        assertEquals(1, a.qp().inFlight());
        drain(a);
        assertEquals(0, a.qp().inFlight());
        a.region().close();
    }

    @ParameterizedTest
    @EnumSource(value = QpType.class, names = {"RC", "UC", "UD"})
    void shouldDrainNothing(final QpType type) {
        use(type);
        drain(a);
        assertEquals(QpState.ERR, a.qp().state());
        a.qp().modify(new QpAttributes().state(QpState.RESET));
        drain(a);
        assertEquals(QpState.RESET, a.qp().state());
    }

    @ParameterizedTest
    @EnumSource(value = QpType.class, names = {"RC", "UC", "UD"})
    void shouldSayWhatIsLeftWhenNobodyPolls(final QpType type) {
        use(type);
        a.receive(1, 0, 64);
        Refusal.of(Errno.ETIMEDOUT, () -> a.qp().drain(Duration.ofMillis(50)), a.qp().describe(), "requests are in flight",
            a.receiveCq().describe());
        drain(a);
        assertEquals(0, a.qp().inFlight());
    }

    @ParameterizedTest
    @EnumSource(value = QpType.class, names = {"RC", "UC", "UD"})
    void shouldWorkAgainAfterDrainAndReset(final QpType type) {
        use(type);
        for (int round = 0; round < 3; round++) {
            exchange(round + 1);
            b.receive(99, 0, 256);
            drain(a);
            drain(b);
            for (final QueuePair qp : new QueuePair[] {a.qp(), b.qp()}) {
                qp.modify(new QpAttributes().state(QpState.RESET));
                assertEquals(QpState.RESET, qp.state());
            }
            Pair.connect(a.qp(), a.port(), b.qp(), b.port(), PairConfig.DEFAULT.withType(type));
        }
        exchange(50);
    }

    @ParameterizedTest
    @EnumSource(value = QpType.class, names = {"RC", "UC", "UD"})
    void shouldRefuseWhatAServiceDoesNotTake(final QpType type) {
        use(type);
        final QpAttributes wrong = new QpAttributes().state(QpState.RTS);
        Refusal.of(Errno.EINVAL, () -> a.qp().modify(type == QpType.UD ? wrong.accessFlags(0) : wrong.qkey(1)),
            type + " RTS -> RTS does not take", type == QpType.UD ? "ACCESS_FLAGS" : "QKEY");
    }

    /** From any state, says the specification; rdma_rxe waits for what is under way. */
    @Test
    void shouldGoBackToResetWhileItDrains() {
        use(QpType.RC);
        post(2, SendFlags.SIGNALED); // there is no receive: it is tried again and again
        a.qp().modify(new QpAttributes().state(QpState.SQD));
        try {
            a.qp().modify(new QpAttributes().state(QpState.RESET));
        } catch (final VerbsException e) {
            assertTrue(DeviceProfile.drainsBeforeReset(a.context()), e::getMessage);
            assertEquals(Errno.EINVAL, e.errno());
            assertTrue(e.getMessage().contains("go to ERR first"), e::getMessage);
            a.qp().modify(new QpAttributes().state(QpState.ERR));
            a.qp().modify(new QpAttributes().state(QpState.RESET));
        }
        assertEquals(QpState.RESET, a.qp().state());
    }

    @ParameterizedTest
    @EnumSource(value = QpType.class, names = {"RC", "UC", "UD"})
    void shouldGoToSqdAndBack(final QpType type) {
        use(type);
        a.qp().modify(new QpAttributes().state(QpState.SQD));
        assertEquals(QpState.SQD, a.qp().state());
        b.receive(1, 0, 256);
        a.qp().modify(new QpAttributes().state(QpState.RTS));
        post(2, SendFlags.SIGNALED);
        b.awaitReceive().expect(1, WcOpcode.RECV);
        assertFalse(a.awaitSend().hasImmediate());
    }
}
