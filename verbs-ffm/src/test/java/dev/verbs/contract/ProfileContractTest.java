package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verbs.Context;
import dev.verbs.DeviceAttributes;
import dev.verbs.PortAttributes;
import dev.verbs.QueuePairConfig;
import dev.verbs.soft.SoftConfig;
import dev.verbs.soft.SoftProfile;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The profile of the software device that is named after the device under test has that device's limits, and the strict one is
 * nowhere above any device: run on rdma_rxe and siw. mlx5's limits are not verified, for want of one. On the software device: it
 * shows its own.
 */
class ProfileContractTest extends VerbsTest {
    /** What the software device can hold less of than the real one, and names of its own. */
    private static final Set<String> OWN = Set.of("firmwareVersion", "nodeGuid", "systemImageGuid", "maxMrSize", "pageSizes", "maxMr",
        "maxMw", "flags");

    private Side side;
    private SoftProfile profile;

    @BeforeEach
    void findProfile() {
        side = unconnectedPair(PairConfig.DEFAULT).a();
        final Context context = side.context();
        profile = switch (Driver.of(context)) {
            case RXE -> SoftProfile.RXE;
            case SIW -> SoftProfile.SIW;
            case RXE_LATER, OTHER -> TestProvider.isSoft() ? SoftConfig.fromProperties().profile() : null;
        };
    }

    private void assumeNamed() {
        assumeTrue(profile != null, () -> "no profile is named after " + side.context().device().name() + " of this kernel");
    }

    /** What passes under the strict profile must not fail here for a limit. A 0 says that the device lacks the thing. */
    @Test
    void shouldAllowWhateverTheStrictProfileAllows() throws ReflectiveOperationException {
        final DeviceAttributes real = side.context().queryDevice();
        final List<String> beyond = new ArrayList<>();
        for (final RecordComponent field : DeviceAttributes.class.getRecordComponents()) {
            if (field.getName().startsWith("max")) {
                final long strict = ((Number)field.getAccessor().invoke(SoftProfile.STRICT.device())).longValue();
                final long most = ((Number)field.getAccessor().invoke(real)).longValue();
                if (most != 0 && Long.compareUnsigned(strict, most) > 0) {
                    beyond.add(field.getName() + ": " + strict + ", the device has " + most);
                }
            }
        }
        assertEquals(List.of(), beyond);
        assertTrue(SoftProfile.STRICT.port().maxMessageSize() <= side.context().queryPort(side.port().port()).maxMessageSize());
    }

    /** Which no attribute of a device tells: entries, inline bytes and depth, all at once. */
    @Test
    void shouldGrantWhatTheStrictProfileGrants() {
        final DeviceAttributes strict = SoftProfile.STRICT.device();
        final QueuePairConfig most = side.qp().config().withSge(strict.maxSge(), strict.maxSge())
            .withInline(SoftProfile.STRICT.maxInlineData());
        final QueuePairConfig granted = own(side.domain().createQueuePair(most)).config();
        assertTrue(granted.maxSendSge() >= strict.maxSge() && granted.maxReceiveSge() >= strict.maxSge(), granted::toString);
        assertTrue(granted.maxInlineData() >= SoftProfile.STRICT.maxInlineData(), granted::toString);
    }

    private static List<String> differences(final Record imitated, final Record real, final Set<String> except)
        throws ReflectiveOperationException {
        final List<String> found = new ArrayList<>();
        for (final RecordComponent field : real.getClass().getRecordComponents()) {
            if (!except.contains(field.getName())) {
                final Object expected = field.getAccessor().invoke(real);
                final Object actual = field.getAccessor().invoke(imitated);
                if (!expected.equals(actual)) {
                    found.add(field.getName() + ": " + actual + " instead of " + expected);
                }
            }
        }
        return found;
    }

    @Test
    void shouldHaveTheLimitsOfTheDevice() throws ReflectiveOperationException {
        assumeNamed();
        assertEquals(List.of(), differences(profile.device(), side.context().queryDevice(), OWN));
    }

    @Test
    void shouldNeverAllowMoreThanTheDevice() {
        assumeNamed();
        final DeviceAttributes imitated = profile.device();
        final DeviceAttributes real = side.context().queryDevice();
        assertTrue(imitated.maxMr() <= real.maxMr(), "max_mr");
        assertTrue(imitated.maxMw() <= real.maxMw(), "max_mw");
        assertEquals(0, imitated.flags() & ~real.flags(), "flags that the device does not have");
    }

    @Test
    void shouldHaveTheLimitsOfThePort() {
        assumeNamed();
        final PortAttributes imitated = profile.port();
        final PortAttributes real = side.context().queryPort(side.port().port());
        assertEquals(real.maxMtu(), imitated.maxMtu());
        assertEquals(real.maxMessageSize(), imitated.maxMessageSize());
        assertEquals(real.gidTableLength(), imitated.gidTableLength());
        assertEquals(real.pkeyTableLength(), imitated.pkeyTableLength());
        assertEquals(real.maxVl(), imitated.maxVl());
    }

    @Test
    void shouldPromiseWhatTheDevicePromises() {
        assumeNamed();
        assertEquals(side.context().device().guarantees(), profile.guarantees());
    }

    /** Which no attribute of a device tells. */
    @Test
    void shouldGrantAsManyInlineBytesAsTheDevice() {
        assumeNamed();
        final QueuePairConfig most = side.qp().config().withSge(1, 1).withInline(profile.maxInlineData());
        assertTrue(own(side.domain().createQueuePair(most)).config().maxInlineData() >= profile.maxInlineData());
    }

    @Test
    void shouldShowItsOwnGuid() {
        assertEquals(side.context().device().guid(), side.context().queryDevice().nodeGuid());
    }
}
