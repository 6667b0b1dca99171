package dev.verbs.stream.rules;

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

/** Stream operators reach the network through their exchange alone. */
class StreamRulesTest {
    private static final Predicate<String> EXCHANGE = in("dev.verbs.stream.exchange");

    /** Says where and how, and moves nothing: a program hands it through to the exchange. */
    private static final Set<String> HARMLESS = Set.of("dev.verbs.PortOptions", "dev.verbs.spi.VerbsProvider");
    private static final Predicate<String> NETWORK = under("dev.verbs.stream").or(HARMLESS::contains).negate();

    private final ClassRules rules = ClassRules.of(Path.of("target", "classes"));

    @Test
    void shouldReachTheNetworkThroughTheExchangeOnly() {
        assertFalse(rules.references(EXCHANGE, under("dev.verbs.transport")).isEmpty(), "nothing was read");
        assertEquals(List.of(), rules.references(EXCHANGE.negate(), NETWORK));
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
