package org.legoos.managers.processor.inet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.inet.IntOptions.Known;
import org.legoos.managers.processor.socket.SocketOptions;

/**
 * Options of level IPPROTO_TCP (tcp(7)). What is about segments and their timing is kept and has nothing to act on: data
 * inside a node is never delayed, lost or sent twice.
 */
final class TcpOptions {
    static final int IPPROTO_TCP = 6;

    static final int TCP_NODELAY = 1;
    private static final int TCP_MAXSEG = 2;
    private static final int TCP_CORK = 3;
    static final int TCP_KEEPIDLE = 4;
    static final int TCP_KEEPINTVL = 5;
    static final int TCP_KEEPCNT = 6;
    private static final int TCP_SYNCNT = 7;
    private static final int TCP_LINGER2 = 8;
    private static final int TCP_DEFER_ACCEPT = 9;
    private static final int TCP_WINDOW_CLAMP = 10;
    static final int TCP_INFO = 11;
    private static final int TCP_QUICKACK = 12;
    private static final int TCP_CONGESTION = 13;
    private static final int TCP_USER_TIMEOUT = 18;
    private static final int TCP_FASTOPEN = 23;
    private static final int TCP_NOTSENT_LOWAT = 25;

    private static final int KEEP_MAX = 32767;
    private static final int COUNT_MAX = 127;
    private static final int MSS_MIN = 88;
    private static final int MSS_DEFAULT = 536;
    private static final int CONGESTION_BYTES = 16; // TCP_CA_NAME_MAX

    /** struct tcp_info of linux/tcp.h, up to tcpi_total_retrans. */
    private static final int INFO_BYTES = 104;
    private static final int TCPI_OPTIONS = 5;
    private static final int TCPI_RTO = 8;
    private static final int TCPI_SND_MSS = 16;
    private static final int TCPI_RCV_MSS = 20;
    private static final int TCPI_PMTU = 60;
    private static final int TCPI_RTT = 68;
    private static final int TCPI_SND_CWND = 80;
    private static final int TCPI_OPT_WSCALE_SACK = 6;
    private static final int RTO_US = 200_000;
    private static final int LOOPBACK_MSS = 32768;
    private static final int LOOPBACK_PMTU = 65535;
    private static final int CWND = 10;

    private final IntOptions values = new IntOptions(Known.flag(TCP_NODELAY), new Known(TCP_MAXSEG, MSS_DEFAULT, MSS_MIN, KEEP_MAX),
            Known.flag(TCP_CORK), new Known(TCP_KEEPIDLE, 7200, 1, KEEP_MAX), new Known(TCP_KEEPINTVL, 75, 1, KEEP_MAX),
            new Known(TCP_KEEPCNT, 9, 1, COUNT_MAX), new Known(TCP_SYNCNT, 6, 1, COUNT_MAX),
            new Known(TCP_LINGER2, 60, -1, Integer.MAX_VALUE), new Known(TCP_DEFER_ACCEPT, 0, 0, Integer.MAX_VALUE),
            new Known(TCP_WINDOW_CLAMP, 0, 0, Integer.MAX_VALUE), new Known(TCP_QUICKACK, 1, 0, 1),
            new Known(TCP_USER_TIMEOUT, 0, 0, Integer.MAX_VALUE), new Known(TCP_FASTOPEN, 0, 0, Integer.MAX_VALUE),
            new Known(TCP_NOTSENT_LOWAT, 0, Integer.MIN_VALUE, Integer.MAX_VALUE));
    private volatile String congestion = "cubic";

    void copyFrom(TcpOptions listener) {
        values.copyFrom(listener.values);
        congestion = listener.congestion;
    }

    /** @return 0, -EINVAL, -ENOENT, -ENOPROTOOPT */
    int set(int name, byte[] value, int lengthBytes) {
        if (name == TCP_CONGESTION) {
            String wanted = new String(value, 0, Math.min(lengthBytes, CONGESTION_BYTES), StandardCharsets.ISO_8859_1).split("\0", 2)[0];
            if (!wanted.equals("cubic") && !wanted.equals("reno")) {
                return -Errno.ENOENT;
            }
            congestion = wanted;
            return 0;
        }
        if (lengthBytes < Integer.BYTES) {
            return -Errno.EINVAL;
        }
        int number = Le.getInt(value, 0);
        return values.set(name, name == TCP_MAXSEG && number == 0 ? MSS_DEFAULT : number); // 0: as it comes
    }

    /** @param state as in linux/tcp_states.h. @return the value, or null: ENOPROTOOPT */
    byte[] get(int name, int state) {
        return switch (name) {
            case TCP_CONGESTION -> Arrays.copyOf(congestion.getBytes(StandardCharsets.ISO_8859_1), CONGESTION_BYTES);
            case TCP_INFO -> info(state);
            default -> values.has(name) ? SocketOptions.number(values.get(name)) : null;
        };
    }

    private static byte[] info(int state) {
        byte[] info = new byte[INFO_BYTES];
        info[0] = (byte) state;
        info[TCPI_OPTIONS] = TCPI_OPT_WSCALE_SACK;
        Le.putInt(info, TCPI_RTO, RTO_US);
        Le.putInt(info, TCPI_SND_MSS, LOOPBACK_MSS);
        Le.putInt(info, TCPI_RCV_MSS, MSS_DEFAULT);
        Le.putInt(info, TCPI_PMTU, LOOPBACK_PMTU);
        Le.putInt(info, TCPI_RTT, 1);
        Le.putInt(info, TCPI_SND_CWND, CWND);
        return info;
    }
}
