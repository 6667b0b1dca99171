package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AccessFlags;
import dev.verbs.DeviceAttributes;
import dev.verbs.Errno;
import dev.verbs.QpAttributeMask;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QpType;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.WcOpcode;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.VerbsTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a queue pair. */
class QueuePairStateContractTest extends VerbsTest {
    private Pair pair;
    private Side a;

    @BeforeEach
    void makePair() {
        pair = unconnectedPair(PairConfig.DEFAULT);
        a = pair.a();
    }

    private void assumeModify() {
        assume(a.context().device().guarantees().connectsByModify(), a.context(), "connecting by modify");
        assume(a.context().device().guarantees().readsState(), a.context(), "the true state in a query");
    }

    private QpAttributes toInit() {
        assumeModify();
        return new QpAttributes().state(QpState.INIT).pkeyIndex(0).port(a.port().port()).accessFlags(PairConfig.ALL_ACCESS);
    }

    private QpAttributes toRtr() {
        assumeModify();
        return new QpAttributes().state(QpState.RTR).pathMtu(a.port().mtu()).destinationQp(pair.b().qp().number()).rqPsn(100)
            .maxDestReadAtomic(4).minRnrTimer(12).address(a.port().pathTo(pair.b().port().lid(), pair.b().port().gid().gid()));
    }

    private static QpAttributes toRts() {
        return new QpAttributes().state(QpState.RTS).timeout(14).retryCount(6).rnrRetry(5).sqPsn(200).maxReadAtomic(4);
    }

    private void goTo(final QpState state) {
        assumeModify();
        switch (state) {
            case INIT -> a.qp().modify(toInit());
            case RTR -> {
                goTo(QpState.INIT);
                a.qp().modify(toRtr());
            }
            case RTS -> {
                goTo(QpState.RTR);
                a.qp().modify(toRts());
            }
            case ERR -> {
                goTo(QpState.INIT);
                a.qp().modify(PairConfig.toError());
            }
            default -> assertEquals(QpState.RESET, state);
        }
    }

    @Test
    void shouldStartInReset() {
        assertEquals(QpState.RESET, a.qp().state());
        assertEquals(0, a.qp().inFlight());
    }

    @Test
    @Covers("ibv_modify_qp")
    void shouldGoFromResetToReadyToSend() {
        a.qp().modify(toInit());
        assertEquals(QpState.INIT, a.qp().state());
        a.qp().modify(toRtr());
        assertEquals(QpState.RTR, a.qp().state());
        a.qp().modify(toRts());
        assertEquals(QpState.RTS, a.qp().state());
    }

    @ParameterizedTest
    @EnumSource(value = QpState.class, names = {"INIT", "RTR", "RTS", "ERR"})
    void shouldGoToErrorFromEveryStateButReset(final QpState from) {
        goTo(from);
        a.qp().modify(PairConfig.toError());
        assertEquals(QpState.ERR, a.qp().state());
    }

    @ParameterizedTest
    @EnumSource(value = QpState.class, names = {"RESET", "INIT", "RTR", "RTS", "ERR"})
    void shouldGoBackToResetFromEveryState(final QpState from) {
        goTo(from);
        a.qp().modify(new QpAttributes().state(QpState.RESET));
        assertEquals(QpState.RESET, a.qp().state());
    }

    @Test
    void shouldChangeAttributesWhileReady() {
        goTo(QpState.RTS);
        a.qp().modify(new QpAttributes().state(QpState.RTS).minRnrTimer(14).accessFlags(AccessFlags.REMOTE_READ));
        assertEquals(QpState.RTS, a.qp().state());
        assertEquals(14, a.qp().query().minRnrTimer());
    }

    @Test
    void shouldRefuseIllegalTransitionsAndNameThem() {
        refuse(QpState.RESET, toRtr());
        refuse(QpState.RESET, toRts());
        goTo(QpState.INIT);
        refuse(QpState.INIT, toRts());
        a.qp().modify(toRtr());
        refuse(QpState.RTR, toInit());
        a.qp().modify(toRts());
        refuse(QpState.RTS, toInit());
        refuse(QpState.RTS, toRtr());
        a.qp().modify(PairConfig.toError());
        refuse(QpState.ERR, toRts());
        refuse(QpState.ERR, toInit());
    }

    private void refuse(final QpState from, final QpAttributes wanted) {
        Refusal.of(Errno.EINVAL, () -> a.qp().modify(wanted), from.name(), wanted.state().name());
        assertEquals(from, a.qp().state());
    }

    @Test
    void shouldNameTheAttributeThatIsMissing() {
        refuseWithout(toInit(), QpAttributeMask.PKEY_INDEX, "PKEY_INDEX");
        refuseWithout(toInit(), QpAttributeMask.PORT, "PORT");
        refuseWithout(toInit(), QpAttributeMask.ACCESS_FLAGS, "ACCESS_FLAGS");
        goTo(QpState.INIT);
        refuseWithout(toRtr(), QpAttributeMask.AV, "AV");
        refuseWithout(toRtr(), QpAttributeMask.PATH_MTU, "PATH_MTU");
        refuseWithout(toRtr(), QpAttributeMask.DEST_QPN, "DEST_QPN");
        refuseWithout(toRtr(), QpAttributeMask.RQ_PSN, "RQ_PSN");
        refuseWithout(toRtr(), QpAttributeMask.MAX_DEST_RD_ATOMIC, "MAX_DEST_RD_ATOMIC");
        refuseWithout(toRtr(), QpAttributeMask.MIN_RNR_TIMER, "MIN_RNR_TIMER");
        a.qp().modify(toRtr());
        refuseWithout(toRts(), QpAttributeMask.TIMEOUT, "TIMEOUT");
        refuseWithout(toRts(), QpAttributeMask.RETRY_CNT, "RETRY_CNT");
        refuseWithout(toRts(), QpAttributeMask.RNR_RETRY, "RNR_RETRY");
        refuseWithout(toRts(), QpAttributeMask.SQ_PSN, "SQ_PSN");
        refuseWithout(toRts(), QpAttributeMask.MAX_QP_RD_ATOMIC, "MAX_QP_RD_ATOMIC");
        a.qp().modify(toRts());
    }

