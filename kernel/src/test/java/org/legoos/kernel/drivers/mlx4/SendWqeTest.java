package org.legoos.kernel.drivers.mlx4;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.legoos.kernel.ib.SendWorkRequest;
import org.legoos.kernel.ib.SendWorkRequest.Opcode;

/** WQEs against the documented byte examples of the card. */
class SendWqeTest {
    private final MemorySegment memory = Hex.memory(4096);
    private final SendWorkRequest request = new SendWorkRequest();

    private String connected(int sizeBytes, int owner) {
        memory.asSlice(0, 512).fill((byte) 0xff);
        SendWqe.connected(memory, 0, request);
        SendWqe.publish(memory, 0, SendWqe.opcode(request.opcode), owner);
        return Hex.of(memory, 0, sizeBytes);
    }

    @Test
    void sendSignaledAndSolicited() {
        request.single(0x1_2345_6000L, 64, 0x8001);
        request.signaled = true;
        request.solicited = true;
        assertThat(connected(32, 0)).isEqualTo(Hex.digits(
                "0000000a 00000002 0000000e 00000000  00000040 00008001 00000001 23456000"));
        assertThat(connected(4, 1)).isEqualTo("8000000a");
    }

    @Test
    void rdmaRead() {
        request.opcode = Opcode.RDMA_READ;
        request.signaled = true;
        request.remoteAddress = 0x7f00_0000_1000L;
        request.remoteKey = 0x9001;
        request.single(0x1_2345_6000L, 8, 0x8001);
        assertThat(connected(48, 0)).isEqualTo(Hex.digits("00000010 00000003 0000000c 00000000"
                + "00007f00 00001000 00009001 00000000  00000008 00008001 00000001 23456000"));
    }

    @Test
    void datagram() {
        request.signaled = true;
        request.remoteLid = 3;
        request.remoteQpn = 1;
        request.remoteQkey = 0x8001_0000;
        request.single(0x1_2345_6000L, 256, 0x8001);
        memory.fill((byte) 0xff);
        SendWqe.datagram(memory, 0, request, 5, 1);
        SendWqe.publish(memory, 0, SendWqe.opcode(request.opcode), 0);
        assertThat(Hex.of(memory, 0, 80)).isEqualTo(Hex.digits("0000000a 00000005 0000000c 00000000"
                + "01000005 00000003 00000000 00000000 00000000 00000000 00000000 00000000"
                + "00000001 80010000 00000000 00000000  00000100 00008001 00000001 23456000"));
    }

    @Test
    void inlineSend() {
        byte[] hello = "hello".getBytes(StandardCharsets.US_ASCII);
        MemorySegment.copy(hello, 0, memory, ValueLayout.JAVA_BYTE, 1024, hello.length);
        request.signaled = true;
        request.inline = true;
        request.single(1024, hello.length, 0);
        assertThat(connected(25, 0)).isEqualTo(Hex.digits("0000000a 00000002 0000000c 00000000  80000005 68656c6c 6f"));
    }

    @Test
    void inlineDataStartsANewRunAtEach64Bytes() {
        for (int i = 0; i < 200; i++) {
            memory.set(ValueLayout.JAVA_BYTE, 1024 + i, (byte) (i + 1));
        }
        request.opcode = Opcode.RDMA_WRITE;
        request.inline = true;
        request.sgeCount = 2;
        request.sgeAddress[0] = 1024;
        request.sgeLengthBytes[0] = 40;
        request.sgeAddress[1] = 1064;
        request.sgeLengthBytes[1] = 60;
        String wqe = connected(192, 0);
        // 28 bytes fill the first 64 (after control and remote address), 60 the next, 12 are left.
        assertThat(wqe.substring(2 * 32, 2 * 36)).isEqualTo("8000001c");
        assertThat(wqe.substring(2 * 36, 2 * 64)).startsWith("0102").endsWith("1b1c");
        assertThat(wqe.substring(2 * 64, 2 * 68)).isEqualTo("8000003c");
        assertThat(wqe.substring(2 * 68, 2 * 128)).startsWith("1d1e").endsWith("5758");
        assertThat(wqe.substring(2 * 128, 2 * 132)).isEqualTo("8000000c");
        assertThat(wqe.substring(2 * 132, 2 * 144)).startsWith("595a").endsWith("6364");
        assertThat(wqe.substring(2 * 4, 2 * 8)).as("ds").isEqualTo("00000009");
        assertThat(SendWqe.inlineEnd(32, 100)).isEqualTo(144);
    }

    @Test
    void inlineDataThatEndsAtTheBoundaryHasNoEmptyRunAfterIt() {
        request.inline = true;
        request.single(1024, 44, 0);
        String wqe = connected(64, 0);
        assertThat(wqe.substring(2 * 4, 2 * 8)).as("ds").isEqualTo("00000004");
        assertThat(wqe.substring(2 * 16, 2 * 20)).isEqualTo("8000002c");
        assertThat(SendWqe.inlineEnd(16, 44)).isEqualTo(64);
        assertThat(SendWqe.inlineEnd(16, 45)).isEqualTo(64 + 4 + 1);
    }

    @Test
    void emptyGatherEntryIsNotTwoGigabytes() {
        request.single(0x1000, 0, 0x8001);
        assertThat(connected(24, 0).substring(2 * 16)).isEqualTo("8000000000008001");
    }

    @Test
    void atomics() {
        request.remoteAddress = 0x2000;
        request.remoteKey = 0x9001;
        request.compareAdd = 7;
        request.swap = 9;
        request.single(0x3000, 8, 0x8001);
        request.opcode = Opcode.ATOMIC_CMP_AND_SWP;
        assertThat(connected(64, 0)).isEqualTo(Hex.digits("00000011 00000004 00000000 00000000"
                + "00000000 00002000 00009001 00000000  00000000 00000009 00000000 00000007"
                + "00000008 00008001 00000000 00003000"));
        request.opcode = Opcode.ATOMIC_FETCH_AND_ADD;
        assertThat(connected(48, 0)).isEqualTo(Hex.digits("00000012 00000004 00000000 00000000"
                + "00000000 00002000 00009001 00000000  00000000 00000007 00000000 00000000"));
    }

    @Test
    void immediateAndFence() {
        request.opcode = Opcode.RDMA_WRITE_WITH_IMM;
        request.immediate = 0xdead_beef;
        request.fence = true;
        assertThat(connected(16, 0)).isEqualTo(Hex.digits("00000009 00000042 00000000 deadbeef"));
        request.opcode = Opcode.RDMA_WRITE;
        assertThat(connected(16, 0)).as("no immediate, none sent").isEqualTo(Hex.digits("00000008 00000042 00000000 00000000"));
    }
}
