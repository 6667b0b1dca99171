package dev.verbs.memory.rules;

import static dev.verbs.testkit.ClassRules.in;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.verbs.testkit.ClassRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What registered memory may know, read out of the compiled classes. */
class MemoryRulesTest {
    private final ClassRules rules = ClassRules.of(Path.of("target", "classes"));

    @Test
    void shouldKnowTheApiOnly() {
        assertFalse(rules.references(in("dev.verbs.memory"), in("dev.verbs")).isEmpty(), "nothing was read");
        assertEquals(List.of(), rules.references(name -> true, in("dev.verbs.memory", "dev.verbs").negate()));
    }

    @Test
    void shouldHaveNoStaticStateThatCanChange() {
        assertEquals(List.of(), rules.staticState(Map.of()));
    }
}
