package org.legoos.mlx4.hca;

import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;
import org.legoos.mlx4.prm.CmdStatus;

/**
 * One executed command as a line of text, all numbers hexadecimal:
 * {@code opcode opcode-modifier input-modifier in-param out-param status immediate in=BYTES out=BYTES}, where
 * {@code immediate} is - when there is none, and mailboxes are as much as the card read and wrote, without zeros at the
 * end. A test can play a driver's traces back.
 */
public record CommandTrace(int opcode, int opcodeModifier, int inModifier, long inParam, long outParam, int status,
        String immediate, byte[] in, byte[] out) {
    private static final HexFormat HEX = HexFormat.of();
    private static final String NONE = "-";
    private static final int FIELDS = 9;

    static CommandTrace of(Command command, CmdStatus status) {
        boolean isDone = status == CmdStatus.OK;
        return new CommandTrace(command.opcode, command.opcodeModifier, command.inModifier, command.inParam,
                command.outParam, status.code(),
                isDone && command.hasImmediateOut ? Long.toHexString(command.immediateOut) : NONE,
                trimmed(command.inAsRead()), isDone ? trimmed(written(command)) : new byte[0]);
    }

    private static byte[] written(Command command) {
        return command.out.asSlice(0, command.outBytes()).toArray(ValueLayout.JAVA_BYTE);
    }

    private static byte[] trimmed(byte[] box) {
        int length = box.length;
        while (length > 0 && box[length - 1] == 0) {
            length--;
        }
        return Arrays.copyOf(box, length);
    }

    /** @throws IllegalArgumentException for a line that is no trace */
    public static CommandTrace parse(String line) {
        String[] fields = line.split(" ");
        if (fields.length != FIELDS || !fields[7].startsWith("in=") || !fields[8].startsWith("out=")) {
            throw new IllegalArgumentException("not a command: " + line);
        }
        return new CommandTrace(number(fields[0]), number(fields[1]), number(fields[2]),
                Long.parseUnsignedLong(fields[3], 16), Long.parseUnsignedLong(fields[4], 16), number(fields[5]), fields[6],
                HEX.parseHex(fields[7].substring(3)), HEX.parseHex(fields[8].substring(4)));
    }

    private static int number(String hex) {
        return Integer.parseUnsignedInt(hex, 16);
    }

    @Override
    public String toString() {
        return "%03x %x %x %x %x %02x %s in=%s out=%s".formatted(opcode, opcodeModifier, inModifier, inParam, outParam,
                status, immediate, HEX.formatHex(in), HEX.formatHex(out));
    }
}
