package dev.verbs.headers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Golden layouts, one file per platform: offsets differ between architectures. */
final class GoldenFiles {
    /** Platforms for which code was generated, compared with the C compiler and committed. */
    static final List<String> PLATFORMS = List.of("linux-x86_64");

    private static final Map<String, String> ARCHITECTURES = Map.of("amd64", "x86_64", "x86_64", "x86_64", "aarch64", "aarch64");

    private GoldenFiles() {
    }

    /** The name of a platform from the values of {@code os.name} and {@code os.arch}. */
    static String platform(final String os, final String arch) {
        return os.toLowerCase(Locale.ROOT).replace(' ', '_') + "-" + ARCHITECTURES.getOrDefault(arch, arch);
    }

    /** The platform that this runs on. */
    static String here() {
        return platform(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    /** The golden lines of a platform; an unknown one is refused by its name. */
    static List<String> lines(final String platform) {
        if (!PLATFORMS.contains(platform)) {
            throw new IllegalStateException("no layouts are known for " + platform + ": only for " + PLATFORMS
                + "; structures differ between platforms, so nothing is guessed");
        }
        try (InputStream in = GoldenFiles.class.getResourceAsStream("/golden/" + platform + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
