package dev.verbs.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerbsCommandTest {
    @ParameterizedTest
    @ValueSource(strings = {"demo", "pingpong", "rping", "rdma-server", "rdma-client", "cmatose", "udaddy", "mckey", "devices", "gids",
        "doctor"})
    void shouldExplainEveryCommand(final String command) {
        final CommandRun run = CommandRun.of(command, "--help");
        assertEquals(0, run.exitCode(), run::toString);
        assertTrue(run.out().contains("Usage: verbs " + command), run::toString);
        assertTrue(run.out().contains("--provider"), run::toString);
        assertTrue(CommandRun.of("--help").out().contains("\n  " + command), "the list names " + command);
    }

    @Test
    void shouldTellItsVersion() {
        final CommandRun run = CommandRun.of("--version");
        assertEquals(0, run.exitCode(), run::toString);
        assertTrue(run.out().matches("verbs-ffm \\d+\\.\\d+\\.\\d+\\S*, Java 2[5-9].*\\R"), run::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "''                                            | which command",
        "pingpong --no-such-option                     | no-such-option",
        "pingpong -s 0                                 | size 0 is not in 1 ..",
        "pingpong -s many                              | many",
        "pingpong -r 1                                 | rx-depth 1 is not in 2 ..",
        "pingpong -n 0                                 | iters 0",
        "pingpong -l 16                                | sl 16",
        "pingpong --mtu 1500                           | mtu 1500 is not one of 256, 512, 1024, 2048, 4096",
        "pingpong -m 9000                              | mtu 9000",
        "pingpong -g -5                                | gid-index -5",
        "pingpong -p 70000                             | tcp-port 70000",
        "pingpong --timeout 0                          | timeout 0",
        "pingpong a b                                  | Unmatched argument",
        "rping -s -c                                   | -s and -c exclude each other",
        "rping -S 22                                   | size 22 is not in 23 .. 65535",
        "rping -S 65536                                | size 65536",
        "rping -C -1                                   | count -1",
        "devices --mtu 1500                            | mtu 1500",
        "gids --port -1                                | port -1",
        "doctor --gid-index -7                         | gid-index -7",
        "rping -p 0                                    | cm-port 0",
    })
    void shouldRefuseBadOptionsInOneSentence(final String line, final String expected) {
        final CommandRun run = CommandRun.of(line.isEmpty() ? new String[0] : line.split(" "));
        assertEquals(2, run.exitCode(), run::toString);
        assertTrue(run.isOneSentence(), run::toString);
        assertTrue(run.err().contains(expected), run::toString);
        assertTrue(run.err().contains("--help"), run::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "pingpong --provider nonsense                  | no provider is called 'nonsense'",
        "pingpong --provider soft --device nonsense    | no device is called 'nonsense'",
        "pingpong --provider soft --gid-index 200      | gid-index 200",
        "devices --provider soft --device nonsense     | no device is called 'nonsense'",
        "gids --provider soft --device nonsense        | no device is called 'nonsense'",
        "doctor --provider nonsense                    | no provider is called 'nonsense'",
        "devices --provider soft --port 9              | port 9",
        "rping --provider soft --device nonsense       | no device is called 'nonsense'",
    })
    void shouldFailInOneSentence(final String line, final String expected) {
        final CommandRun run = CommandRun.of(line.split(" "));
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.isOneSentence(), run::toString);
        assertTrue(run.err().contains(expected), run::toString);
    }
}
