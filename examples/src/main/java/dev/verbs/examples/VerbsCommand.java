package dev.verbs.examples;

import dev.verbs.VerbsException;
import dev.verbs.cm.RejectedException;
import dev.verbs.examples.cm.CmatoseCommand;
import dev.verbs.examples.cm.MckeyCommand;
import dev.verbs.examples.cm.RdmaClientCommand;
import dev.verbs.examples.cm.RdmaServerCommand;
import dev.verbs.examples.cm.UdaddyCommand;
import dev.verbs.examples.demo.DemoCommand;
import dev.verbs.examples.perf.PerfCommand;
import dev.verbs.examples.pingpong.PingPongCommand;
import dev.verbs.examples.rping.RpingCommand;
import dev.verbs.examples.tools.DevicesCommand;
import dev.verbs.examples.tools.DoctorCommand;
import dev.verbs.examples.tools.GidsCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The top of the command line. Failures are one sentence on stderr: exit code 1 if something failed, 2 if the command was
 * not understood. {@code VERBS_DEBUG=1} in the environment shows where they come from.
 */
@Command(name = "verbs", description = "RDMA verbs for Java: try a device, or the software device that is built in.",
    subcommands = {DemoCommand.class, PingPongCommand.class, RpingCommand.class, RdmaServerCommand.class, RdmaClientCommand.class,
        CmatoseCommand.class, UdaddyCommand.class, MckeyCommand.class, DevicesCommand.class, GidsCommand.class, DoctorCommand.class},
    versionProvider = VerbsCommand.Version.class,
    exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:done", "1:failed, or the data were wrong", "2:bad options"},
    footer = {"", "VERBS_DEBUG=1 in the environment shows stack traces and logs."})
public final class VerbsCommand implements Runnable {
    @Mixin
    private CommonOptions common;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }

    /**
     * Runs a command.
     *
     * @param out  where results go
     * @param err  where failures go
     * @param args the command and its options
     * @return the exit code
     */
    public static int execute(final PrintWriter out, final PrintWriter err, final String... args) {
        try {
            return commandLine(out, err).execute(args);
        } catch (final OutOfMemoryError e) {
            err.println("verbs: not enough memory: " + e.getMessage() + "; take smaller sizes, or VERBS_JAVA_OPTS=-Xmx4g");
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static CommandLine commandLine(final PrintWriter out, final PrintWriter err) {
        return new CommandLine(new VerbsCommand())
            .addSubcommand(PerfCommand.create())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(out)
            .setErr(err)
            .setUsageHelpWidth(110)
            .setUsageHelpAutoWidth(false)
            .setParameterExceptionHandler(VerbsCommand::badOptions)
            .setExecutionExceptionHandler(VerbsCommand::failed);
    }

    static boolean debug() {
        final String value = System.getenv("VERBS_DEBUG");
        return value != null && !value.isEmpty() && !value.equals("0");
    }

    private static int badOptions(final ParameterException e, final String[] args) {
        final CommandLine command = e.getCommandLine();
        final String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + oneLine(e.getMessage()) + "; see: " + name + " --help");
        trace(e, command, null);
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(final Exception e, final CommandLine command, final ParseResult parsed) {
        command.getOut().flush();
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + sentence(e));
        trace(e, command, parsed);
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String sentence(final Exception e) {
        return e instanceof CommandFailure || e instanceof VerbsException || e instanceof RejectedException
            ? oneLine(e.getMessage())
            : "bug: " + oneLine(e.toString()) + " (VERBS_DEBUG=1 shows where)";
    }

    private static String oneLine(final String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", "; ");
    }

    private static void trace(final Exception e, final CommandLine command, final ParseResult parsed) {
        final boolean wanted = parsed != null && parsed.commandSpec().userObject() instanceof Tracing tracing
            && tracing.showsTraces();
        if (wanted || debug()) {
            e.printStackTrace(command.getErr());
        }
    }

    /** A command with an option that shows stack traces. */
    public interface Tracing {
        /**
         * Whether the option was given.
         *
         * @return true if traces are wanted
         */
        boolean showsTraces();
    }

    /** The version that the build wrote down. */
    public static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            final Properties properties = new Properties();
            try (InputStream in = VerbsCommand.class.getResourceAsStream("version.properties")) {
                properties.load(in);
            }
            return new String[] {"verbs-ffm " + properties.getProperty("version") + ", Java " + Runtime.version()};
        }
    }
}
