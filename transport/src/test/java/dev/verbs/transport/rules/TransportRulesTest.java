package dev.verbs.transport.rules;

import static dev.verbs.testkit.ClassRules.in;
import static dev.verbs.testkit.ClassRules.under;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.verbs.testkit.ClassRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What transports may know, read out of the compiled classes. */
class TransportRulesTest {
    private final ClassRules rules = ClassRules.of(Path.of("target", "classes"));

    @Test
    void shouldKnowNoProviderAndNoGeneratedCode() {
        assertFalse(rules.references(under("dev.verbs.transport"), in("dev.verbs")).isEmpty(), "nothing was read");
        assertEquals(List.of(), rules.references(name -> true, under("dev.verbs.transport")
            .or(in("dev.verbs", "dev.verbs.cm", "dev.verbs.spi", "dev.verbs.memory")).negate()));
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
