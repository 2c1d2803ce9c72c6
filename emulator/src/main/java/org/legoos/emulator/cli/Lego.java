package org.legoos.emulator.cli;

import java.util.List;
import org.legoos.emulator.cluster.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code lego COMMAND}. */
@Command(
        name = "lego",
        description = "LegoOS, a disaggregated operating system, on emulated machines.",
        subcommands = {RunCommand.class, BootCommand.class, ExecCommand.class, PsCommand.class,
                KillCommand.class, DownCommand.class, DefconfigCommand.class, NativesCommand.class, HcaCommand.class, BenchCommand.class,
                ConformanceCommand.class, PerftestCommand.class, NodeCommand.class, FuzzCommand.class, SoakCommand.class,
                LinkInfoCommand.class, SaQueryCommand.class, PingPongCommand.class, PeerSessionCommand.class, RpingCommand.class,
                IbPingCommand.class},
        mixinStandardHelpOptions = true,
        version = "LegoOS 4.0.0-lego",
        synopsisSubcommandLabel = "COMMAND")
public final class Lego {
    /** Exit status when the launcher itself failed, as env(1) and docker use it. */
    static final int FAILED = 125;

    /** Of exit statuses that say which signal ended a program, as shells have it. */
    static final int SIGNAL_BASE = 128;

    /** Commands that run no program, so that options may also stand behind words. */
    private static final List<String> OPTIONS_ANYWHERE = List.of("perftest", "fuzz", "soak", "ibping");

    private Lego() {}

    public static void main(String[] args) {
        CommandLine commandLine = new CommandLine(new Lego())
                .setStopAtPositional(true)
                .setExitCodeExceptionMapper(exception -> FAILED)
                .setParameterExceptionHandler((exception, arguments) -> misused(exception))
                .setExecutionExceptionHandler((exception, command, parsed) -> report(exception));
        commandLine.getSubcommands().values().forEach(command -> command.setStopAtPositional(true));
        for (String name : OPTIONS_ANYWHERE) {
            commandLine.getSubcommands().get(name).setStopAtPositional(false);
        }
        Exit.now(commandLine.execute(args));
    }

    private static int misused(CommandLine.ParameterException exception) {
        CommandLine command = exception.getCommandLine();
        System.err.println("lego: " + exception.getMessage().replace('\n', ' ') + "; see '" + command.getCommandSpec().qualifiedName() + " --help'");
        return FAILED;
    }

    private static int report(Exception exception) {
        if (exception instanceof ConfigException || exception instanceof UserError) {
            System.err.println("lego: " + exception.getMessage());
        } else {
            System.err.println("lego: internal error: " + exception);
            exception.printStackTrace();
        }
        return exception instanceof UserError error ? error.exitStatus() : FAILED;
    }
}
