package dev.verbs.examples;

import picocli.CommandLine.Option;

/** What every command understands. */
public final class CommonOptions {
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Shows this help.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Shows the version.")
    private boolean version;
}
