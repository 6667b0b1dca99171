package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verbs.AccessFlags;
import dev.verbs.AddressVector;
import dev.verbs.AlternatePath;
import dev.verbs.Errno;
import dev.verbs.LinkLayer;
import dev.verbs.PathMigrationState;
import dev.verbs.QpAttributeMask;
import dev.verbs.QpAttributes;
import dev.verbs.QpCapabilities;
import dev.verbs.QpInitAttributes;
import dev.verbs.QpState;
import dev.verbs.QpType;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.SharedReceiveQueue;
import dev.verbs.SrqConfig;
import dev.verbs.VerbsException;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.VerbsTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that a query returns, and the attributes of a second path. */
class QueuePairQueryContractTest extends VerbsTest {
    private Pair pair;
    private Side a;

    @BeforeEach
    void connect() {
        pair = pair(PairConfig.DEFAULT);
        a = pair.a();
    }

    private void assumeModify() {
        assume(a.context().device().guarantees().connectsByModify(), a.context(), "modify without the connection manager");
    }

    private void assumeEthernet() {
        assumeModify();
        assumeTrue(a.context().queryPort(a.port().port()).linkLayer() == LinkLayer.ETHERNET, "only Ethernet has no second path");
    }

    private QueuePair create(final QueuePairConfig config) {
        try {
            return own(a.domain().createQueuePair(config));
        } catch (final VerbsException e) {
            assume(e.errno() != Errno.EOPNOTSUPP, a.context(), config.type() + " queue pairs");
            throw e;
        }
    }

    private QueuePairConfig config(final QpType type) {
        return new QueuePairConfig(type, a.sendCq(), a.receiveCq(), 5, 6, 2, 3, 0, false);
    }

    /** rdma_rxe and siw round the lengths of their queues up, and only a query says so: of 5 requests rxe makes 7, siw 8. */
    @Test
    void shouldReportTheCapabilitiesThatItWasGranted() {
        final QueuePair qp = create(config(QpType.RC));
        final QpCapabilities granted = QpCapabilities.of(qp.config());
        final QpCapabilities found = qp.query().capabilities();
        assertTrue(qp.query().has(QpAttributeMask.CAP));
        assertTrue(found.maxSendWr() >= granted.maxSendWr(), found + " of " + granted);
        assertTrue(found.maxReceiveWr() >= granted.maxReceiveWr(), found + " of " + granted);
        assertEquals(granted.maxSendSge(), found.maxSendSge());
        assertEquals(granted.maxReceiveSge(), found.maxReceiveSge());
    }

    @Test
    void shouldReportTheSameCapabilitiesAmongWhatItWasMadeOf() {
        final QueuePair qp = create(config(QpType.RC));
        assertEquals(qp.query().capabilities(), qp.queryInit().capabilities());
    }

    @Test
    void shouldReportTheInlineLimitThatItWasGranted() {
        assumeModify(); // siw grants inline payloads to extended queue pairs only
        final QueuePair qp = create(config(QpType.RC).withInline(48));
        assertTrue(qp.query().capabilities().maxInlineData() >= 48, qp.query().capabilities().toString());
        assertEquals(qp.query().capabilities().maxInlineData(), qp.queryInit().capabilities().maxInlineData());
    }

