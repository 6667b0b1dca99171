package dev.verbs.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Every row of the soft device's fidelity table names contract tests, and they exist. */
class FidelityTest {
    private static final Path TABLE = Path.of("src/main/java/dev/verbs/soft/package-info.java");
    private static final Pattern ROW = Pattern.compile("<tr><td>(.*?)</td><td>(.*?)</td>\\s*<td>(.*?)</td></tr>", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("\\{@code ([^}]*)}");

    /** How a behaviour is treated, and how many rows there are at least. */
    private enum How {
        MODELLED("modelled", 35), STRICTER("stricter", 6), NOT_MODELLED("not modelled", 5);

        private final String text;
        private final int least;

        How(final String text, final int least) {
            this.text = text;
            this.least = least;
        }

        static How of(final String text) {
            return Stream.of(values()).filter(each -> each.text.equals(text)).findFirst()
                .orElseThrow(() -> new AssertionError("a row says '" + text + "'"));
        }
    }

    private static List<String[]> rows() throws IOException {
        final List<String[]> rows = new ArrayList<>();
        final String page = Files.readString(TABLE).replaceAll("(?m)^ \\* ?", "");
        final Matcher row = ROW.matcher(page);
        while (row.find()) {
            rows.add(new String[] {row.group(1), row.group(2), row.group(3)});
        }
        assertEquals(page.split("<tr><td>", -1).length - 1, rows.size(), "rows that are not of three cells");
        return rows;
    }

    @Test
    void shouldNameTestsThatExistInEachRow() throws IOException {
        final List<String> problems = new ArrayList<>();
        for (final String[] row : rows()) {
            final Matcher named = CODE.matcher(row[2]);
            int tests = 0;
            while (named.find()) {
                tests++;
                if (!isTest(named.group(1))) {
                    problems.add("there is no test " + named.group(1) + " of: " + row[1]);
                }
            }
            if (tests == 0) {
                problems.add("no test of: " + row[1]);
            }
        }
        assertEquals(List.of(), problems);
    }

    @Test
    void shouldHaveAllItsRows() throws IOException {
        final Map<How, Integer> counts = new EnumMap<>(How.class);
        rows().forEach(row -> counts.merge(How.of(row[0]), 1, Integer::sum));
        for (final How how : How.values()) {
            assertTrue(counts.getOrDefault(how, 0) >= how.least, how.text + ": " + counts);
        }
    }

    private static boolean isTest(final String name) {
        final String[] parts = name.split("#", -1);
        if (parts.length != 2) {
            return false;
        }
        try {
            final Method[] methods = Class.forName("dev.verbs.contract." + parts[0], false, FidelityTest.class.getClassLoader())
                .getDeclaredMethods();
            return Stream.of(methods).anyMatch(one -> one.getName().equals(parts[1])
                && (one.isAnnotationPresent(Test.class) || one.isAnnotationPresent(ParameterizedTest.class)));
        } catch (final ClassNotFoundException e) {
            return false;
        }
    }
}
