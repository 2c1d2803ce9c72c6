package org.legoos.kernel.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Work that a waiting thread does itself: only while it waits, one piece at a time, and never left undone. */
class TaskWorkTest {
    private final TaskWork work = new TaskWork();
    private final List<String> done = new ArrayList<>();

    @Test
    void whoDoesNotWaitTakesNoWork() {
        assertThat(work.offer(() -> done.add("work"))).isFalse();
        work.begin();
        work.end();
        assertThat(work.offer(() -> done.add("work"))).isFalse();
        assertThat(work.run()).isFalse();
        assertThat(done).isEmpty();
    }

    @Test
    void aSecondPieceIsAnothersUntilTheFirstHasBegun() {
        work.begin();
        assertThat(work.offer(() -> done.add("first"))).isTrue();
        assertThat(work.offer(() -> done.add("refused"))).isFalse();
        assertThat(work.isPending()).isTrue();
        assertThat(work.run()).isTrue();
        assertThat(work.offer(() -> done.add("second"))).isTrue();
        work.end();
        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void workThatMakesWorkIsDoneTooAndWaitsMayBeNested() {
        work.begin();
        work.offer(() -> {
            done.add("outer");
            work.begin();
            work.offer(() -> done.add("inner"));
            work.run();
            work.end();
            work.offer(() -> done.add("left at the end"));
        });
        work.end();
        assertThat(done).containsExactly("outer", "inner", "left at the end");
        assertThat(work.offer(() -> done.add("too late"))).isFalse();
    }

    @Test
    void whatFailsLeavesNothingBehind() {
        work.begin();
        work.offer(() -> {
            throw new IllegalStateException("as it happens");
        });
        assertThatThrownBy(work::run).isInstanceOf(IllegalStateException.class);
        assertThat(work.isPending()).isFalse();
        work.end();
        assertThat(work.offer(() -> done.add("too late"))).isFalse();
    }
}
