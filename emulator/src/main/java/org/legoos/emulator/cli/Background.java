package org.legoos.emulator.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.legoos.emulator.control.ControlPlace;
import org.legoos.emulator.nodes.ChildJvm;

/** Leaves a cluster behind in a process of its own. */
final class Background {
    private Background() {}

    /**
     * Starts the same command in another process and waits until its cluster is up.
     *
     * @return exit status: 0, or what the other process ended with
     */
    static int start(ControlPlace place, List<String> arguments, boolean quiet) {
        List<String> command = new ArrayList<>(arguments);
        command.removeIf(argument -> argument.equals("--detach") || argument.equals("-d"));
        command.add("--in-background");
        Path said = place.directory().resolve(place.name() + ".log." + ProcessHandle.current().pid());
        try {
            place.makeDirectory();
            ProcessBuilder builder = ChildJvm.lego(command);
            Process process = builder.redirectInput(Path.of("/dev/null").toFile()).redirectError(said.toFile()).start();
            String line;
            try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                line = out.readLine();
            }
            if (line == null) {
                System.err.print(Files.readString(said));
                Files.delete(said);
                return process.waitFor();
            }
            Files.move(said, place.log(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            if (!quiet) {
                System.out.println(line);
            }
            return 0;
        } catch (IOException e) {
            throw new UserError(Lego.FAILED, "cannot start the cluster: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Lego.FAILED;
        }
    }
}
