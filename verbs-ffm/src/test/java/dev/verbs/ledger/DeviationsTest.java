package dev.verbs.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every deviation in DEVIATIONS.md names a test that exists, in a row of its own. */
class DeviationsTest {
    private static final Pattern ROW = Pattern.compile("^\\| (?!what it does)[^|]+\\|[^|]+\\|[^|]+\\| `(\\w+)#(\\w+)` \\|$");
    private static final int LEAST_ROWS = 30;

    @Test
    void shouldNameATestForEachDeviation() throws IOException {
        final List<String> problems = new ArrayList<>();
        int rows = 0;
        for (final String line : Files.readAllLines(Path.of("DEVIATIONS.md"))) {
            if (!line.startsWith("| ") || line.startsWith("| what it does")) {
                continue;
            }
            final Matcher row = ROW.matcher(line);
            if (!row.matches()) {
                problems.add("no test in: " + line);
                continue;
            }
            rows++;
            if (!exists(row.group(1), row.group(2))) {
                problems.add("there is no " + row.group(1) + "#" + row.group(2));
            }
        }
        assertEquals(List.of(), problems);
        assertTrue(rows >= LEAST_ROWS, "only " + rows + " deviations were read");
    }

    private static boolean exists(final String type, final String method) {
        try {
            final Method[] methods = Class.forName("dev.verbs.contract." + type, false, DeviationsTest.class.getClassLoader())
                .getDeclaredMethods();
            return Stream.of(methods).anyMatch(one -> one.getName().equals(method));
        } catch (final ClassNotFoundException e) {
            return false;
        }
    }
}
