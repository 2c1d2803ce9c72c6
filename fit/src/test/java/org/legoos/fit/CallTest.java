package org.legoos.fit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.legoos.isa.time.HostClock;
import org.legoos.kernel.syscall.Errno;

class CallTest {
    private final Call call = new Call(null, 5, 0);

    @Test
    void aReplyEndsTheCallThatItsTagNames() {
        call.begin(1);
        assertThat(call.complete(call.tag(), 1, 4096, 7)).isTrue();
        assertThat(call.await(HostClock.instance(), 0, Long.MAX_VALUE)).isEqualTo(4096);
        assertThat(call.privateBits()).isEqualTo(7);
    }

    @Test
    void aStaleTagAWrongNodeAndASecondReplyAreRefused() {
        call.begin(1);
        int stale = call.tag();
        call.end();
        call.begin(1);
        assertThat(call.complete(stale, 1, 1, 0)).isFalse();
        assertThat(call.complete(call.tag(), 2, 1, 0)).isFalse();
        assertThat(call.complete(call.tag(), 1, 1, 0)).isTrue();
        assertThat(call.complete(call.tag(), 1, 2, 0)).isFalse();
    }

    @Test
    void tagsFitTheImmediate() {
        for (int i = 0; i < 5000; i++) {
            call.begin(1);
            assertThat(call.tag() & ~ImmediateData.VALUE_MASK).isZero();
            assertThat(Call.indexOf(call.tag())).isEqualTo(5);
        }
    }

    @Test
    void immediateDataKeepsItsParts() {
        int word = ImmediateData.of(ImmediateData.SEND, 63, ImmediateData.VALUE_MASK);
        assertThat(ImmediateData.kind(word)).isEqualTo(ImmediateData.SEND);
        assertThat(ImmediateData.port(word)).isEqualTo(63);
        assertThat(ImmediateData.value(word)).isEqualTo(ImmediateData.VALUE_MASK);
    }

    @Test
    void aPassedDeadlineIsATimeout() {
        call.begin(1);
        assertThat(call.await(HostClock.instance(), 0, HostClock.instance().nowNs())).isEqualTo(-Errno.ETIMEDOUT);
    }
}
