package dev.verbs.transport;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.PortOptions;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.transport.channel.ChannelProducer;
import dev.verbs.transport.channel.Mesh;
import dev.verbs.transport.channel.WriteChannelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The example of the package's documentation, line by line. */
class UsageExampleTest extends VerbsTest {
    private final List<String> printed = new ArrayList<>();

    @Test
    void shouldDoWhatTheDocumentationShows() {
        final PortOptions options = new PortOptions(TestProvider.deviceName(), 0, -1, 0);
        final Duration patience = TestProvider.deadline();
        List<TransportNode> nodes = Stream.generate(() -> TransportNode.open(provider(), options)).limit(3).toList();
        List<Mesh> meshes = Mesh.inProcess(nodes, WriteChannelConfig.DEFAULT, SystemNanoClock.INSTANCE,
            task -> Thread.ofPlatform().start(task), patience.multipliedBy(2));
        for (Mesh mesh : meshes) {
            ChannelProducer next = mesh.to((mesh.self() + 1) % mesh.size());
            next.tryClaim(Long.BYTES);
            next.buffer().set(JAVA_LONG, next.claimOffset(), 42L + mesh.self());
            next.commit(Long.BYTES, mesh.self());
        }
        Mesh last = meshes.getLast();
        Agents.runUntil(() -> last.from(1).poll((buffer, offset, length, tag) ->
            printed.add(buffer.get(JAVA_LONG, offset) + " from node " + tag), 10) > 0, patience, meshes);
        Mesh.closeAll(meshes);
        nodes.forEach(TransportNode::close);
        assertEquals(List.of("43 from node 1"), printed);
    }

    @Test
    void shouldBeWhatTheDocumentationShows() throws IOException {
        final Path documentation = Path.of("src/main/java/dev/verbs/transport/package-info.java");
        final Path test = Path.of("src/test/java/dev/verbs/transport/UsageExampleTest.java");
        Assumptions.assumeTrue(Files.exists(test), "not started in the module's directory: no sources to compare");
        final String code = Files.readString(test).replaceAll("\\s+", " ");
        int lines = 0;
        for (final String line : Files.readString(documentation).split("\\{@snippet :")[1].split("\n")) {
            final String statement = line.replaceFirst("^ \\*", "").replaceFirst("//.*", "").strip();
            if (statement.contains(";") && !statement.contains("println") && !statement.contains("Duration")
                && !statement.contains("(provider,")) {
                assertTrue(code.contains(statement), statement);
                lines++;
            }
        }
        assertTrue(lines >= 7, "only " + lines + " lines compared");
    }
}
