package dev.verbs.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.DeviceAttributes;
import dev.verbs.ProtectionDomain;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.VerbsException;
import dev.verbs.spi.Availability;
import java.lang.reflect.RecordComponent;
import java.util.Set;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Profiles by name, that the strict one is nowhere better than another, and that each enforces what it says. */
class SoftProfileTest {
    private final String before = System.getProperty(SoftProfile.PROPERTY);

    @AfterEach
    void putBack() {
        if (before == null) {
            System.clearProperty(SoftProfile.PROPERTY);
        } else {
            System.setProperty(SoftProfile.PROPERTY, before);
        }
    }

    @ParameterizedTest
    @EnumSource(SoftProfile.class)
    void shouldBeFoundByName(final SoftProfile profile) {
        assertEquals(profile, SoftProfile.of(profile.label()));
        System.setProperty(SoftProfile.PROPERTY, profile.name());
        assertEquals(profile, SoftConfig.fromProperties().profile());
        try (SoftProvider provider = new SoftProvider()) {
            assertTrue(provider.availability().reason().contains(profile.label()));
            assertEquals(profile.guarantees(), provider.devices().getFirst().guarantees());
        }
    }

    @Test
    void shouldBeStrictByDefault() {
        System.clearProperty(SoftProfile.PROPERTY);
        assertEquals(SoftProfile.STRICT, SoftConfig.fromProperties().profile());
    }

    @Test
    void shouldNameTheProfilesThatThereAre() {
        System.setProperty(SoftProfile.PROPERTY, "mlx4");
        final String message = assertThrows(IllegalArgumentException.class, SoftConfig::fromProperties).getMessage();
        for (final SoftProfile profile : SoftProfile.values()) {
            assertTrue(message.contains(profile.label()), message);
        }
        assertTrue(message.contains("-Ddev.verbs.soft.profile=mlx4"), message);
        try (SoftProvider provider = new SoftProvider()) {
            final Availability answer = provider.availability();
            assertFalse(answer.usable());
            assertEquals(message, answer.reason());
        }
    }

    /** A 0 says that a device lacks the thing; addresses of hosts and sizes of pages are no limits. */
    @ParameterizedTest
    @EnumSource(SoftProfile.class)
    void shouldBeNowhereBetterThanAnotherIfStrict(final SoftProfile other) throws ReflectiveOperationException {
        for (final RecordComponent field : DeviceAttributes.class.getRecordComponents()) {
            if (field.getName().startsWith("max")) {
                final long strict = ((Number)field.getAccessor().invoke(SoftProfile.STRICT.device())).longValue();
                final long most = ((Number)field.getAccessor().invoke(other.device())).longValue();
                assertTrue(most == 0 || strict <= most, field.getName() + " " + strict + ", " + other + " " + most);
            }
        }
        assertTrue(SoftProfile.STRICT.maxInlineData() <= other.maxInlineData());
        assertTrue(SoftProfile.STRICT.port().maxMessageSize() <= other.port().maxMessageSize());
        assertTrue(SoftProfile.STRICT.device().localCaAckDelay() >= other.device().localCaAckDelay());
    }

    private static void enforce(final ProtectionDomain domain, final QueuePairConfig within, final QueuePairConfig beyond,
        final String limit) {
        try (QueuePair made = domain.createQueuePair(within)) {
            assertTrue(made.config().maxSendWr() >= within.maxSendWr());
            assertTrue(made.config().maxInlineData() >= within.maxInlineData());
        }
        final String refused = assertThrows(VerbsException.class, () -> domain.createQueuePair(beyond)).getMessage();
        assertTrue(refused.contains(limit), refused);
    }

    @ParameterizedTest
    @EnumSource(SoftProfile.class)
    void shouldEnforceTheLimitsOfQueuePairs(final SoftProfile profile) {
        final DeviceAttributes limits = profile.device();
        try (SoftProvider provider = new SoftProvider(new SoftConfig(profile)); Context context = provider.devices().getFirst().open();
             ProtectionDomain domain = context.allocateProtectionDomain(); CompletionQueue cq = context.createCompletionQueue(4)) {
            final QueuePairConfig small = QueuePairConfig.rc(cq, 1, 1).withSge(1, 1).withInline(0);
            enforce(domain, small.withSge(limits.maxSge(), 1), small.withSge(limits.maxSge() + 1, 1), "max_send_sge");
            enforce(domain, small.withSge(1, limits.maxSge()), small.withSge(1, limits.maxSge() + 1), "max_recv_sge");
            enforce(domain, small.withInline(profile.maxInlineData()), small.withInline(profile.maxInlineData() + 1), "max_inline_data");
            enforce(domain, small, QueuePairConfig.rc(cq, limits.maxQpWr() + 1, 1), "max_send_wr");
            enforce(domain, small, QueuePairConfig.rc(cq, 1, limits.maxQpWr() + 1), "max_recv_wr");
            assertThrows(VerbsException.class, () -> context.createCompletionQueue(limits.maxCqe() + 1));
        }
    }

    /** mlx5_calc_sq_size(): a connection that can do everything takes 256 bytes a request, so 8192 of them fill 32768 blocks. */
    @ParameterizedTest
    @EnumSource(value = SoftProfile.class, names = {"STRICT", "MLX5"})
    void shouldCountBlocksOfASendQueueLikeMlx5(final SoftProfile profile) {
        try (SoftProvider provider = new SoftProvider(new SoftConfig(profile)); Context context = provider.devices().getFirst().open();
             ProtectionDomain domain = context.allocateProtectionDomain(); CompletionQueue cq = context.createCompletionQueue(4)) {
            enforce(domain, QueuePairConfig.rc(cq, 8_192, 1).withSge(1, 1).withInline(0),
                QueuePairConfig.rc(cq, 8_193, 1).withSge(1, 1).withInline(0), "65536 blocks of 64");
        }
    }

    @Test
    void shouldGiveEachHostAGuidOfItsOwn() {
        final SoftFabric fabric = new SoftFabric(SystemNanoClock.INSTANCE, 1);
        final SoftHost one = fabric.addHost("one", SoftProfile.STRICT);
        final SoftHost two = fabric.addHost("two", SoftProfile.RXE);
        assertNotEquals(one.device().guid(), two.device().guid());
        for (final SoftHost host : Set.of(one, two)) {
            try (Context context = host.device().open()) {
                assertEquals(host.device().guid(), context.queryDevice().nodeGuid());
                assertEquals(host.device().guid(), context.queryDevice().systemImageGuid());
            }
        }
    }
}