    @ParameterizedTest
    @EnumSource(value = QpType.class, names = {"RC", "UC", "UD"})
    void shouldReportItsTypeAndItsQueues(final QpType type) {
        final QpInitAttributes found = create(config(type)).queryInit();
        assertEquals(type, found.type());
        assertSame(a.sendCq(), found.sendCq());
        assertSame(a.receiveCq(), found.receiveCq());
        assertNull(found.srq());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldReportWhetherAllIsSignalled(final boolean all) {
        assertEquals(all, create(config(QpType.RC).withSignalAll(all)).queryInit().signalAll());
    }

    @Test
    void shouldReportItsSharedReceiveQueueAndNoReceiveQueueOfItsOwn() {
        final SharedReceiveQueue srq = own(a.domain().createSharedReceiveQueue(new SrqConfig(8, 1)));
        final QueuePair qp = create(config(QpType.RC).withSrq(srq));
        final QpInitAttributes found = qp.queryInit();
        assertSame(srq, found.srq());
        assertEquals(0, found.capabilities().maxReceiveWr());
        assertEquals(0, found.capabilities().maxReceiveSge());
        assertEquals(found.capabilities(), qp.query().capabilities());
    }

    @Test
    void shouldReportAccessPartitionAndPath() {
        assumeModify();
        final QpAttributes found = a.qp().query();
        assertEquals(PairConfig.ALL_ACCESS, found.accessFlags());
        assertEquals(0, found.pkeyIndex());
        final AddressVector path = found.address();
        assertTrue(path.global());
        assertEquals(pair.b().port().gid().gid(), path.gid());
        assertEquals(a.port().gid().index(), path.gidIndex());
        assertEquals(a.port().port(), path.port());
    }

    /** The hop limit apart: for RoCE v2 the kernel takes it from the route (ib_resolve_unicast_gid_dmac). */
    @Test
    void shouldReportTheRouteOfThePath() {
        assumeModify();
        final QueuePair qp = create(QueuePairConfig.rc(a.sendCq(), 4, 4));
        final AddressVector path = a.port().pathTo(pair.b().port().lid(), pair.b().port().gid().gid()).withRoute(33, 96, 0x12345);
        qp.modify(new QpAttributes().state(QpState.INIT).pkeyIndex(0).port(a.port().port()).accessFlags(AccessFlags.REMOTE_READ));
        assertEquals(AccessFlags.REMOTE_READ, qp.query().accessFlags());
        qp.modify(new QpAttributes().state(QpState.RTR).pathMtu(a.port().mtu()).destinationQp(7).rqPsn(1).maxDestReadAtomic(1)
            .minRnrTimer(12).address(path));
        final AddressVector found = qp.query().address();
        assertEquals(96, found.trafficClass());
        assertEquals(0x12345, found.flowLabel());
    }

    @Test
    void shouldReportTheQueueKey() {
        assumeModify();
        final QueuePair qp = create(config(QpType.UD));
        qp.modify(new QpAttributes().state(QpState.INIT).pkeyIndex(0).port(a.port().port()).qkey(0x1234_5678));
        assertEquals(0x1234_5678, qp.query().qkey());
    }

    @Test
    void shouldHaveNothingToDrainWhenReady() {
        assumeModify();
        assertFalse(a.qp().query().sqDraining());
        a.qp().modify(new QpAttributes().state(QpState.SQD));
        pair.b().assertQuiet();
        assertFalse(a.qp().query().sqDraining());
        a.qp().modify(new QpAttributes().state(QpState.RTS));
    }

    @Test
    void shouldReportThatItIsDraining() {
        assumeModify();
        assumeTrue(EventProfile.of(a.context()).drainsRetries(), "rdma_rxe takes a request that is tried again for one not begun");
        a.send(1, 0, 64); // the peer has no receive: begun, and tried again and again
        a.qp().modify(new QpAttributes().state(QpState.SQD));
        assertTrue(a.qp().query().sqDraining());
        pair.b().receive(2, 0, 64);
        assertEquals(1, a.awaitSend().wrId());
        assertFalse(a.qp().query().sqDraining());
    }

    @Test
    void shouldTakeTheRightCurrentStateAndRefuseAWrongOne() {
        assumeModify();
        a.qp().modify(new QpAttributes().state(QpState.RTS).currentState(QpState.RTS).minRnrTimer(9));
        assertEquals(9, a.qp().query().minRnrTimer());
        Refusal.of(Errno.EINVAL, () -> a.qp().modify(new QpAttributes().state(QpState.RTS).currentState(QpState.INIT)
            .minRnrTimer(10)), "INIT");
        assertEquals(9, a.qp().query().minRnrTimer());
    }

    @Test
    void shouldBeMigratedFromTheBeginning() {
        assumeModify(); // siw leaves the state as the kernel had it
        assertEquals(PathMigrationState.MIGRATED, create(config(QpType.RC)).query().pathMigrationState());
        assertEquals(PathMigrationState.MIGRATED, a.qp().query().pathMigrationState());
    }

    @Test
    void shouldStayMigratedWhenItIsToldTo() {
        assumeModify();
        a.qp().modify(new QpAttributes().state(QpState.RTS).pathMigrationState(PathMigrationState.MIGRATED));
        assertEquals(PathMigrationState.MIGRATED, a.qp().query().pathMigrationState());
        a.write(1, 0, 64, pair.b(), 0);
        assertEquals(1, a.awaitSend().wrId());
    }

    /** rdma_rxe (Linux 6.1, rxe_qp_from_attr) stores any state, also without an alternate path, and does nothing with it. */
    @ParameterizedTest
    @EnumSource(value = PathMigrationState.class, names = {"REARM", "ARMED"})
    void shouldRefuseToArmWithoutAnAlternatePath(final PathMigrationState state) {
        assumeEthernet();
        final QpAttributes wanted = new QpAttributes().state(QpState.RTS).pathMigrationState(state);
        if (a.context().device().name().startsWith("rxe")) {
            a.qp().modify(wanted);
            assertEquals(state, a.qp().query().pathMigrationState());
            assumeTrue(false, "rdma_rxe stores the state, and says so, but has no second path");
        }
        Refusal.of(Errno.EINVAL, () -> a.qp().modify(wanted), "path_mig_state", state.name());
        assertEquals(PathMigrationState.MIGRATED, a.qp().query().pathMigrationState());
    }

    private AlternatePath alternate() {
        return AlternatePath.of(a.port().pathTo(pair.b().port().lid(), pair.b().port().gid().gid()), 0, 14);
    }

    @Test
    void shouldRefuseAnAlternatePathOverEthernet() {
        assumeEthernet();
        Refusal.of(Errno.EINVAL, () -> a.qp().modify(new QpAttributes().state(QpState.RTS).alternatePath(alternate())
            .pathMigrationState(PathMigrationState.REARM)), "ALT_PATH", "Ethernet");
        assertEquals(PathMigrationState.MIGRATED, a.qp().query().pathMigrationState());
    }

    @Test
    void shouldRefuseAnAlternatePathThatNoDeviceCanTake() {
        final AlternatePath path = alternate();
        final int port = path.port();
        refuse(new QpAttributes().alternatePath(new AlternatePath(path.address(), port + 1, 0, 14)), "alt_port_num");
        refuse(new QpAttributes().alternatePath(new AlternatePath(path.address(), port, 65_536, 14)), "alt_pkey_index 65536");
        refuse(new QpAttributes().alternatePath(new AlternatePath(path.address(), port, 0, 32)), "alt_timeout 32");
        refuse(new QpAttributes().alternatePath(AlternatePath.of(path.address().withRoute(256, 0, 0), 0, 14)), "hop_limit 256");
        refuse(new QpAttributes().mask(QpAttributeMask.ALT_PATH), "no alternate path");
        refuse(new QpAttributes().mask(QpAttributeMask.PATH_MIG_STATE), "path_mig_state");
    }

    private void refuse(final QpAttributes wanted, final String word) {
        Refusal.of(Errno.EINVAL, () -> a.qp().modify(wanted), word);
    }

    /** The kernel's table of transitions has IBV_QP_CAP nowhere, so no driver can resize a queue pair this way. */
    @Test
    void shouldRefuseOtherCapabilities() {
        assumeModify();
        final QpCapabilities before = a.qp().query().capabilities();
        final QpCapabilities wanted = new QpCapabilities(before.maxSendWr() * 2, before.maxReceiveWr(), 1, 1, 0);
        Refusal.of(Errno.EINVAL, () -> a.qp().modify(new QpAttributes().state(QpState.RTS).capabilities(wanted)), "IBV_QP_CAP");
        assertEquals(before, a.qp().query().capabilities());
        refuse(new QpAttributes().mask(QpAttributeMask.CAP), "no capabilities");
    }

    @Test
    void shouldRefuseToPacePacketsWhereTheDeviceCannot() {
        assumeModify();
        assumeTrue(a.context().queryDeviceEx().packetPacing().qpTypes() == 0, "the device paces packets");
        Refusal.of(Errno.EOPNOTSUPP, () -> a.qp().modify(new QpAttributes().state(QpState.RTS).rateLimit(1000)));
        assertEquals(0, a.qp().query().rateLimit());
    }

    @Test
    void shouldRefuseToBeAskedAfterClose() {
        a.qp().close();
        Refusal.of(Errno.EBADF, () -> a.qp().queryInit(), "closed");
    }
}
