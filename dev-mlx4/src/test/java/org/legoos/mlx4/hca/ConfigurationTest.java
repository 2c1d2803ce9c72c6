package org.legoos.mlx4.hca;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.legoos.isa.time.VirtualClock;
import org.legoos.mlx4.prm.CmdStatus;
import org.legoos.mlx4.prm.Opcode;

/** What a card does beyond its registers: vital product data, function-level reset. */
class ConfigurationTest {
    private static final int VPD = 0x48;
    private static final int DEVICE_CAPABILITIES = 0x64;
    private static final int DEVICE_CONTROL = 0x68;
    private static final int INITIATE_RESET = 1 << 15;
    private static final int FLAG = 0x8000;

    private final MiniDriver d = new MiniDriver("a", 0x0002c90300a1b2c0L, new VirtualClock());

    @AfterEach
    void close() {
        d.close();
    }

    private byte[] readVpd() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int address = 0; address < 128; address += 4) {
            d.hca.configWrite(VPD + 2, 2, address);
            assertThat(d.hca.configRead(VPD + 2, 2)).isEqualTo(address | FLAG);
            int word = d.hca.configRead(VPD + 4, 4);
            for (int i = 0; i < 4; i++) {
                out.write(word >>> 8 * i);
            }
        }
        return out.toByteArray();
    }

    @Test
    void vitalProductDataNameTheCardAndSumToZero() {
        assertThat(d.hca.configRead(VPD, 1)).as("capability").isEqualTo(3);
        byte[] data = readVpd();
        String text = new String(data, StandardCharsets.ISO_8859_1);
        assertThat(text).contains("ConnectX-3", "MCX354A", "0002c90300a1b2c0");
        int end = text.indexOf("RV\u0001") + 4;
        int sum = 0;
        for (int i = 0; i < end; i++) {
            sum += data[i];
        }
        assertThat(sum & 0xff).isZero();
        assertThat(data[end]).as("end tag").isEqualTo((byte) 0x78);
        d.hca.configWrite(VPD + 4, 4, -1);
        d.hca.configWrite(VPD + 2, 2, FLAG); // a write of the data
        assertThat(d.hca.configRead(VPD + 2, 2)).as("done").isZero();
        assertThat(readVpd()).as("and nothing changed").isEqualTo(data);
    }

    @Test
    void aFunctionLevelResetIsAsPowerOn() {
        assertThat(d.hca.configRead(DEVICE_CAPABILITIES, 4) >>> 28 & 1).isEqualTo(1);
        d.bringUp();
        d.createEq(6);
        d.hca.configWrite(DEVICE_CONTROL, 2, d.hca.configRead(DEVICE_CONTROL, 2) | INITIATE_RESET);
        assertThat(d.hca.configRead(DEVICE_CONTROL, 2) & INITIATE_RESET).isZero();
        assertThat(d.hca.configRead(4, 2) & 4).as("bus master").isZero();
        d.hca.configWrite(4, 2, 6);
        assertThat(d.command(Opcode.QUERY_DEV_CAP, 0, 0, 0, d.outBox)).isEqualTo(CmdStatus.BAD_SYS_STATE);
        d.runFirmware();
    }
}