    private void refuseWithout(final QpAttributes wanted, final int bit, final String name) {
        Refusal.of(Errno.EINVAL, () -> a.qp().modify(wanted.mask(wanted.mask() & ~bit)), name, wanted.state().name());
    }

    @Test
    void shouldNameTheAttributeThatDoesNotBelong() {
        assumeModify();
        Refusal.of(Errno.EINVAL, () -> a.qp().modify(toInit().qkey(1)), "QKEY", "INIT");
        goTo(QpState.INIT);
        Refusal.of(Errno.EINVAL, () -> a.qp().modify(toRtr().sqPsn(1)), "SQ_PSN", "RTR");
    }

    @Test
    void shouldRefuseAPortThatDoesNotExist() {
        assumeModify();
        final int beyond = a.context().queryDevice().ports() + 1;
        Refusal.of(Errno.EINVAL, () -> a.qp().modify(toInit().port(beyond)));
        assertEquals(QpState.RESET, a.qp().state());
    }

    @Test
    @Covers({"ibv_modify_qp", "ibv_query_qp"})
    void shouldReportWhatWasSet() {
        goTo(QpState.RTS);
        final QpAttributes found = a.qp().query();
        assertEquals(QpState.RTS, found.state());
        assertEquals(a.port().mtu(), found.pathMtu());
        assertEquals(pair.b().qp().number(), found.destinationQp());
        assertEquals(100, found.rqPsn());
        assertEquals(200, found.sqPsn());
        assertEquals(12, found.minRnrTimer());
        assertEquals(14, found.timeout());
        assertEquals(6, found.retryCount());
        assertEquals(5, found.rnrRetry());
        assertEquals(4, found.maxReadAtomic());
        assertEquals(4, found.maxDestReadAtomic());
        assertEquals(a.port().port(), found.port());
        assertEquals(pair.b().port().gid().gid(), found.address().gid());
    }

    @Test
    void shouldWorkAgainAfterReset() {
        assumeModify();
        for (int round = 0; round < 3; round++) {
            Pair.connect(a.qp(), a.port(), pair.b().qp(), pair.b().port(), PairConfig.DEFAULT);
            a.fill(0, 3000, round);
            pair.b().receive(round, 0, 4096);
            a.send(round, 0, 3000);
            a.awaitSend().expect(round, WcOpcode.SEND);
            pair.b().awaitReceive().expect(round, WcOpcode.RECV);
            pair.b().assertFilled(0, 3000, round);
            pair.b().receive(99, 0, 64); // lost by the reset
            for (final Side side : List.of(a, pair.b())) {
                side.qp().modify(new QpAttributes().state(QpState.RESET));
                assertEquals(0, side.qp().inFlight());
            }
            a.assertQuiet();
            pair.b().assertQuiet();
        }
    }

    @Test
    void shouldGiveEachQueuePairANumberOfItsOwn() {
        assertNotEquals(a.qp().number(), pair.b().qp().number());
        assertEquals(a.qp().number(), a.qp().number() & 0xFF_FFFF);
        assertTrue(a.qp().describe().contains(Integer.toString(a.qp().number())), a.qp().describe());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16, 100})
    @Covers("ibv_create_qp")
    void shouldGrantAtLeastWhatWasAskedFor(final int depth) {
        final QueuePairConfig wanted = new QueuePairConfig(QpType.RC, a.sendCq(), a.receiveCq(), depth, depth, 3, 2, 64, true);
        try (QueuePair qp = a.domain().createQueuePair(wanted)) {
            final QueuePairConfig granted = qp.config();
            assertTrue(granted.maxSendWr() >= depth, granted.toString());
            assertTrue(granted.maxReceiveWr() >= depth, granted.toString());
            assertTrue(granted.maxSendSge() >= 3, granted.toString());
            assertTrue(granted.maxReceiveSge() >= 2, granted.toString());
            assertTrue(granted.maxInlineData() >= 64, granted.toString());
            assertTrue(granted.signalAll());
        }
    }

    @Test
    @Covers("ibv_create_qp")
    void shouldRefuseLimitsThatTheDeviceDoesNotHave() {
        final DeviceAttributes limits = a.context().queryDevice();
        final QueuePairConfig fits = QueuePairConfig.rc(a.sendCq(), 8, 8);
        refuseLimit(QueuePairConfig.rc(a.sendCq(), limits.maxQpWr() + 1, 8), limits.maxQpWr());
        refuseLimit(QueuePairConfig.rc(a.sendCq(), 8, limits.maxQpWr() + 1), limits.maxQpWr());
        refuseLimit(fits.withSge(limits.maxSge() + 1, 1), limits.maxSge());
        refuseLimit(fits.withSge(1, limits.maxSge() + 1), limits.maxSge());
    }

    private void refuseLimit(final QueuePairConfig config, final int limit) {
        Refusal.of(Errno.EINVAL, () -> a.domain().createQueuePair(config), Integer.toString(limit));
    }

    @Test
    void shouldRefuseToBeChangedAfterClose() {
        a.qp().close();
        Refusal.of(Errno.EBADF, () -> a.qp().modify(PairConfig.toError()), "closed");
        Refusal.of(Errno.EBADF, () -> a.qp().query(), "closed");
        assertEquals(0, a.qp().inFlight());
    }
}
