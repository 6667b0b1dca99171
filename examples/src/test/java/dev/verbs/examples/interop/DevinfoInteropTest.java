package dev.verbs.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.examples.CommandRun;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code ibv_devinfo} and {@code verbs devices}, line by line: two columns of every attribute that is swapped or misread show. */
@ExtendWith(RealDevice.class)
class DevinfoInteropTest {
    private static List<String> words(final String output) {
        return output.lines().map(line -> line.strip().replaceAll("\\s+", " ")).filter(line -> !line.isEmpty()).toList();
    }

    private static void compare(final String... options) {
        try (CProcess c = CProcess.start(command(CProcess.tool("ibv_devinfo", "ibverbs-utils"), "-d", Interop.device(), options))) {
            assertEquals(0, c.await(Interop.DEADLINE), c::toString);
            final CommandRun java = Interop.run("devices", options);
            assertEquals(0, java.exitCode(), java::toString);
            assertTrue(words(c.output()).size() > 10, c::toString);
            assertEquals(words(c.output()), words(java.out()));
        }
    }

    private static String[] command(final String tool, final String flag, final String device, final String... options) {
        final String[] all = new String[options.length + 3];
        all[0] = tool;
        all[1] = flag;
        all[2] = device;
        System.arraycopy(options, 0, all, 3, options.length);
        return all;
    }

    @Test
    void shouldTellWhatDevinfoTells() {
        compare();
    }

    @Test
    void shouldTellEveryAttributeAsDevinfoDoes() {
        compare("-v");
    }
}
