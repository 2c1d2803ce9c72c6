package org.legoos.mlx4.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.legoos.mlx4.fabric.Impairments;
import org.legoos.mlx4.transport.TestHost.SendDone;

/** How reliable connections end badly: the right status on the right request, everything else flushed. */
class RcErrorTest {
    private final TestNet net = TestNet.rc().up();

    private static Consumer<SendRequest> send(int length) {
        return request -> {
            request.operation = Operation.SEND;
            request.data.add(TestHost.KEY, 0, length);
        };
    }

    private static Consumer<SendRequest> remote(Operation operation, long va, int rkey, int length) {
        return request -> {
            request.operation = operation;
            request.remoteVa = va;
            request.remoteKey = rkey;
            request.data.add(TestHost.KEY, 0, length);
        };
    }

    private void assertBothInError(QpEvent event) {
        assertThat(net.a.qp.state()).isEqualTo(QpState.ERR);
        assertThat(net.b.qp.state()).isEqualTo(QpState.ERR);
        assertThat(net.b.events).contains(event);
        assertThat(net.settle(10)).isTrue();
    }

    @Test
    void writeWithWrongKeyIsARemoteAccessError() {
        net.b.postReceive(0, 10);
        net.a.post(remote(Operation.WRITE, 0, 0x666, 10));
        net.a.postAndRing(send(1));
        assertThat(net.a.sendDone)
                .containsExactly(new SendDone(0, Status.REMOTE_ACCESS), new SendDone(1, Status.FLUSHED));
        assertThat(net.b.receiveDone).extracting(TestHost.ReceiveDone::status).containsExactly(Status.FLUSHED);
        assertBothInError(QpEvent.LOCAL_ACCESS);
    }

    @Test
    void writeBeyondTheRegionChangesNothing() {
        net.a.memory[0] = 1;
        net.a.postAndRing(remote(Operation.WRITE, TestNet.MEMORY_BYTES - 5000, TestHost.KEY, 5001));
        assertThat(net.a.sendDone).containsExactly(new SendDone(0, Status.REMOTE_ACCESS));
        assertThat(net.b.memory).containsOnly(0);
    }

    @Test
    void readWithWrongKeyIsARemoteAccessError() {
        net.a.postAndRing(remote(Operation.READ, 0, 0x666, 10));
        assertThat(net.a.sendDone).containsExactly(new SendDone(0, Status.REMOTE_ACCESS));
        assertBothInError(QpEvent.LOCAL_ACCESS);
    }

    @Test
    void memoryThatGoesAwayDuringAReadIsARemoteAccessError() {
        net.b.readableUpTo = 50_000;
        net.a.postAndRing(remote(Operation.READ, 0, TestHost.KEY, 100_000));
        assertThat(net.a.sendDone).containsExactly(new SendDone(0, Status.REMOTE_ACCESS));
    }

    @Test
    void disabledRightsRefuse() {
        net.b.qp.attributes.remoteAtomicEnabled = false;
        net.a.postAndRing(remote(Operation.FETCH_ADD, 8, TestHost.KEY, 8));
        assertThat(net.a.sendDone).containsExactly(new SendDone(0, Status.REMOTE_ACCESS));
        assertThat(net.b.atomicsExecuted).isZero();
    }

    @Test
    void misalignedAtomicIsAnInvalidRequest() {
        net.a.postAndRing(remote(Operation.FETCH_ADD, 4, TestHost.KEY, 8));
        assertThat(net.a.sendDone).containsExactly(new SendDone(0, Status.REMOTE_INVALID_REQUEST));
        assertBothInError(QpEvent.INVALID_REQUEST);
    }

    @Test
    void messageLongerThanTheReceive() {
        net.b.postReceive(0, 2000);
        net.b.postReceive(0, 2000);
        net.a.postAndRing(send(2001));
        assertThat(net.a.sendDone).containsExactly(new SendDone(0, Status.REMOTE_INVALID_REQUEST));
        assertThat(net.b.receiveDone).extracting(TestHost.ReceiveDone::status)
                .containsExactly(Status.LOCAL_LENGTH, Status.FLUSHED);
    }

