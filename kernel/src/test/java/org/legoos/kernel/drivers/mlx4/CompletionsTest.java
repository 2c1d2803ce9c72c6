package org.legoos.kernel.drivers.mlx4;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.legoos.kernel.ib.WcOpcode;
import org.legoos.kernel.ib.WcStatus;
import org.legoos.kernel.ib.WorkCompletion;
import org.legoos.mlx4.prm.CqEntry;

/** CQEs of the documented byte examples. */
class CompletionsTest {
    private static WorkCompletion decoded(String cqe) {
        MemorySegment memory = Hex.bytes(cqe);
        WorkCompletion completion = new WorkCompletion();
        completion.hasImmediate = true;
        completion.hasGrh = true;
        completion.vendorError = -1;
        Completions.decode(memory, 0, CqEntry.IS_SEND.isSet(memory, 0), completion);
        return completion;
    }

    @Test
    void send() {
        WorkCompletion done = decoded("00000208 00000000 00000000 00000000 00000000 00000040 00000000 0000004a");
        assertThat(done.status).isEqualTo(WcStatus.SUCCESS);
        assertThat(done.opcode).isEqualTo(WcOpcode.SEND);
        assertThat(done.hasImmediate).isFalse();
    }

    @Test
    void receive() {
        WorkCompletion done = decoded("00000208 00000000 00000000 00000000 00000000 00000040 00000000 00000001");
        assertThat(done.opcode).isEqualTo(WcOpcode.RECV);
        assertThat(done.lengthBytes).isEqualTo(64);
        assertThat(done.hasImmediate).isFalse();
        assertThat(done.vendorError).isZero();
    }

    @Test
    void receiveOfADatagram() {
        WorkCompletion done = decoded("00000208 00000000 00000001 00000003 00000000 00000128 00000000 00000001");
        assertThat(done.lengthBytes).isEqualTo(296);
        assertThat(done.sourceQpn).isEqualTo(1);
        assertThat(done.sourceLid).isEqualTo(3);
        assertThat(done.hasGrh).isFalse();
    }

    @Test
    void writeWithImmediate() {
        WorkCompletion done = decoded("00000208 deadbeef 00000000 00000000 00000000 00001000 00000000 00000000");
        assertThat(done.opcode).isEqualTo(WcOpcode.RECV_RDMA_WITH_IMM);
        assertThat(done.hasImmediate).isTrue();
        assertThat(done.immediate).isEqualTo(0xdead_beef);
    }

    @Test
    void flushedSend() {
        WorkCompletion done = decoded("00000208 00000000 00000000 00000000 00000000 00000000 00050005 0000005e");
        assertThat(done.status).isEqualTo(WcStatus.WR_FLUSH_ERR);
        assertThat(done.opcode).isEqualTo(WcOpcode.SEND);
        assertThat(done.lengthBytes).isZero();
    }

    @Test
    void syndromesNobodyKnowsAreGeneralErrors() {
        assertThat(Completions.status(0x13)).isEqualTo(WcStatus.REM_ACCESS_ERR);
        assertThat(Completions.status(0x16)).isEqualTo(WcStatus.RNR_RETRY_EXC_ERR);
        assertThat(Completions.status(0x7f)).isEqualTo(WcStatus.GENERAL_ERR);
    }
}
