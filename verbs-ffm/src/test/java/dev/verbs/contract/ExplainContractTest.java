package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Errno;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.WcStatus;
import dev.verbs.WorkCompletions;
import dev.verbs.WrOpcode;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.VerbsTest;
import java.lang.foreign.Arena;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whatever the device knows: an explanation is there, agrees with the numbers beside it, and is never thrown. */
class ExplainContractTest extends VerbsTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    /** Polls one completion of the send queue. */
    private static WorkCompletions one(final Side side) {
        final WorkCompletions one = WorkCompletions.allocate(Arena.ofAuto(), 1);
        assertEquals(1, side.sendCq().poll(one, LONG), "no completion");
        return one;
    }

    @Test
    void shouldCallASuccessOne() {
        final Pair pair = pair();
        pair.a().write(1, 0, 64, pair.b(), 0);
        final WorkCompletions done = one(pair.a());
        assertEquals("success", done.reason(0));
        assertTrue(done.describe(0).contains("SUCCESS"), done.describe(0));
    }

    @Test
    void shouldExplainARefusedRemoteKey() {
        final Pair pair = pair();
        final Side a = pair.a();
        assume(a.context().device().guarantees().checksRemoteKeyAtCompletion(), a.context(), "errors of remote keys in completions");
        a.sends().clear().write(1, a.at(0), 64, a.region().lkey(), pair.b().at(0), pair.b().region().rkey() ^ 0x55,
            SendFlags.SIGNALED);
        a.postSends();
        final WorkCompletions done = one(a);
        assertEquals(WcStatus.REM_ACCESS_ERR, done.status(0));
        final String known = a.sendCq().vendorReason(done.vendorError(0));
        assertEquals(known == null ? withoutReason(done) : known, done.reason(0));
        Refusal.says(new AssertionError(done.describe(0)), "wr_id 1 on QP " + a.qp().number(), "REM_ACCESS_ERR",
            "vendor error " + done.vendorError(0));
        assertEquals(known, a.qp().firstError().reason());
        assertEquals(provider().isEmulated(), known != null, "only the software device can say more than the status");
    }

    private static String withoutReason(final WorkCompletions done) {
        final int code = done.vendorError(0);
        return done.status(0).explanation() + (code == 0 ? ""
            : "; the driver's own code is " + code + " (0x" + Integer.toHexString(code) + ")");
    }

    @Test
    void shouldExplainEveryVendorErrorOrNone() {
        final Side a = pair().a();
        for (final int code : new int[] {0, -1, 0x7FFF_FFFF, 0x8000_0000}) {
            assertNull(a.sendCq().vendorReason(code), "nothing has failed so often");
        }
    }

    @Test
    void shouldExplainARefusedPost() {
        final Side a = pair().a();
        a.sends().clear();
        a.sends().add(1, WrOpcode.SEND.code(), SendFlags.SIGNALED);
        assertEquals("1 of 1 requests have not been posted", a.qp().explain(a.sends()));
        final int entries = DeviceProfile.of(a.context()).refusedEntries(a.context(), a.qp().config().maxSendSge());
        final SendRequests wide = SendRequests.allocate(Arena.ofAuto(), 1, entries);
        final int index = wide.add(7, WrOpcode.SEND.code(), SendFlags.SIGNALED);
        for (int i = 0; i < entries; i++) {
            wide.addLocal(index, a.at(0), 1, a.region().lkey());
        }
        assertEquals(0, a.qp().postSend(wide), "more entries than the queue pair was made for");
        final String why = a.qp().explain(wide);
        assertTrue(why.startsWith(Errno.name(wide.errno()) + " at request 0 of 1"), why);
        assertEquals(provider().isEmulated(), why.contains("num_sge " + entries + " is not in 0 .. "), why);
    }

    @Test
    void shouldSayThatNothingWasRefused() {
        final Pair pair = pair();
        pair.a().write(1, 0, 64, pair.b(), 0);
        pair.a().awaitSend();
        assertEquals("all requests were accepted", pair.a().qp().explain(pair.a().sends()));
    }

    @Test
    void shouldExplainAPostToAClosedQueuePair() {
        final Side a = pair().a();
        a.sends().clear().write(1, a.at(0), 0, 0, a.at(0), 0, 0);
        a.qp().close();
        assertTrue(a.qp().postSend(a.sends()) < 0);
        assertEquals(a.qp().describe() + " is closed", a.qp().explain(a.sends()));
    }
}
