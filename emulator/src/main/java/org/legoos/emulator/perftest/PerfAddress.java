package org.legoos.emulator.perftest;

/** What one end tells the other before they begin, as a line of text. */
public record PerfAddress(int lid, int qpn, int psn, int remoteKey, long buffer) {
    static PerfAddress parse(String line) {
        String[] words = line.strip().split(" ");
        if (words.length != 5) {
            throw new IllegalArgumentException("expected LID QPN PSN RKEY ADDRESS, not '" + line + "'");
        }
        return new PerfAddress(Integer.parseInt(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]),
                Integer.parseInt(words[3]), Long.parseLong(words[4]));
    }

    @Override
    public String toString() {
        return lid + " " + qpn + " " + psn + " " + remoteKey + " " + buffer;
    }

    String show() {
        return String.format("address: LID 0x%02x QPN 0x%04x PSN 0x%04x", lid, qpn, psn);
    }
}
