package dev.verbs.join.rules;

import static dev.verbs.testkit.ClassRules.in;
import static dev.verbs.testkit.ClassRules.under;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.verbs.testkit.ClassRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Join operators reach the network through their ring alone. */
class JoinRulesTest {
    private static final Predicate<String> RING = in("dev.verbs.join.ring");

    /** Says where and how, and moves nothing: a program hands it through to the ring. */
    private static final Set<String> HARMLESS = Set.of("dev.verbs.PortOptions", "dev.verbs.spi.VerbsProvider", "dev.verbs.Errno",
        "dev.verbs.VerbsException", "dev.verbs.transport.Agents", "dev.verbs.transport.ring.RingConfig");
    private static final Predicate<String> NETWORK = under("dev.verbs.join").or(HARMLESS::contains).negate();

    private final ClassRules rules = ClassRules.of(Path.of("target", "classes"));

    @Test
    void shouldReachTheNetworkThroughTheRingOnly() {
        assertFalse(rules.references(RING, under("dev.verbs.transport")).isEmpty(), "nothing was read");
        assertEquals(List.of(), rules.references(RING.negate(), NETWORK));
    }

    @Test
    void shouldKnowNoProvider() {
        assertEquals(List.of(), rules.references(name -> true, in("dev.verbs.ibv", "dev.verbs.soft", "dev.verbs.headers")));
    }

    @Test
    void shouldMakeNoRestrictedCalls() {
        assertEquals(List.of(), rules.restrictedCalls(name -> false));
    }

    @Test
    void shouldHaveNoStaticStateThatCanChange() {
        assertEquals(List.of(), rules.staticState(Map.of()));
    }
}