    @Test
    void receiveBufferOutsideTheRegion() {
        net.b.postReceive(TestNet.MEMORY_BYTES - 5, 100);
        net.a.postAndRing(send(6));
        assertThat(net.a.sendDone).containsExactly(new SendDone(0, Status.REMOTE_OPERATION));
        assertThat(net.b.receiveDone.getFirst().status()).isEqualTo(Status.LOCAL_PROTECTION);
    }

    @Test
    void localGatherErrorWaitsForEarlierRequests() {
        net.b.postReceive(0, 100_000);
        net.a.post(send(50_000));
        net.a.post(request -> {
            request.operation = Operation.SEND;
            request.data.add(0x999, 0, 10);
        });
        net.a.postAndRing(send(1));
        assertThat(net.a.sendDone).containsExactly(
                new SendDone(0, Status.OK), new SendDone(1, Status.LOCAL_PROTECTION), new SendDone(2, Status.FLUSHED));
    }

    @Test
    void malformedRequestCompletesWithItsStatus() {
        net.a.postAndRing(request -> request.fetchStatus = Status.LOCAL_QP_OPERATION);
        assertThat(net.a.sendDone).containsExactly(new SendDone(0, Status.LOCAL_QP_OPERATION));
        net.a.postAndRing(send(1));
        assertThat(net.a.sendDone).contains(new SendDone(1, Status.FLUSHED));
    }

    @Test
    void silentPeerExceedsTheRetries() {
        net.linkA.impair(Impairments.PARTITION, 1);
        net.a.post(send(100));
        net.a.postAndRing(send(100));
        assertThat(net.settle(20)).isTrue();
        assertThat(net.a.sendDone).containsExactly(
                new SendDone(0, Status.TRANSPORT_RETRY_EXCEEDED), new SendDone(1, Status.FLUSHED));
        assertThat(net.a.qp.counters.timeouts).isEqualTo(8);
        assertThat(net.clock.nowNs()).as("1, 2 and then 4 times the time-out").isEqualTo((1 + 2 + 6 * 4) * (4096L << 14));
    }

    @Test
    void noTimeoutWaitsForEver() {
        net.a.qp.attributes.ackTimeoutExponent = 0;
        net.linkA.impair(Impairments.PARTITION, 1);
        net.a.postAndRing(send(100));
        assertThat(net.settle(20)).isTrue();
        assertThat(net.a.sendDone).isEmpty();
    }

    @Test
    void partitionThatHealsInTimeIsNotSeen() {
        net.b.postReceive(0, 100);
        net.linkA.impair(Impairments.PARTITION, 1);
        net.a.postAndRing(send(100));
        net.clock.advanceTo(300_000_000);
        net.linkA.impair(Impairments.NONE, 1);
        assertThat(net.settle(20)).isTrue();
        assertThat(net.a.sendDone).containsExactly(new SendDone(0, Status.OK));
    }

    @Test
    void receiverNotReadyIsRetriedAfterItsTimer() {
        net.a.postAndRing(send(5000));
        net.clock.advanceTo(639_999);
        net.b.postReceive(0, 5000);
        assertThat(net.a.sendDone).isEmpty();
        net.clock.advanceTo(640_000);
        assertThat(net.a.sendDone).containsExactly(new SendDone(0, Status.OK));
        assertThat(net.b.qp.counters.rnrNaksSent).isEqualTo(1);
        assertThat(net.b.qp.counters.sequenceNaksSent).isZero();
    }

    @Test
    void receiverNeverReadyExceedsTheRnrRetries() {
        net.a.qp.attributes.rnrRetryCount = 3;
        net.a.move(QpState.RTS);
        net.a.move(QpState.RESET, QpState.INIT, QpState.RTR, QpState.RTS);
        net.a.postAndRing(send(1));
        assertThat(net.settle(20)).isTrue();
        assertThat(net.a.sendDone).containsExactly(new SendDone(0, Status.RNR_RETRY_EXCEEDED));
        assertThat(net.b.qp.counters.rnrNaksSent).isEqualTo(4);
    }

