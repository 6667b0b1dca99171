package dev.verbs.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.testkit.ContractCounter;
import dev.verbs.testkit.TestProvider;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Runs after all other tests of the module, in a Surefire execution of its own: so many contract tests must have run. */
class ContractFloorTest {
    private static final int FLOOR = 500;

    @Test
    void shouldHaveRunEnoughContractTestsOnTheSoftwareDevice() throws IOException {
        final Path file = ContractCounter.file(TestProvider.SOFT);
        assertTrue(Files.exists(file), "no contract test ran: " + file + " is missing");
        final Properties counts = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            counts.load(reader);
        }
        final int run = Integer.parseInt(counts.getProperty("run"));
        assertTrue(run >= FLOOR, "only " + run + " contract tests ran on soft, the floor is " + FLOOR + "; skipped: "
            + counts.getProperty("reasons"));
        assertEquals("0", counts.getProperty("failed"), counts.getProperty("failures"));
    }
}
