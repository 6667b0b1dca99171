package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.CompletionChannel;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.VerbsException;
import dev.verbs.WcOpcode;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Announcements: several queues on one channel, several completions in one announcement, the descriptor, waiters that are disturbed. */
class CompletionChannelEventsContractTest extends VerbsTest {
    private static final short POLLIN = 1;

    private Pair channelPair() {
        return pair(PairConfig.DEFAULT.withChannels());
    }

    /** A queue that is armed: it announces as soon as something completes. */
    private CompletionQueue announcing(final Context context, final CompletionChannel channel) {
        final CompletionQueue cq = own(context.createCompletionQueue(8, channel));
        cq.requestNotification(false);
        return cq;
    }

    private void exchange(final Pair pair, final int id) {
        pair.b().receive(id, 0, 64);
        pair.a().send(id, 0, 64);
        pair.a().awaitSend();
    }

    @SuppressWarnings("restricted")
    private static boolean isReadable(final int fd, final Duration timeout) {
        final MethodHandle poll = Linker.nativeLinker().downcallHandle(Linker.nativeLinker().defaultLookup().findOrThrow("poll"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment set = arena.allocate(8, 4);
            set.set(ValueLayout.JAVA_INT, 0, fd);
            set.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
            return (int)poll.invokeExact(set, 1L, (int)timeout.toMillis()) == 1;
        } catch (final Throwable t) {
            throw new AssertionError(t);
        }
    }

    private static int fd(final CompletionChannel channel) {
        try {
            return channel.fd();
        } catch (final VerbsException e) {
            Assumptions.assumeTrue(e.errno() != Errno.EOPNOTSUPP, e.getMessage());
            throw e;
        }
    }

    @Test
    void shouldAnnounceManyCompletionsOnce() {
        final Pair pair = channelPair();
        final Side b = pair.b();
        b.receiveCq().requestNotification(false);
        for (int i = 0; i < 8; i++) {
            exchange(pair, i);
        }
        assertSame(b.receiveCq(), b.receiveChannel().await(TestProvider.deadline()));
        assertEquals(8, b.awaitReceives(8).size());
        assertNull(b.receiveChannel().await(TestProvider.pause()), "announced again without a request");
    }

    @Test
    void shouldAnnounceAgainWhenAskedAgain() {
        final Pair pair = channelPair();
        final Side b = pair.b();
        for (int i = 0; i < 5; i++) {
            b.receiveCq().requestNotification(false);
            exchange(pair, i);
            assertSame(b.receiveCq(), b.receiveChannel().await(TestProvider.deadline()));
            b.awaitReceive().expect(i, WcOpcode.RECV);
        }
        assertNull(b.receiveChannel().poll());
    }

    @Test
    void shouldAnnounceOnceForSeveralRequests() {
        final Pair pair = channelPair();
        final Side b = pair.b();
        b.receiveCq().requestNotification(false);
        b.receiveCq().requestNotification(false);
        exchange(pair, 1);
        assertSame(b.receiveCq(), b.receiveChannel().await(TestProvider.deadline()));
        b.awaitReceive();
        exchange(pair, 2);
        b.awaitReceive();
        assertNull(b.receiveChannel().await(TestProvider.pause()), "the second request still counted");
    }

    @Test
    void shouldNotWeakenARequestForAllBySolicitedOnly() {
        final Pair pair = channelPair();
        final Side b = pair.b();
        assume(DeviceProfile.of(b.context()).keepsRequestsForAll(), b.context(), "to keep a request for all announcements");
        b.receiveCq().requestNotification(false);
        b.receiveCq().requestNotification(true);
        exchange(pair, 1);
        assertSame(b.receiveCq(), b.receiveChannel().await(TestProvider.deadline()));
        b.awaitReceive();
    }

    @Test
    void shouldSayWhichOfSeveralQueuesAnnounced() {
        final Pair one = channelPair();
        final Context context = one.b().context();
        final CompletionChannel channel = own(context.createCompletionChannel());
        final CompletionQueue first = announcing(context, channel);
        final CompletionQueue second = announcing(context, channel);
        assertNotSame(first, second);
        final Set<CompletionQueue> expected = Set.of(first, second);
        flush(one.b(), first);
        flush(one.b(), second);
        final Set<CompletionQueue> seen = new HashSet<>();
        seen.add(channel.await(TestProvider.deadline()));
        seen.add(channel.await(TestProvider.deadline()));
        assertEquals(expected, seen);
        assertNull(channel.poll());
    }

    /** Makes something complete in a queue: a receive of a queue pair that goes to ERR. */
    private QueuePair flush(final Side side, final CompletionQueue cq) {
        final QueuePair qp = own(side.domain().createQueuePair(QueuePairConfig.rc(cq, 4, 4)));
        assume(side.context().device().guarantees().connectsByModify(), side.context(), "connecting by modify");
        qp.modify(new QpAttributes().state(QpState.INIT).port(side.port().port()).pkeyIndex(0).accessFlags(0));
        side.receives().clear().receive(5, side.at(0), 64, side.region().lkey());
        assertEquals(1, qp.postReceive(side.receives()));
        qp.modify(PairConfig.toError());
        return qp;
    }

    @Test
    void shouldAnnounceOnlyQueuesThatAsked() {
        final Side side = channelPair().b();
        final CompletionChannel channel = own(side.context().createCompletionChannel());
        final CompletionQueue silent = own(side.context().createCompletionQueue(8, channel));
        final CompletionQueue armed = announcing(side.context(), channel);
        flush(side, silent);
        flush(side, armed);
        assertSame(armed, channel.await(TestProvider.deadline()));
        assertNull(channel.await(TestProvider.pause()));
    }

    @Test
    void shouldDropTheAnnouncementOfAClosedQueueAndKeepOthers() {
        final Side side = channelPair().b();
        final CompletionChannel channel = own(side.context().createCompletionChannel());
        final CompletionQueue gone = own(side.context().createCompletionQueue(8, channel));
        gone.requestNotification(false);
        final QueuePair qp = flush(side, gone);
        final CompletionQueue stays = announcing(side.context(), channel);
        flush(side, stays);
        qp.close();
        gone.close();
        assertSame(stays, channel.await(TestProvider.deadline()));
        assertNull(channel.poll());
    }

    @Test
    void shouldPollWithoutWaiting() {
        final Pair pair = channelPair();
        final Side b = pair.b();
        assertNull(b.receiveChannel().poll());
        b.receiveCq().requestNotification(false);
        assertNull(b.receiveChannel().poll());
        exchange(pair, 1);
        b.awaitReceive();
        final List<CompletionQueue> found = new ArrayList<>();
        assertTrue(Waiting.until(TestProvider.deadline(), () -> {
            final CompletionQueue cq = b.receiveChannel().poll();
            if (cq != null) {
                found.add(cq);
            }
            return cq != null;
        }));
        assertEquals(List.of(b.receiveCq()), found);
        assertNull(b.receiveChannel().poll());
    }

    @Test
    void shouldMakeItsDescriptorReadable() {
        final Pair pair = channelPair();
        final Side b = pair.b();
        final int fd = fd(b.receiveChannel());
        b.receiveCq().requestNotification(false);
        assertFalse(isReadable(fd, Duration.ZERO));
        exchange(pair, 1);
        assertTrue(isReadable(fd, TestProvider.deadline()), "not readable after an announcement");
        assertSame(b.receiveCq(), b.receiveChannel().poll());
        assertFalse(isReadable(fd, Duration.ZERO), "still readable after its only announcement was taken");
        b.awaitReceive();
    }

    @Test
    void shouldServeAnApplicationThatPollsTheDescriptor() {
        final int messages = 50;
        final Pair pair = channelPair();
        final Side b = pair.b();
        final int fd = fd(b.receiveChannel());
        for (int i = 0; i < messages; i++) {
            b.receiveCq().requestNotification(false);
            exchange(pair, i);
            assertTrue(isReadable(fd, TestProvider.deadline()), "message " + i + " was not announced");
            assertSame(b.receiveCq(), b.receiveChannel().poll());
            b.awaitReceive().expect(i, WcOpcode.RECV);
        }
    }

    @Test
    void shouldRefuseTheDescriptorAfterClose() {
        final CompletionChannel channel = own(openContext().createCompletionChannel());
        channel.close();
        Refusal.of(Errno.EBADF, channel::fd, "closed");
        Refusal.of(Errno.EBADF, channel::poll, "closed");
    }

    @Test
    void shouldEndTheWaitOfAnInterruptedThread() {
        final CompletionChannel channel = own(openContext().createCompletionChannel());
        final Waiting.Pending<CompletionQueue> waiter = Waiting.start("waiter", () -> channel.await(Duration.ofMinutes(5)));
        Waiting.until(TestProvider.pause(), () -> !waiter.thread().isAlive()); // lets it get there; late is right too
        waiter.thread().interrupt();
        Refusal.of(Errno.EINTR, waiter::get, "interrupted");
        assertNull(channel.poll(), "the channel lives on");
    }

    @Test
    void shouldShareAnnouncementsAmongWaiters() {
        final Side side = channelPair().b();
        final CompletionChannel channel = own(side.context().createCompletionChannel());
        final CompletionQueue first = announcing(side.context(), channel);
        final CompletionQueue second = announcing(side.context(), channel);
        final Waiting.Pending<CompletionQueue> one = Waiting.start("one", () -> channel.await(TestProvider.deadline()));
        final Waiting.Pending<CompletionQueue> two = Waiting.start("two", () -> channel.await(TestProvider.deadline()));
        flush(side, first);
        flush(side, second);
        assertEquals(Set.of(first, second), Set.of(one.get(TestProvider.deadline().multipliedBy(2)),
            two.get(TestProvider.deadline().multipliedBy(2))));
    }

    @Test
    void shouldCloseWithAnnouncementsThatNobodyTook() {
        final Side side = channelPair().b();
        final CompletionChannel channel = own(side.context().createCompletionChannel());
        final CompletionQueue cq = announcing(side.context(), channel);
        flush(side, cq).close();
        cq.close();
        channel.close();
    }
}
