package org.legoos.emulator.cli;

import java.io.IOException;
import org.legoos.emulator.control.ControlClient;

/** What a cluster answers, for the user. */
final class Answers {
    private Answers() {}

    /** Prints a text on stdout, or why there is none on stderr. @return exit status */
    static int print(ControlClient client) {
        ControlClient.Answer answer;
        try {
            answer = client.awaitAnswer();
        } catch (IOException e) {
            throw new UserError(Lego.FAILED, e.getMessage());
        }
        if (answer.kind() == ControlClient.Answer.Kind.TEXT) {
            System.out.print(answer.text());
        } else {
            System.err.println("lego: " + answer.text());
        }
        return answer.status();
    }
}