    @Test
    void receiverNotReadyIsRetriedForEverWithSeven() {
        net.a.postAndRing(send(1));
        assertThat(net.settle(1000)).isFalse();
        net.b.postReceive(0, 1);
        assertThat(net.settle(10)).isTrue();
        assertThat(net.a.sendDone).containsExactly(new SendDone(0, Status.OK));
    }

    @Test
    void movingToErrorFlushesBothQueuesAndLaterWork() {
        net.b.postReceive(0, 1);
        net.a.postReceive(0, 1);
        net.linkA.impair(Impairments.PARTITION, 1);
        net.a.postAndRing(send(1));
        net.a.post(send(1));
        net.a.move(QpState.ERR);
        net.a.postAndRing(send(1));
        assertThat(net.a.sendDone).extracting(SendDone::status)
                .containsExactly(Status.FLUSHED, Status.FLUSHED, Status.FLUSHED);
        assertThat(net.a.receiveDone).extracting(TestHost.ReceiveDone::status).containsExactly(Status.FLUSHED);
        assertThat(net.settle(10)).isTrue();
    }

    @Test
    void drainReportsWhenTheLastSendIsComplete() {
        net.linkA.impair(Impairments.delay(1000), 1);
        net.b.postReceive(0, 100);
        net.a.postAndRing(send(100));
        net.a.move(QpState.SQD);
        assertThat(net.a.events).isEmpty();
        net.a.postAndRing(send(100));
        assertThat(net.settle(10)).isTrue();
        assertThat(net.a.events).containsExactly(QpEvent.SEND_QUEUE_DRAINED);
        assertThat(net.a.sendDone).hasSize(1);
        net.b.postReceive(0, 100);
        net.a.move(QpState.RTS);
        net.cardA.signal();
        assertThat(net.settle(10)).isTrue();
        assertThat(net.a.sendDone).hasSize(2);
    }

    @Test
    void firstPacketInReadyToReceiveEstablishesCommunication() {
        TestNet fresh = TestNet.rc();
        fresh.b.move(QpState.INIT, QpState.RTR);
        fresh.a.move(QpState.INIT, QpState.RTR, QpState.RTS);
        fresh.b.postReceive(0, 1);
        fresh.a.postAndRing(send(1));
        assertThat(fresh.b.events).containsExactly(QpEvent.COMMUNICATION_ESTABLISHED);
        assertThat(fresh.a.sendDone).containsExactly(new SendDone(0, Status.OK));
    }

    @Test
    void wrongPartitionKeyIsDroppedAndCounted() {
        net.a.qp.attributes.pKey = 0x8123;
        net.a.move(QpState.RTS);
        net.a.postAndRing(send(1));
        assertThat(net.b.keyViolations).isEqualTo(1);
        assertThat(net.b.receiveDone).isEmpty();
    }

    @Test
    void fencedRequestWaitsForTheReadBeforeIt() {
        net.linkA.impair(Impairments.delay(1_000_000), 1);
        net.b.postReceive(0, 8);
        net.a.post(remote(Operation.READ, 0, TestHost.KEY, 5000));
        net.a.postAndRing(request -> {
            send(8).accept(request);
            request.fence = true;
        });
        assertThat(net.a.qp.counters.packetsSent).isEqualTo(1);
        assertThat(net.settle(50)).isTrue();
        assertThat(net.a.sendDone).containsExactly(new SendDone(0, Status.OK), new SendDone(1, Status.OK));
        assertThat(net.a.qp.counters.packetsSent).isEqualTo(2);
    }

    @Test
    void queuePairOnASharedReceiveQueueReportsItsLastReceive() {
        net.b.qp.attributes.usesSrq = true;
        net.b.postReceive(0, 10);
        net.a.postAndRing(remote(Operation.WRITE, 0, 0x666, 10));
        assertThat(net.b.receiveDone).isEmpty();
        assertThat(net.b.events).containsExactly(
                QpEvent.LOCAL_ACCESS, QpEvent.LAST_WQE_REACHED);
    }

    @Test
    void longestMessageOfTheQueuePairIsALocalLengthError() {
        net.a.qp.attributes.messageBytesMax = 4096;
        net.a.postAndRing(send(4097));
        assertThat(net.a.sendDone).containsExactly(new SendDone(0, Status.LOCAL_LENGTH));
    }
}
