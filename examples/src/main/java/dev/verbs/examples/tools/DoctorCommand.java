package dev.verbs.examples.tools;

import dev.verbs.Errno;
import dev.verbs.PortOptions;
import dev.verbs.Verbs;
import dev.verbs.VerbsException;
import dev.verbs.examples.CommonOptions;
import dev.verbs.examples.DeviceOptions;
import dev.verbs.examples.VerbsCommand;
import dev.verbs.spi.VerbsProvider;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code verbs doctor}: looks at everything that RDMA needs, and says what to do about what is missing. */
@Command(name = "doctor", versionProvider = VerbsCommand.Version.class, sortOptions = false,
    description = {"Looks at Java, libraries, kernel, limits, devices, ports and GIDs, and exchanges data on each device with itself. Each "
        + "finding that is not OK says what to do. The exit code is 1 if something FAILs.",
        "A machine without RDMA devices is well if the software device works, unless --provider ibv asks for real ones."})
public final class DoctorCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Writes JSON.")
    private boolean json;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private CommonOptions common;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        final PortOptions options = ToolOptions.of(device, spec);
        final boolean isAuto = Verbs.AUTO.equals(device.provider());
        final List<Finding> findings = new ArrayList<>(SystemChecks.run("ibv".equals(device.provider())));
        final List<VerbsProvider> providers = Verbs.providers();
        final List<VerbsProvider> wanted = providers.stream().filter(each -> isAuto || each.name().equals(device.provider())).toList();
        try {
            if (wanted.isEmpty()) {
                throw new VerbsException("provider", Errno.ENOENT, "no provider is called '" + device.provider() + "': there are "
                    + providers.stream().map(VerbsProvider::name).collect(Collectors.joining(", ")) + " and " + Verbs.AUTO);
            }
            for (final VerbsProvider each : wanted) {
                findings.addAll(ProviderChecks.run(each, options, !isAuto));
            }
        } finally {
            providers.forEach(VerbsProvider::close);
        }
        print(findings);
        return findings.stream().anyMatch(each -> each.level() == Finding.Level.FAIL) ? 1 : 0;
    }

    private void print(final List<Finding> findings) {
        final PrintWriter out = spec.commandLine().getOut();
        final boolean isWell = findings.stream().noneMatch(each -> each.level() == Finding.Level.FAIL);
        if (json) {
            out.println(Output.json(Map.of("well", isWell, "findings", findings)));
            return;
        }
        final int width = findings.stream().mapToInt(each -> each.subject().length()).max().orElse(0);
        for (final Finding each : findings) {
            out.println(String.format("%-4s  %-" + width + "s  %s", each.level(), each.subject(), each.found()));
            if (!each.fix().isEmpty()) {
                out.println(" ".repeat(8 + width) + "fix: " + each.fix());
            }
        }
        for (final Finding.Level level : Finding.Level.values()) {
            final long count = findings.stream().filter(each -> each.level() == level).count();
            out.print((level == Finding.Level.OK ? "" : ", ") + count + " " + level);
        }
        out.println();
    }
}
