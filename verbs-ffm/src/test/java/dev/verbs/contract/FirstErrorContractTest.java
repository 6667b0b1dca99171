package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.CompletionError;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.SendFlags;
import dev.verbs.WcStatus;
import dev.verbs.testkit.Completion;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.VerbsTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Flushes point at what failed first. */
class FirstErrorContractTest extends VerbsTest {
    private Pair failedPair() {
        final Pair pair = pair();
        final Side a = pair.a();
        assume(a.context().device().guarantees().checksRemoteKeyAtCompletion(), a.context(), "errors of remote keys in completions");
        assume(a.context().device().guarantees().flushesAfterError(), a.context(), "flushes after errors");
        final int good = pair.b().region().rkey();
        a.sends().clear();
        for (int i = 0; i < 4; i++) {
            a.sends().write(i, a.at(0), 64, a.region().lkey(), pair.b().at(0), i == 1 ? good ^ 0x55 : good, SendFlags.SIGNALED);
        }
        a.postSends();
        return pair;
    }

    @Test
    void shouldKnowNoErrorWhileAllIsWell() {
        final Pair pair = pair();
        pair.a().write(1, 0, 64, pair.b(), 0);
        pair.a().awaitSend();
        assertNull(pair.a().qp().firstError());
        assertNull(pair.a().sendCq().firstError(pair.a().qp().number()));
        assertNull(pair.a().sendCq().firstError(pair.a().qp().number() ^ 0xFF));
    }

    @Test
    void shouldKeepTheFirstError() {
        final Side a = failedPair().a();
        a.awaitSends(4);
        final CompletionError first = a.qp().firstError();
        assertEquals(WcStatus.REM_ACCESS_ERR, first.status());
        assertEquals(WcStatus.REM_ACCESS_ERR.code(), first.statusCode());
        assertEquals(1, first.wrId());
        assertEquals(a.qp().number(), first.qpNumber());
        assertFalse(first.isFlush());
        assertEquals(first, a.sendCq().firstError(a.qp().number()));
    }

    @Test
    void shouldPointFromFlushesToTheFirstError() {
        final Side a = failedPair().a();
        final List<Completion> done = a.awaitSends(4);
        final String flushed = done.get(3).expectError(3, WcStatus.WR_FLUSH_ERR, a.qp().number()).description();
        Refusal.says(new AssertionError(flushed), "wr_id 3 on QP " + a.qp().number(), "WR_FLUSH_ERR", "vendor error",
            "first cause: wr_id 1 on QP " + a.qp().number() + ": REM_ACCESS_ERR");
        assertFalse(done.get(1).description().contains("first cause"), done.get(1).description());
    }

    @Test
    void shouldSayOfAFlushWithoutErrorThatItIsOne() {
        final Pair pair = pair();
        final Side a = pair.a();
        assume(a.context().device().guarantees().flushesAfterError(), a.context(), "flushes after errors");
        a.receive(5, 0, 64);
        a.qp().modify(PairConfig.toError());
        final Completion flushed = a.awaitReceive().expectError(5, WcStatus.WR_FLUSH_ERR, a.qp().number());
        assertFalse(flushed.description().contains("first cause"), flushed.description());
        assertTrue(a.qp().firstError().isFlush());
    }

    @Test
    void shouldPreferAnErrorToTheFlushesThatWerePolledBeforeIt() {
        final Pair pair = pair();
        final Side a = pair.a();
        assume(a.context().device().guarantees().checksRemoteKeyAtCompletion(), a.context(), "errors of remote keys in completions");
        assume(a.context().device().guarantees().flushesAfterError(), a.context(), "flushes after errors");
        a.receive(5, 0, 64);
        a.sends().clear().write(6, a.at(0), 64, a.region().lkey(), pair.b().at(0), pair.b().region().rkey() ^ 0x55,
            SendFlags.SIGNALED);
        a.postSends();
        a.awaitReceive().expectError(5, WcStatus.WR_FLUSH_ERR, a.qp().number());
        assertTrue(a.qp().firstError().isFlush());
        a.awaitSend();
        assertEquals(6, a.qp().firstError().wrId());
    }

    @Test
    void shouldForgetItWithTheReset() {
        final Side a = failedPair().a();
        assume(a.context().device().guarantees().connectsByModify(), a.context(), "connecting by modify");
        a.awaitSends(4);
        a.qp().modify(new QpAttributes().state(QpState.RESET));
        assertNull(a.qp().firstError());
    }
}
