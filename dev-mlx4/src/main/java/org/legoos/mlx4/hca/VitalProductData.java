package org.legoos.mlx4.hca;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What {@code lspci -vv} shows of a card: name, part and serial number (PCI 3.0, appendix I). */
final class VitalProductData {
    private static final int IDENTIFIER_TAG = 0x82;
    private static final int READ_ONLY_TAG = 0x90;
    private static final int END_TAG = 0x78;
    private static final int TAG_BYTES = 3; // tag and length
    private static final String NAME = "CX354A - ConnectX-3 QSFP";
    private static final String PART_NUMBER = "MCX354A-FCBT";
    private static final String REVISION = "A5";

    private VitalProductData() {}

    static byte[] of(HcaConfig config) {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        field(fields, "PN", PART_NUMBER);
        field(fields, "EC", REVISION);
        field(fields, "SN", "%016x".formatted(config.nodeGuid()));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        tag(all, IDENTIFIER_TAG, NAME.length());
        all.writeBytes(NAME.getBytes(StandardCharsets.US_ASCII));
        tag(all, READ_ONLY_TAG, fields.size() + TAG_BYTES + 1); // with the checksum's own field
        all.writeBytes(fields.toByteArray());
        all.writeBytes(new byte[] {'R', 'V', 1});
        all.write(-sum(all.toByteArray()));
        all.write(END_TAG);
        return all.toByteArray();
    }

    private static void tag(ByteArrayOutputStream to, int tag, int length) {
        to.write(tag);
        to.write(length);
        to.write(length >>> Byte.SIZE);
    }

    private static void field(ByteArrayOutputStream to, String keyword, String text) {
        to.writeBytes(keyword.getBytes(StandardCharsets.US_ASCII));
        to.write(text.length());
        to.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static int sum(byte[] bytes) {
        int sum = 0;
        for (byte each : bytes) {
            sum += each;
        }
        return sum;
    }
}
